"""The map of the site for search engines: every public page in both languages, in parts.

Nothing of the demonstration stands in it. `lastmod` is when the record of a thing was last written,
as of a past day by what counted there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.xmlutils import SimplerXMLGenerator

from commitments.models import (
    Commitment,
    Indicator,
    Instrument,
    Organisation,
    Priority,
    Programme,
    PublicEvent,
    Source,
    StatusUpdate,
)
from commitments.text.display import LANGUAGES

PER_PART = 5000
"""Things in one part: two addresses each, far below the 50,000 that the format allows."""
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
PAGES = (
    "home", "programme-list", "priority-list", "commitment-list", "organisation-list",
    "indicator-list", "instrument-list", "source-list", "gap-list", "owing-list", "change-list",
    "correction-list", "calendar", "method", "data", "release-list", "about", "accessibility",
    "event-list",
)  # fmt: skip
Key = tuple[Any, ...]
Events = QuerySet[PublicEvent]
"""Those that count on the day of which the map speaks."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of page: the values that make up its address, and the kind of its events.

    `key` makes of those values the key by which events name the thing; of a commitment, every
    event about it counts.
    """

    page: str
    rows: "Callable[[], QuerySet[Any, Any]]"
    kind: str
    key: Callable[[Key], str] = lambda values: str(values[0])


def _slugs(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    return rows.order_by("slug").values_list("slug")


PARTS: Mapping[str, Part] = {
    "programmes": Part("programme-detail", lambda: _slugs(Programme.objects.real()), "programme"),
    "priorities": Part(
        "priority-detail",
        lambda: (
            Priority.objects.filter(programme__published_at__isnull=False, programme__is_demo=False)
            .order_by("programme__slug", "slug")
            .values_list("programme__slug", "slug")
        ),
        "priority",
        lambda values: f"{values[0]}/{values[1]}",
    ),
    "commitments": Part(
        "commitment-detail", lambda: _slugs(Commitment.objects.public().real()), "commitment"
    ),
    "updates": Part(
        "update-detail",
        lambda: (
            StatusUpdate.objects.real()
            .order_by("commitment__slug", "number")
            .values_list("commitment__slug", "number")
        ),
        "status_update",
        lambda values: f"{values[0]}/{values[1]}",
    ),
    "organisations": Part(
        "organisation-detail",
        lambda: _slugs(Organisation.objects.public().real()),
        "organisation",
    ),
    "indicators": Part("indicator-detail", lambda: _slugs(Indicator.objects.all()), "indicator"),
    "instruments": Part(
        "instrument-detail", lambda: _slugs(Instrument.objects.all()), "instrument"
    ),
    "sources": Part(
        "source-detail",
        lambda: _slugs(Source.objects.public().filter(is_demo=False)),
        "source",
    ),
}


def index(events: Events) -> bytes:
    """The list of all parts that have something in them."""
    last = _last_by_kind(events)
    numbered = [("pages", 1, max(last.values(), default=None))]
    for name, part in PARTS.items():
        count = part.rows().count()
        for number in range(1, -(-count // PER_PART) + 1):
            numbered.append((name, number, last.get(part.kind)))

    def body(xml: SimplerXMLGenerator) -> None:
        for name, number, at in numbered:
            xml.startElement("sitemap", AttributesImpl({}))
            path = reverse("sitemap-part", args=[name, number])
            xml.addQuickElement("loc", f"{settings.SITE_URL}{path}")
            _modified(xml, at)
            xml.endElement("sitemap")

    return _written("sitemapindex", body)


def part(name: str, number: int, events: Events) -> bytes | None:
    """One part; nothing where there is none."""
    if name == "pages":
        return _urls([(page, (), None) for page in PAGES]) if number == 1 else None
    if name not in PARTS:
        return None
    one = PARTS[name]
    first = (number - 1) * PER_PART
    keys: Sequence[Key] = list(one.rows()[first : first + PER_PART]) if number > 0 else []
    if not keys:
        return None
    changed = _changed(one, keys, events)
    return _urls([(one.page, key, changed.get(one.key(key))) for key in keys])


def _last_by_kind(events: Events) -> dict[str, datetime]:
    rows = events.filter(is_demo=False).order_by().values("object_kind")
    return {row["object_kind"]: row["at"] for row in rows.annotate(at=Max("recorded_at"))}


def _changed(one: Part, keys: Sequence[Key], events: Events) -> dict[str, datetime]:
    named = [one.key(key) for key in keys]
    rows: QuerySet[Any, Any] = events.order_by()
    if one.kind == "commitment":
        found = rows.filter(commitment__slug__in=named).values_list("commitment__slug")
    else:
        found = rows.filter(object_kind=one.kind, object_key__in=named).values_list("object_key")
    return dict(found.annotate(Max("recorded_at")))


def _urls(pages: Iterable[tuple[str, Key, datetime | None]]) -> bytes:
    def body(xml: SimplerXMLGenerator) -> None:
        for page, key, at in pages:
            for address, others in _addresses(page, key):
                xml.startElement("url", AttributesImpl({}))
                xml.addQuickElement("loc", address)
                _modified(xml, at)
                for language, other in others:
                    said = {"rel": "alternate", "hreflang": language, "href": other}
                    xml.addQuickElement("xhtml:link", None, said)
                xml.endElement("url")

    return _written("urlset", body)


def _addresses(page: str, key: Key) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The page in each language, with all its languages; nothing while there is no such page."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            try:
                found.append((language, f"{settings.SITE_URL}{reverse(page, args=key)}"))
            except NoReverseMatch:
                return
    for _language, address in found:
        yield address, [*found, ("x-default", found[0][1])]


def _written(root: str, body: Callable[[SimplerXMLGenerator], None]) -> bytes:
    out = BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    spaces = {"xmlns": SITEMAP} | ({"xmlns:xhtml": XHTML} if root == "urlset" else {})
    xml.startElement(root, AttributesImpl(spaces))
    body(xml)
    xml.endElement(root)
    xml.endDocument()
    return out.getvalue()


def _modified(xml: SimplerXMLGenerator, at: datetime | None) -> None:
    if at is not None:
        xml.addQuickElement("lastmod", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
