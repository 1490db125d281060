"""Links that do not depend on a cookie: navigation, the other language, the canonical address."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .texts import LANGUAGES, active_language

NAMES = {"vi": "Tiếng Việt", "en": "English"}


def nav_url(name: str, *args: Any) -> str:
    """The address of a page, or nothing while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def is_section(context: Context, url: str, also: str = "") -> str:
    """The value of `aria-current` for a navigation link: page, true or nothing.

    `also` names the pages that belong to it and whose addresses lie elsewhere.
    """
    request = context.get("request")
    if request is None or not url:
        return ""
    if request.path == url:
        return "page"
    if request.resolver_match and request.resolver_match.url_name in also.split():
        return "true"
    is_home = url.strip("/") in LANGUAGES
    return "true" if request.path.startswith(url) and not is_home else ""


def _path_in(path: str, language: str) -> str:
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in LANGUAGES else f"/{language}/"


def language_links(context: Context) -> list[dict[str, Any]]:
    """This page in each language, with its query, for the switch and for `hreflang`."""
    request = context.get("request")
    path = request.path if request else "/"
    query = request.META.get("QUERY_STRING", "") if request else ""
    return [
        {
            "code": code,
            "name": NAMES[code],
            "url": _path_in(path, code) + (f"?{query}" if query else ""),
            "absolute": _site() + _path_in(path, code),
            "is_active": code == active_language(),
        }
        for code in LANGUAGES
    ]


def canonical_url(context: Context) -> str:
    """The one address of this page, without filters; a later page of a list keeps its number."""
    request = context.get("request")
    if request is None or request.path.split("/")[1] not in LANGUAGES:
        return ""
    number = request.GET.get("page", "")
    return f"{_site()}{request.path}" + (f"?page={number}" if number.isdigit() else "")


def _site() -> str:
    parts = urlsplit(settings.SITE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def query(context: Context, **changes: Any) -> str:
    """This page's query with some values changed; None takes one away. Starts with `?`."""
    request = context.get("request")
    values = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}"


def kept_query(context: Context, *but: str) -> SafeString:
    """Hidden fields that keep this page's query in a form, but for the values named."""
    request = context.get("request")
    values = request.GET if request else QueryDict()
    pairs = [(name, value) for name in values if name not in but for value in values.getlist(name)]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """The page numbers to offer around the present one, with an ellipsis for the gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


def calendar_links(name: str, *args: Any) -> dict[str, str]:
    """A calendar in the language of the page: for pasting, and for the device's own program."""
    https = f"{settings.SITE_URL}{reverse(name, args=args)}?lang={active_language()}"
    return {"https": https, "webcal": f"webcal:{https.partition(':')[2]}"}
