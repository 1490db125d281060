"""What is not there, and where it is now: addresses typed by hand, old ones, and plain mistakes."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import is_valid_path, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from commitments.models import Commitment
from commitments.rules.addresses import is_private_path
from commitments.text.display import LANGUAGES

_PUBLIC = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/")
_WORDS = re.compile(r"[\W_]+")
LONGEST = 80
REFERENCE = "[A-Za-z]{2,4}[A-Za-z0-9]{0,8}-[0-9]{3,9}"
"""What a reference looks like, as a pattern of an address: NM26-001."""


@require_safe
def by_reference(request: HttpRequest, reference: str) -> HttpResponse:
    """A reference typed as an address, in letters of any size, leads to its commitment."""
    rows = Commitment.objects.public()
    found = get_object_or_404(rows, reference=reference.upper())
    with translation.override(_language(request.path)):
        page = reverse("commitment-detail", args=[found.slug])
    return redirect(_with_query(request, page))


@require_safe
def without_language(request: HttpRequest, rest: str) -> HttpResponse:
    """A public address without its language is taken for one in the first of ours."""
    path = _present(f"/{LANGUAGES[0]}/{rest}")
    if not path:
        raise Http404
    return redirect(_with_query(request, path), permanent=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The root's handler of 404: an address in large letters is read in small ones; else a page
    with a search for the words of the address."""
    small = _present(request.path.lower())
    if _may_be_small(request, small):
        return redirect(_with_query(request, small), permanent=True)
    return render(request, "404.html", {"words": _words(request.path)}, status=404)


def _words(path: str) -> str:
    """The last words of a public address; of any other none: it may be a secret one."""
    if not _PUBLIC.match(path) or is_private_path(path):
        return ""
    last = path.rstrip("/").rpartition("/")[2]
    return " ".join(_WORDS.sub(" ", last).split())[:LONGEST]


def _may_be_small(request: HttpRequest, small: str) -> bool:
    found = request.resolver_match
    return (
        request.method in ("GET", "HEAD")
        and small.rstrip("/") != request.path.rstrip("/")
        and _PUBLIC.match(small) is not None
        and not is_private_path(small)
        and not (found and found.func is by_reference)
    )


def _present(path: str) -> str:
    """The path, or the same with the slash that is missing; nothing where no page can be."""
    with translation.override(_language(path)):
        return next((one for one in (path, f"{path}/") if is_valid_path(one)), "")


def _language(path: str) -> str:
    """The language that an address begins with; the first of ours where it names none."""
    first = path.split("/")[1]
    return first if first in LANGUAGES else LANGUAGES[0]


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
