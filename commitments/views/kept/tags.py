"""The name of one version of one page: its strong ETag, known before the page is made."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import parse_etags

from commitments.reports.version import PublicVersion
from commitments.views.kept.negotiated import kind_of

SOURCES = ("commitments", "templates", "tracker")
SUFFIXES = frozenset({".css", ".html", ".js", ".json", ".mo", ".py", ".svg", ".txt", ".yaml"})


@cache
def code_version() -> str:
    """A sum over all that makes pages out of the record: code, templates, words, settings."""
    found = hashlib.sha256(f"{django.VERSION} {settings.SITE_URL} {settings.DEMO}".encode())
    for source in SOURCES:
        for path in sorted(Path(settings.BASE_DIR, source).rglob("*")):
            if path.suffix in SUFFIXES:
                found.update(f"\n{path.name}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def address_of(request: HttpRequest) -> str:
    """What is asked for, as far as the answer may depend on it; who asks is no part of it.

    Raises DisallowedHost for a name that is not ours: kept pages are behind nobody else's check.
    """
    part = "part " if "HTTP_HX_REQUEST" in request.META else ""  # in front, where nobody types
    part += kind_of(request)
    host = f"{request.scheme}://{request.get_host()}"
    path = request.path_info.replace("?", "%3F")
    return f"{part}{host}{path}?{request.META.get('QUERY_STRING', '')}"


def tag_of(address: str, version: PublicVersion, day: date) -> str:
    """Another one whenever the page may be another one: the record, the day, or our code."""
    told = f"{version} {day} {code_version()} {address}"
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:32]


def etag(tag: str, coding: str) -> str:
    """Strong tags tell bytes apart, so each coding has its own."""
    return f'"{tag}-{coding}"' if coding else f'"{tag}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the one who asks has this version already, in whichever coding they took it."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if tag not in asked:
        return False
    return any(one.removeprefix("W/").strip('"').partition("-")[0] == tag
               for one in parse_etags(asked))  # fmt: skip
