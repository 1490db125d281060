"""The lists whose entries are one row each: how they are made and corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Model

from commitments.models import (
    Acceptance,
    Contradiction,
    Gap,
    Indicator,
    IndicatorPoint,
    Instrument,
    Organisation,
    Priority,
    Programme,
    Recognition,
    Source,
)
from commitments.services.facts.columns import spread
from commitments.services.facts.entries import OF_PRIORITIES, Entry
from commitments.services.facts.load import Load, has_slug
from commitments.services.facts.plan import Change
from commitments.services.facts.programmes import PROGRAMMES
from commitments.text.folding import search_text

FIRST_FORUM_ON, LAST_FORUM_ON = PROGRAMMES[0].forum_on, PROGRAMMES[-1].forum_on

Said = Mapping[str, Any]


def _at_last_forum(said: Said, load: Load) -> date:
    return LAST_FORUM_ON


@dataclass(frozen=True)
class Table:
    """How an entry of one list becomes a row.

    `columns` and `links` name, for each field of the entry, the column or many-to-many relation
    that it fills. `number` gives rows without id the next number among those it selects.
    `dated` is the day from which the row counts in the record (design §4.5).
    """

    model: type[Model]
    columns: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=lambda: {"sources": "sources"})
    constant: Callable[[Load], Said] = lambda _load: {}
    number: Callable[[Said], Said] | None = None
    words: tuple[str, ...] = ()
    dated: Callable[[Said, Load], date] = _at_last_forum

    def row_of(self, key: str, load: Load) -> Any:
        """The row that was made for the entry with this key."""
        if has_slug(self.model):
            return load.get(self.model, key)
        if self.model is Acceptance:
            year, body = key.split("/")
            return Acceptance.objects.get(programme__slug=year, organisation__slug=body)
        return self.model._default_manager.get(number=key)


def _published(load: Load) -> Said:
    return {"published_at": load.now}


def _since_published(said: Said, load: Load) -> date:
    """The day of publication; where only the month or year is known, its last day."""
    published = said.get("published")
    return min(published.latest, load.today) if published else LAST_FORUM_ON


def _since_dated(said: Said, load: Load) -> date:
    """The day of an instrument, else the one of its effect unless that is still to come."""
    day: date = said.get("date") or said.get("effective") or LAST_FORUM_ON
    return min(day, load.today)


def _since_source(said: Said, load: Load) -> date:
    """A figure counts from the publication that states it."""
    latest = load.get(Source, said["source"]).published_latest
    return min(latest, load.today) if latest else LAST_FORUM_ON


def _since_forum(said: Said, load: Load) -> date:
    return load.get(Programme, said["year"]).forum_on


_TEXT = {"text": "text_en", "text_vi": "text_vi", "translated": "translated"}

TABLES: dict[str, Table] = {
    "sources": Table(
        Source,
        {"id": "slug"}
        | {
            name: name
            for name in (
                "title",
                "publisher",
                "url",
                "seed_file",
                "published",
                "language",
                "excerpt_only",
                "note",
            )
        },
        links={},
        constant=_published,
        dated=_since_published,
    ),
    "organisations": Table(
        Organisation,
        {
            name: name
            for name in ("slug", "name_en", "name_vi", "kind", "website", "merged_into", "merged")
        },
        constant=_published,
        words=("name_vi", "name_en"),
        dated=lambda _said, _load: FIRST_FORUM_ON,
    ),
    "priorities": Table(
        Priority,
        {"order": "number", "stated_by": "speaker"}
        | {name: name for name in ("slug", "title_en", "title_vi", "summary_en", "summary_vi")},
        constant=lambda load: {"programme": load.get(Programme, OF_PRIORITIES)},
    ),
    "instruments": Table(
        Instrument,
        {"date": "dated_on", "effective": "effective_on"}
        | {
            name: name
            for name in (
                "slug",
                "title_en",
                "title_vi",
                "number",
                "kind",
                "issuer",
                "status",
                "note",
            )
        },
        dated=_since_dated,
    ),
    "mission_acceptances": Table(
        Acceptance,
        {
            "year": "programme",
            "organisation": "organisation",
            "confidence": "confidence",
            "reason": "reason_en",
            "reason_vi": "reason_vi",
            "translated": "translated",
        },
        links={"missions": "commitments", "sources": "sources"},
        dated=_since_forum,
    ),
    "indicators": Table(
        Indicator,
        {name: name for name in ("slug", "name_en", "name_vi", "unit")},
        links={},
        dated=lambda _said, _load: FIRST_FORUM_ON,
    ),
    "points": Table(
        IndicatorPoint,
        {"stated_by": "speaker"}
        | {
            name: name
            for name in ("indicator", "period", "comparator", "value", "kind", "note", "source")
        },
        links={},
        number=lambda said: {"indicator__slug": said["indicator"]},
        dated=_since_source,
    ),
    "recognitions": Table(
        Recognition,
        {
            "year": "year",
            "organisation": "organisation",
            "mission": "commitment",
            "what": "what_en",
            "what_vi": "what_vi",
            "translated": "translated",
            "stated_by": "speaker",
        },
        number=lambda _said: {},
    ),
    "contradictions": Table(
        Contradiction,
        {"topic": "topic_en", "topic_vi": "topic_vi"} | _TEXT,
        number=lambda _said: {},
    ),
    "gaps": Table(Gap, _TEXT, links={}, number=lambda _said: {}),
}


def make_row(entry: Entry, load: Load) -> str:
    """Make and publish the row of an entry; returns the key under which it is known again."""
    table = TABLES[entry.list_name]
    row = save_row(entry, load)
    load.publish(row, on=table.dated(entry.said, load))
    if table.number is None:
        return str(entry.key)
    return f"{entry.group}/{row.number}" if entry.group else str(row.number)


def save_row(entry: Entry, load: Load) -> Any:
    """Save the row with its links; it is not in the record yet."""
    table = TABLES[entry.list_name]
    values = {**table.constant(load), **spread(table.model, table.columns, entry.said, load)}
    if table.number is not None:
        values["number"] = next_number(table.model, **table.number(entry.said))
    row: Any = table.model(**values)
    if table.words:
        row.search_text = search_text(*(getattr(row, name) for name in table.words))
    row.save(force_insert=True)
    for name, relation in table.links.items():
        link(row, relation, entry.said.get(name, ()), load)
    return row


def correct_row(change: Change, load: Load) -> str:
    """Rewrite the columns of the fields that changed, and no others; returns the same key."""
    table = TABLES[change.entry.list_name]
    row = table.row_of(change.key, load)
    said = change.entry.said
    values = spread(table.model, table.columns, said, load, only=change.fields)
    for column, value in values.items():
        setattr(row, column, value)
    if table.words:
        row.search_text = search_text(*(getattr(row, name) for name in table.words))
        values["search_text"] = row.search_text
    if values:
        row.save(update_fields=list(values))
    for name, relation in table.links.items():
        relink(row, relation, change, name, load)
    load.correct(row)
    return change.key


def link(row: Any, relation: str, slugs: Any, load: Load) -> None:
    manager = getattr(row, relation)
    manager.add(*(load.get(manager.model, slug) for slug in slugs))


def relink(row: Any, relation: str, change: Change, name: str, load: Load) -> None:
    """Follow what the file added and left out; links that people made stay."""
    before, after = change.fields.get(name, (None, None))
    manager = getattr(row, relation)
    link(row, relation, set(after or ()) - set(before or ()), load)
    gone = set(before or ()) - set(after or ())
    manager.remove(*(load.get(manager.model, slug) for slug in gone))


def next_number(model: type[Model], **among: Any) -> int:
    rows = model._default_manager.filter(**among)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
