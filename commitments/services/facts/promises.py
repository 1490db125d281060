"""Tasks and missions: commitments with their original wording, targets and parts."""

from collections.abc import Iterable
from typing import Any

from commitments.models import (
    Basis,
    Commitment,
    CommitmentKind,
    Confidence,
    Instrument,
    Organisation,
    Part,
    Participation,
    Priority,
    Programme,
    Source,
    TakenOn,
    Target,
    Wording,
)
from commitments.services.commitments import publish_commitment, words_of
from commitments.services.facts.columns import limited, spread
from commitments.services.facts.entries import Entry
from commitments.services.facts.load import Load
from commitments.services.facts.plan import Change
from commitments.services.facts.tables import TABLES, relink, save_row
from commitments.services.record import EDITORS

BODIES = {"assigned_to": Part.LEAD, "organisation": Part.LEAD, "selected_by": Part.SELECTED_BY}
"""The fields of tasks and missions that name a body, and the part it has."""

_COLUMNS = {
    "slug": "slug",
    "title_en": "title_en",
    "title_vi": "title_vi",
    "note": "note",
}
_TARGET = {"text": "text_en"} | {
    name: name
    for name in ("text_vi", "translated", "metric", "comparator", "value", "value_max", "unit")
}


def make_task(entry: Entry, load: Load) -> str:
    """A task's title is all the text it has, so the title is its original wording too."""
    priority = load.get(Priority, entry.said["priority"])
    commitment = Commitment(
        programme=load.get(Programme, priority.programme.slug),
        priority=priority,
        kind=CommitmentKind.GOVERNMENT_TASK,
        speaker=priority.speaker,
        **spread(Commitment, _COLUMNS, entry.said, load),
        **_dues(entry.said.get("due")),
    )
    texts = {"text_vi": entry.said["title_vi"], "text_en": entry.said["title_en"]}
    return _publish(commitment, texts, entry, load)


def make_mission(entry: Entry, load: Load) -> str:
    """A national mission or a corporate pledge; due when the last of its targets is."""
    said = entry.said
    dues = [target["due"] for target in said["targets"] if target.get("due")]
    commitment = Commitment(
        programme=load.get(Programme, said["year"]),
        kind=said["kind"],
        speaker=said["stated_by"],
        **spread(Commitment, _COLUMNS, said, load),
        **_dues(max(dues, key=lambda due: due.latest, default=None)),
    )
    texts = {"text_vi": said["description_vi"], "text_en": said["description_en"]}
    return _publish(commitment, texts, entry, load)


def _dues(due: Any) -> dict[str, Any]:
    return limited("original_due", due) | limited("due", due)


def _publish(commitment: Commitment, texts: dict[str, str], entry: Entry, load: Load) -> str:
    """Save the commitment with all that belongs to it, and put it into the record as a whole."""
    said = entry.said
    sources = [load.get(Source, slug) for slug in said["sources"]]
    commitment.save(force_insert=True)
    commitment.sources.add(*sources)
    wording = Wording.objects.create(
        commitment=commitment, number=1, basis=Basis.SUMMARISED, **texts
    )
    wording.sources.add(*sources)
    for name in BODIES:
        if said.get(name):
            _add_part(commitment, name, entry, load)
    Target.objects.bulk_create(
        Target(
            commitment=commitment,
            number=number,
            **spread(Target, _TARGET, target, load),
            **limited("due", target.get("due")),
        )
        for number, target in enumerate(said.get("targets", ()), start=1)
    )
    publish_commitment(
        commitment=commitment,
        by=EDITORS,
        effective_on=commitment.programme.forum_on,
        now=load.now,
        action="loaded",
    )
    load.keep(commitment)
    return commitment.slug


def _add_part(commitment: Commitment, name: str, entry: Entry, load: Load) -> Participation:
    """The part of the body that a field names.

    A task states without reservation to whom it is assigned; how a mission was taken on says its
    `stage`, of the lead only.
    """
    said, role = entry.said, BODIES[name]
    taken_on = TakenOn.ASSIGNED if name == "assigned_to" else said.get("stage", "")
    part = Participation.objects.create(
        commitment=commitment,
        organisation=load.get(Organisation, said[name]),
        role=role,
        stage=taken_on if role == Part.LEAD else "",
        confidence=said.get("confidence", Confidence.CONFIRMED),
    )
    part.sources.add(*(load.get(Source, slug) for slug in said["sources"]))
    return part


# Instruments -----------------------------------------------------------------------------------


def make_instrument(entry: Entry, naming: Iterable[Entry], load: Load) -> str:
    """Make and publish an instrument with the commitments whose entries name it."""
    row: Instrument = save_row(entry, load)
    row.commitments.add(
        *(
            load.get(Commitment, str(one.key))
            for one in naming
            if entry.key in one.said.get("instruments", ())
        )
    )
    load.publish(row, on=TABLES["instruments"].dated(entry.said, load))
    return row.slug


def link_instruments(entry: Entry, load: Load) -> None:
    """Link a new commitment with the instruments that were in the record before it."""
    commitment = load.get(Commitment, str(entry.key))
    for slug in entry.said.get("instruments", ()):
        instrument = load.get(Instrument, slug)
        if not instrument.commitments.filter(pk=commitment.pk).exists():
            instrument.commitments.add(commitment)
            load.publish(instrument, on=commitment.programme.forum_on)


# Corrections -----------------------------------------------------------------------------------


def correct_promise(change: Change, load: Load) -> str:
    """Rewrite what is no part of the original promise: titles, note, speaker, sources, how sure.

    A body that no source named before is added; plan and original stay (`corrections.refusals`).
    """
    commitment = load.get(Commitment, change.key)
    columns = spread(Commitment, _COLUMNS, change.entry.said, load, only=change.fields)
    if "stated_by" in change.fields:
        columns["speaker"] = change.entry.said["stated_by"]
    for column, value in columns.items():
        setattr(commitment, column, value)
    _correct_parts(commitment, change, load)
    commitment.search_text = words_of(commitment)
    commitment.save(update_fields=[*columns, "search_text"])
    relink(commitment, "sources", change, "sources", load)
    if columns or "sources" in change.fields:
        load.correct(commitment)
    if "instruments" in change.fields:
        _correct_instruments(commitment, change, load)
    return change.key


def _correct_parts(commitment: Commitment, change: Change, load: Load) -> None:
    """Follow how sure the editors are and how the lead took it on; add bodies now named."""
    said, fields = change.entry.said, change.fields
    for part in commitment.participations.all():
        touched = [name for name in ("confidence", "stage") if name in fields]
        if part.role != Part.LEAD and "stage" in touched:
            touched.remove("stage")
        for name in touched:
            setattr(part, name, said[name])
        if touched:
            part.save(update_fields=touched)
        relink(part, "sources", change, "sources", load)
        if touched or "sources" in fields:
            load.correct(part)
    for name in BODIES:
        if name in fields:
            load.correct(_add_part(commitment, name, change.entry, load))


def _correct_instruments(commitment: Commitment, change: Change, load: Load) -> None:
    before, after = (set(names or ()) for names in change.fields["instruments"])
    for slug in sorted(before ^ after):
        instrument = load.get(Instrument, slug)
        if slug in after:
            instrument.commitments.add(commitment)
        else:
            instrument.commitments.remove(commitment)
        load.correct(instrument)
