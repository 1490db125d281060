"""Updates: published history of commitments, and notes on instruments and indicators."""

from datetime import date
from typing import Any

from django.db.models import Max

from commitments.models import (
    Commitment,
    Evidence,
    Indicator,
    Instrument,
    Origin,
    RecordNote,
    Source,
    Speaker,
    StatusUpdate,
    UpdateState,
)
from commitments.rules.steps import kind_of, stage_of
from commitments.services import record, stages
from commitments.services.facts.columns import spread
from commitments.services.facts.entries import Entry
from commitments.services.facts.load import Load
from commitments.services.facts.plan import Change
from commitments.services.facts.tables import next_number, relink
from commitments.services.record import EDITORS

_NOTE = {
    "date": "said_on",
    "status_hint": "step",
    "stated_by": "speaker",
    "summary_en": "summary_en",
    "summary_vi": "summary_vi",
}


def make_news(entry: Entry, load: Load) -> str:
    """An update on a commitment, or a note on an instrument or indicator; returns its key."""
    commitment = load.find(Commitment, entry.said["subject"])
    if commitment:
        number = _publish_update(commitment, entry, load, on=entry.said["date"])
    else:
        number = _publish_note(entry, load)
    return f"{entry.group}/{number}"


def correct_news(change: Change, load: Load) -> str:
    """Correct an update by a new row that names it, a note in its place; returns the new key."""
    subject, number = change.key.rsplit("/", 1)
    commitment = load.find(Commitment, subject)
    if commitment is None:
        return _correct_note(change, int(number), load)
    wrong = StatusUpdate.objects.get(commitment=commitment, number=int(number))
    reason = {f"correction_reason_{load.language}": load.reason}
    new = _publish_update(commitment, change.entry, load, on=load.today, corrects=wrong, **reason)
    return f"{subject}/{new}"


def _publish_update(
    commitment: Commitment, entry: Entry, load: Load, *, on: date, **correction: Any
) -> int:
    """Publish the update with its evidence and let it move the commitment."""
    said = entry.said
    update = StatusUpdate.objects.create(
        commitment=commitment,
        number=_next_number(commitment),
        kind=kind_of(said["status_hint"]),
        state=UpdateState.PUBLISHED,
        origin=Origin.FACT_IMPORT,
        speaker=said["stated_by"],
        body=_body(commitment) if said["stated_by"] == Speaker.BODY else None,
        as_of_on=said["date"],
        stage=stage_of(said["status_hint"], said["stated_by"]),
        step=said["status_hint"],
        summary_vi=said["summary_vi"],
        summary_en=said["summary_en"],
        **dict.fromkeys(("created_at", "saved_at", "submitted_at", "published_at"), load.now),
        **correction,
    )
    evidence = [
        Evidence.objects.create(update=update, source=load.get(Source, slug))
        for slug in said["sources"]
    ]
    action = "corrected" if update.corrects else "loaded"
    record.publish_many(
        [update, *evidence], action=action, by=EDITORS, effective_on=on, now=load.now
    )
    stages.apply_update(update, by=EDITORS, effective_on=on, now=load.now)
    return update.number or 0


def _next_number(commitment: Commitment) -> int:
    return (commitment.updates.aggregate(last=Max("number"))["last"] or 0) + 1


def _body(commitment: Commitment) -> Any:
    lead = commitment.lead
    return lead.organisation if lead else None


def _publish_note(entry: Entry, load: Load) -> int:
    subject = entry.said["subject"]
    note = RecordNote(
        number=next_number(RecordNote),
        instrument=load.find(Instrument, subject),
        indicator=load.find(Indicator, subject),
        **spread(RecordNote, _NOTE, entry.said, load),
    )
    note.save(force_insert=True)
    note.sources.add(*(load.get(Source, slug) for slug in entry.said["sources"]))
    load.publish(note, on=note.said_on)
    return note.number


def _correct_note(change: Change, number: int, load: Load) -> str:
    note = RecordNote.objects.get(number=number)
    values = spread(RecordNote, _NOTE, change.entry.said, load, only=change.fields)
    for column, value in values.items():
        setattr(note, column, value)
    if values:
        note.save(update_fields=list(values))
    relink(note, "sources", change, "sources", load)
    load.correct(note)
    return change.key
