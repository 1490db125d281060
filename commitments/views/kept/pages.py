"""The middleware that hands out kept pages, before sessions, log-in and rendering are asked.

What is behind it adds its headers first, so that a kept page has them all. Only the middleware
that stands before it still runs: the redirect to TLS.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from commitments.reports import standings
from commitments.reports.parts import Parts, at_hand, once
from commitments.reports.version import PublicVersion, public_version
from commitments.rules.addresses import is_private_path
from commitments.services.read_models import standings as standing
from commitments.views.kept import packing, tags
from commitments.views.kept.negotiated import is_as_new, keeps_language, open_to, varies_by
from commitments.views.kept.shelf import Kept, Shelf, kept

Answer = Callable[[HttpRequest], HttpResponse]

FOR_ALL = "public, max-age=0, s-maxage=60, must-revalidate"
"""A browser asks each time, which costs one query; a shared cache answers a crowd by itself and
is at most a minute behind the record."""

_SAME_FOR_ALL = re.compile(
    r"/(?:vi|en|api/v\d+|feeds|charts|embed|badges|data)/|/calendar/(?!people/)|/(?:sitemap|robots)[^/]*$"
)
"""Addresses that answer everybody alike, in a language that they name or with both."""
_NEVER_LANGUAGE = re.compile(
    r"/$|/healthz|/(?:api|feeds|charts|embed|badges|data)/|/calendar/|/[^/]+$"
)
"""Addresses without a language before them whose answer depends on no reader's either."""


def keep(get_response: Answer) -> Answer:
    """Answer from what is kept, else keep what is answered, if it is the same for everybody."""
    shelf, parts = _shelf(), _parts()

    def answer(request: HttpRequest) -> HttpResponse:
        coding = packing.coding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if shelf is None or request.method not in ("GET", "HEAD") or not _is_for_all(request):
            return _finished(request, get_response(request), coding)
        address, version, today = tags.address_of(request), public_version(), localdate()
        if version is None:  # an empty record, still without a version by which to keep
            return _finished(request, get_response(request), coding)
        tag = tags.tag_of(address, version, today)
        if tags.is_known(request, tag):
            return _unchanged(request, tag, coding)
        page = shelf.get(address, tag)
        if page:
            return _handed_out(request, page, coding)
        with at_hand(parts, (version, today)), _read_models(version, today):
            response = get_response(request)
        if not _may_be_kept(response):
            _name_file(response, tag)
            return _finished(request, response, coding)
        return _tagged(request, response, coding, tag, shelf)

    return answer


def _shelf() -> Shelf | None:
    room = int(settings.PAGES_KEPT_MB * 1024 * 1024)
    return Shelf(room, cache if settings.REDIS_URL else None) if room else None


def _parts() -> Parts | None:
    room = int(settings.PARTS_KEPT_MB * 1024 * 1024)
    return Parts(room) if room else None


def _is_for_all(request: HttpRequest) -> bool:
    path = request.path_info
    return _SAME_FOR_ALL.match(path) is not None and not is_private_path(path)


@contextmanager
def _read_models(version: PublicVersion, today: date) -> Iterator[None]:
    """What is computed from the record is brought up to date before a page rests on it."""
    if once(standing.NAME, lambda: standing.bring_up_to_date(version=version, today=today)):
        with standings.kept_for(today):
            yield
    else:
        yield


def _may_be_kept(response: HttpResponse) -> bool:
    """Whether it is a whole page, and nothing in it says that it is for one reader or moment."""
    control = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not _is_personal(response)
        and not response.has_header("ETag")
        and not response.has_header("Content-Encoding")
        and "no-cache" not in control
    )


def _name_file(response: HttpResponse, tag: str) -> None:
    """A file that is written while it is sent is not kept, but known by its version all the same.

    Weakly: an event may be written meanwhile.
    """
    if response.streaming and response.status_code == 200 and not _is_personal(response):
        response.headers.setdefault("ETag", f"W/{tags.etag(tag, packing.PLAIN)}")


def _is_personal(response: HttpResponse) -> bool:
    control, vary = response.get("Cache-Control", ""), response.get("Vary", "")
    says_so = "private" in control or "no-store" in control or "cookie" in vary.lower()
    return says_so or bool(response.cookies)


def _tagged(
    request: HttpRequest, response: HttpResponse, coding: str, tag: str, shelf: Shelf
) -> HttpResponse:
    """A fresh answer as it goes out, kept on the way unless somebody asked for its head only."""
    response.setdefault("Cache-Control", FOR_ALL)
    _drop_language(request, response)
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name: value for name, value in response.items() if name not in _NOT_KEPT}
    is_text = packing.is_packable(response)
    page = kept(tag, headers, response.content, is_text=is_text)
    if request.method == "GET":
        shelf.put(tags.address_of(request), page)
    handed = _handed_out(request, page, coding)
    for name in _ONES_OWN:
        if name in response:
            handed[name] = response[name]
    return handed


_ONES_OWN = ("RateLimit", "RateLimit-Policy")
"""What the API tells one reader of what they may still ask."""
_NOT_KEPT = {"Content-Length", *_ONES_OWN}


def _handed_out(request: HttpRequest, page: Kept, coding: str) -> HttpResponse:
    """The page in the coding that was asked for, unpacked for who can read none."""
    if is_as_new(request, page.headers.get("Last-Modified")):
        unchanged = _unchanged(request, page.tag, coding)
        unchanged["Last-Modified"] = page.headers["Last-Modified"]
        return unchanged
    bodies = page.bodies
    if packing.PLAIN in bodies:
        body, coding = bodies[packing.PLAIN], packing.PLAIN
    elif coding:
        body = bodies[coding]
    else:
        body = gzip.decompress(bodies[packing.GZIP])
    headers = page.headers | {
        "ETag": tags.etag(page.tag, coding),
        "Content-Length": str(len(body)),
    }
    if coding:
        headers["Content-Encoding"] = coding
    return HttpResponse(body, headers=headers)


def _unchanged(request: HttpRequest, tag: str, coding: str) -> HttpResponse:
    headers = {
        "ETag": tags.etag(tag, coding),
        "Cache-Control": FOR_ALL,
        "Vary": ", ".join(varies_by(request)),
        **open_to(request),
    }
    response = HttpResponse(status=304, headers=headers)
    del response["Content-Type"]
    return response


def _finished(request: HttpRequest, response: HttpResponse, coding: str) -> HttpResponse:
    """An answer that is not kept, made small too; masked, where it may carry a secret."""
    if response.status_code in (200, 302) and not is_private_path(request.path_info):
        _drop_language(request, response)
    if packing.is_packable(response):
        patch_vary_headers(response, ["Accept-Encoding"])
        is_open = _is_for_all(request) and not _is_personal(response)
        (packing.pack if is_open else packing.pack_secret)(response, coding)
    return response


def _drop_language(request: HttpRequest, response: HttpResponse) -> None:
    """Django says `Vary: Accept-Language` of every address without a language in it."""
    if keeps_language(request):
        return
    if _NEVER_LANGUAGE.match(request.path_info) and response.has_header("Vary"):
        left = [part for part in response["Vary"].split(", ") if part != "Accept-Language"]
        response["Vary"] = ", ".join(left)
        if not left:
            del response["Vary"]
