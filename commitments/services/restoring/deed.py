"""An empty installation becomes the public record that a file of events tells."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, WrongState
from commitments.models import (
    Commitment,
    Obligation,
    PublicEvent,
    RecordHead,
    ReferenceCounter,
    StatusUpdate,
)
from commitments.reports.public import NOUNS
from commitments.reports.replay import Moment
from commitments.services.record import FIRST_HASH, hold, slug_of
from commitments.services.restoring.people import Somebodies
from commitments.services.restoring.reading import EVENTS, Json, events_in
from commitments.services.restoring.rows import Rows
from commitments.services.worlds.building import fill_search_words
from commitments.services.worlds.restoring import Numbers
from commitments.text.canonical import instant

BATCH = 500
KINDS = frozenset(noun.kind for noun in NOUNS)
_REFERENCE = re.compile(r"([A-Z]{2}).*-([0-9]+)")


class NotEmpty(WrongState):
    """What is there would be mixed with what is brought."""

    default_code = "not_empty"
    default_text = _("This installation is not empty. Restore into one that holds nothing yet.")


class Restored(NamedTuple):
    """What was restored: the last event, rows by kind; what stands for what the record does not
    tell: unusable accounts, and files whose content is away."""

    sequence: int
    hash: str
    rows: dict[str, int]
    accounts: int
    files: int


def events_at(path: Path) -> Path:
    """The file of events that is meant: itself, or the one in the folder of a release.

    Raises Invalid where there is none.
    """
    found = path / EVENTS if path.is_dir() else path
    if not found.is_file():
        raise Invalid("no_events", _("There is no file of events there."))
    return found


@transaction.atomic
def restore(path: Path) -> Restored:
    """Write the events with their sequences, instants and hashes, and every public row.

    The whole file is checked before anything is written. Raises BrokenChain, NotEmpty, and
    Invalid where the events do not tell enough to make the rows.
    """
    events = events_at(path)
    for _event in events_in(events):
        pass
    head = hold()
    if head.sequence or _has_rows():
        raise NotEmpty
    numbers, people = Numbers(), Somebodies()
    _write_events(events, head, numbers)
    rows = Rows(Moment(date.max, head.sequence), numbers, people)
    rows.write()
    _name_what_met()
    _count_references()
    fill_search_words()
    _continue_numbers()
    return Restored(head.sequence, head.hash, rows.written, people.count, len(rows.files))


def _has_rows() -> bool:
    return any(noun.model._default_manager.exists() for noun in NOUNS)


def _write_events(path: Path, head: RecordHead, numbers: Numbers) -> None:
    found = events_in(path)
    head.sequence, head.hash = 0, FIRST_HASH
    while batch := [_event_of(said, numbers) for said in islice(found, BATCH)]:
        PublicEvent.objects.bulk_create(batch)
        head.sequence, head.hash = batch[-1].sequence, batch[-1].hash
    head.save(update_fields=["sequence", "hash"])


def _event_of(said: Json, numbers: Numbers) -> PublicEvent:
    if said["object_kind"] not in KINDS:  # no row could be made, and releases name files by it
        kind, key = said["object_kind"][:100], said["object_key"][:100]
        text = _("What the record says of {kind} {key} cannot be read.")
        raise Invalid("unreadable", format_lazy(text, kind=kind, key=key))
    try:
        at = datetime.fromisoformat(said["recorded_at"])
        on = date.fromisoformat(said["effective_on"])
        is_spelt = (instant(at), on.isoformat()) == (said["recorded_at"], said["effective_on"])
    except ValueError as error:
        raise _no_date() from error
    if not is_spelt:
        raise _no_date()
    event = PublicEvent(**(said | {"recorded_at": at, "effective_on": on}))
    slug = slug_of(event)
    if slug is not None:
        event.commitment_id = numbers.of("commitment", slug)
    return event


def _no_date() -> Invalid:
    return Invalid("no_date", _("An event bears no instant or no day."))


def _name_what_met() -> None:
    """An update that was handed in at the very instant at which a duty was met is what met it."""
    alike = StatusUpdate.objects.filter(
        commitment=OuterRef("commitment"), submitted_at=OuterRef("met_at")
    )
    Obligation.objects.filter(met_at__isnull=False).update(met_by=Subquery(alike.values("pk")[:1]))


def _count_references() -> None:
    """No reference that was ever given is given again."""
    last: dict[tuple[int, str], int] = {}
    rows = Commitment.objects.exclude(reference=None)
    for programme, reference in rows.values_list("programme_id", "reference"):
        found = _REFERENCE.fullmatch(reference or "")
        if found:
            key = (programme, found[1])
            last[key] = max(last.get(key, 0), int(found[2]))
    ReferenceCounter.objects.bulk_create(
        ReferenceCounter(programme_id=programme, prefix=prefix, last=number)
        for (programme, prefix), number in last.items()
    )


def _continue_numbers() -> None:
    """PostgreSQL gives out numbers by a sequence of its own, which knows nothing of these rows."""
    tables = _tables()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(sql)


def _tables() -> Iterator[Any]:
    yield from apps.get_app_config("commitments").get_models()
