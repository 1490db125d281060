"""What stands in the head of a public page for other programs: `{% load head %}`."""

from html import unescape
from typing import Any

from django.conf import settings
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.models import Commitment, Organisation, Priority, Programme
from commitments.reports.linked_data import Json, written
from commitments.reports.site_data import breadcrumbs, dataset, web_site
from commitments.text.display import active_language, said_text

LOCALES = {"vi": "vi_VN", "en": "en_GB"}
PICTURE = "commitments/share.png"
register = Library()


@register.simple_tag(takes_context=True)
def head_of(context: Context) -> dict[str, Any]:
    """Title and picture for who shares the page, its feed, and its place as linked data.

    A page is about the commitment, organisation, programme or priority that its trail ends with.
    """
    language = active_language()
    row = _subject(context)
    feed_title, feed = _feed(row, language)
    trail = [(_plain(label), url) for label, url in context.get("trail") or []]
    name = said_text(row, "name") or said_text(row, "title") if row else ""
    return {
        "title": name or (trail[-1][0] if trail else _("Cam Kết: the public record")),
        "locale": LOCALES[language],
        "others": [locale for code, locale in LOCALES.items() if code != language],
        **_picture(context),
        "feed": feed,
        "feed_title": feed_title,
        "data": [written(one) for one in _data(context, trail)],
    }


def _plain(label: Any) -> str:
    """A step of the trail without the mark-up that says its language."""
    return unescape(strip_tags(label)) if isinstance(label, SafeString) else str(label)


def _subject(context: Context) -> Any:
    """The most particular thing that the page is about."""
    request = context.get("request")
    found = request.resolver_match.url_name if request and request.resolver_match else ""
    name, _dash, page = (found or "").partition("-")
    row = context.get(name) if page == "detail" else None
    return row if isinstance(row, Commitment | Organisation | Programme | Priority) else None


def _picture(context: Context) -> dict[str, str]:
    """Of a page about a commitment its own, as of the page's day; else that of the site."""
    row, request = context.get("commitment"), context.get("request")
    if not isinstance(row, Commitment) or not row.published_at:
        return {"picture": f"{settings.SITE_URL}{static(PICTURE)}", "picture_says": "Cam Kết"}
    address = f"{settings.SITE_URL}{reverse('commitment-picture', args=[row.slug])}"
    day = getattr(request, "as_of", None)
    return {
        "picture": f"{address}?as_of={day.isoformat()}" if day else address,
        "picture_says": f"{row.reference} {said_text(row, 'title')} – Cam Kết",
    }


def _feed(row: Any, language: str) -> tuple[str, str]:
    match row:
        case Commitment() | Organisation() | Programme():
            noun = row._meta.model_name
            title = said_text(row, "title" if noun == "commitment" else "name")
            return title, reverse(f"{noun}-feed", args=[language, row.slug])
        case Priority():
            args = [language, row.programme.slug, row.slug]
            return said_text(row, "title"), reverse("priority-feed", args=args)
    return _("Changes"), reverse("feed", args=[language])


def _data(context: Context, trail: list[tuple[Any, str]]) -> list[Json]:
    request = context.get("request")
    path = request.path if request else ""
    pages = {reverse("home"): web_site, reverse("data"): dataset}
    found = [breadcrumbs(trail, path)] if len(trail) > 1 else []
    return [*found, *([pages[path]()] if path in pages else [])]
