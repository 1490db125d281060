"""The names behind the slugs that public events hold: one query a noun, however many events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from commitments.models import (
    Commitment,
    Indicator,
    Instrument,
    Organisation,
    Programme,
    PublicEvent,
    Source,
    Target,
)
from commitments.text.display import active_language, said_lang, said_text

REFERS = {
    "programme": "programme",
    "organisation": "organisation",
    "body": "organisation",
    "issuer": "organisation",
    "parent": "organisation",
    "merged_into": "organisation",
    "delivery_unit": "organisation",
    "source": "source",
    "sources": "source",
    "merger_source": "source",
    "commitment": "commitment",
    "commitments": "commitment",
    "to": "commitment",
    "instrument": "instrument",
    "indicator": "indicator",
}
"""Columns of public views that hold slugs, and of what."""


class Said(NamedTuple):
    """A piece of text; `lang` where it is not the reader's, `url` where it has a page."""

    text: str
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What slugs are called, by noun; and the unit of each target, by the target's key."""

    of: dict[str, dict[str, Said]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def find(self, noun: str, slug: str) -> Said:
        """The name; of what is not public (or not yet, as of a past day) the slug itself."""
        return self.of.get(noun, {}).get(slug) or Said(slug)


def names_of(events: Iterable[PublicEvent]) -> Names:
    """The names of all that these events speak of."""
    slugs: dict[str, set[str]] = {}
    measured: set[str] = set()
    for event in events:
        for noun, slug in _mentioned(event):
            slugs.setdefault(noun, set()).add(slug)
        if event.object_kind == "measurement":
            measured.add(event.object_key.partition("/")[0])
    found = {noun: _found(noun, some) for noun, some in slugs.items()}
    return Names(found, _units(measured))


def commitment_of(event: PublicEvent) -> str:
    """The slug of the commitment that an event is about; nothing where it is about none."""
    if event.object_kind == "commitment":
        return event.object_key
    return str((event.after or event.before or {}).get("commitment") or "")


def _mentioned(event: PublicEvent) -> Iterator[tuple[str, str]]:
    if event.object_kind in _TABLES:
        yield event.object_kind, event.object_key
    for values in (event.before, event.after):
        for name, value in (values or {}).items():
            if noun := REFERS.get(name):
                some = value if isinstance(value, list) else [value]
                yield from ((noun, one) for one in some if isinstance(one, str) and one)
    if event.actor_organisation:
        yield "organisation", event.actor_organisation


_TABLES: "dict[str, tuple[QuerySet[Any], str, str]]" = {
    "programme": (Programme.objects.public(), "name", "programme-detail"),
    "organisation": (Organisation.objects.public(), "name", "organisation-detail"),
    "commitment": (Commitment.objects.public(), "title", "commitment-detail"),
    "source": (Source.objects.public(), "", "source-detail"),
    "instrument": (Instrument.objects.all(), "title", "instrument-detail"),
    "indicator": (Indicator.objects.all(), "name", "indicator-detail"),
}


def _found(noun: str, slugs: set[str]) -> dict[str, Said]:
    table, column, page = _TABLES[noun]
    return {
        row.slug: _named(row, column)._replace(url=reverse(page, args=[row.slug]))
        for row in table.filter(slug__in=slugs)
    }


def _named(row: Any, column: str) -> Said:
    if not column:
        return Said(row.title, lang=_foreign(row.language))
    return Said(said_text(row, column), lang=_foreign(said_lang(row, column)))


def _foreign(language: str) -> str:
    return "" if language == active_language() else language


def _units(slugs: set[str]) -> dict[str, str]:
    if not slugs:
        return {}
    rows = Target.objects.filter(commitment__slug__in=slugs).values_list(
        "commitment__slug", "number", "unit"
    )
    return {f"{slug}/{number}": unit for slug, number, unit in rows}
