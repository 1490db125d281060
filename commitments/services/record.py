"""The public record: writes one event per published change, and checks that nothing was altered."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Model

from commitments.errors import Refusal
from commitments.models import Programme, PublicEvent, RecordHead, Role
from commitments.reports.public import NOUNS, SCHEMA_VERSION, public_of
from commitments.reports.public._noun import Noun
from commitments.rules.dates import LimitedDate
from commitments.text.canonical import NotCanonicalError, digest, instant

FIRST_HASH = "0" * 64
"""What the first event names as its previous hash."""


class Actor(NamedTuple):
    """Who acted in public: a role and an organisation's slug, never a person's name."""

    role: str
    organisation: str = ""


def officer_of(programme: Programme) -> Actor:
    """An officer, acting for the delivery unit of the programme."""
    unit = programme.delivery_unit
    return Actor(Role.OFFICER, unit.slug if unit else "")


EDITORS = Actor("editors")
SYSTEM = Actor("system")


def publish(
    row: Model, *, action: str, by: Actor, effective_on: date, now: datetime
) -> PublicEvent:
    """Write the event of one published change; call it inside the change's own transaction."""
    return publish_many([row], action=action, by=by, effective_on=effective_on, now=now)[0]


@transaction.atomic
def publish_many(
    rows: Iterable[Model], *, action: str, by: Actor, effective_on: date, now: datetime
) -> list[PublicEvent]:
    """Write one event per row, in order.

    Locks the head of the record first, so that sequences have no gap and every event names the
    hash before it. `before` is what the record last said of the object.
    """
    head = hold()
    events = []
    for row in rows:
        view = public_of(row)
        event = PublicEvent(
            sequence=head.sequence + 1,
            recorded_at=now,
            effective_on=effective_on,
            schema_version=SCHEMA_VERSION,
            object_kind=view.kind,
            object_key=view.key,
            action=action,
            before=_last_said(view.kind, view.key),
            after=view.data,
            actor_role=by.role,
            actor_organisation=by.organisation,
            commitment=view.commitment,
            is_demo=view.is_demo,
            previous_hash=head.hash,
        )
        event.hash = digest(content_of(event))
        event.save(force_insert=True)
        head.sequence, head.hash = event.sequence, event.hash
        events.append(event)
    head.save(update_fields=["sequence", "hash"])
    return events


def hold() -> RecordHead:
    """Lock the head until the transaction ends: what is looked up now is still so when written."""
    heads = RecordHead.objects.select_for_update()
    head, _made = heads.get_or_create(pk=1, defaults={"hash": FIRST_HASH})
    return head


def content_of(event: PublicEvent) -> dict[str, Any]:
    """What the hash is taken over: every column of the event but the hash itself."""
    return {
        "sequence": event.sequence,
        "recorded_at": instant(event.recorded_at),
        "effective_on": event.effective_on.isoformat(),
        "schema_version": event.schema_version,
        "object_kind": event.object_kind,
        "object_key": event.object_key,
        "action": event.action,
        "before": event.before,
        "after": event.after,
        "actor_role": event.actor_role,
        "actor_organisation": event.actor_organisation,
        "is_demo": event.is_demo,
        "previous_hash": event.previous_hash,
    }


def _last_said(kind: str, key: str) -> dict[str, Any] | None:
    said = PublicEvent.objects.filter(object_kind=kind, object_key=key).order_by("-sequence")
    return said.values_list("after", flat=True).first()


class Fault(NamedTuple):
    """One thing that is not as the record says: where, and what is wrong with it."""

    where: str
    what: str


Told = Callable[[str], None]
STEP = 10_000
"""After how many events a long check says how far it has come."""


def verify(told: Told | None = None) -> Iterator[Fault]:
    """Check the chain, its head, and that every published row equals what the chain says.

    Streams: memory is bounded by the largest single table's last events. `told` hears how far a
    long check has come; a short one says nothing.
    """
    count = PublicEvent.objects.count()
    says = told if told and count >= STEP else _nothing
    yield from _readable(PublicEvent._meta.db_table, _chain_faults(says, count))
    for noun in NOUNS:
        says(f"Comparing rows: {noun.kind} …")
        yield from _readable(noun.model._meta.db_table, _row_faults(noun))


def _readable(table: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """The faults of one table; SQLite keeps any text in any column, also one that is no date."""
    try:
        yield from faults
    except (ArithmeticError, TypeError, ValueError) as error:
        yield Fault(table, f"cannot be read: {error}")


def _nothing(_words: str) -> None:
    pass


def _chain_faults(says: Told, count: int) -> Iterator[Fault]:
    expected, previous = 1, FIRST_HASH
    events = PublicEvent.objects.annotate(stands_under=F("commitment__slug")).order_by("sequence")
    for event in events.iterator(chunk_size=500):
        where = f"public_event {event.sequence}"
        if event.sequence != expected:
            yield Fault(where, f"event {expected} is missing")
        elif event.previous_hash != previous:
            yield Fault(where, "does not name the hash of the event before it")
        if _hash_of(event) != event.hash:
            yield Fault(where, f"{event.object_kind} {event.object_key}: content and hash differ")
        if slug_of(event) != event.stands_under:
            yield Fault(where, "stands under another commitment than it is about")
        expected, previous = event.sequence + 1, event.hash
        if event.sequence % STEP == 0:
            says(f"{event.sequence} of {count} events checked …")
    head = RecordHead.objects.filter(pk=1).first()
    if (head.sequence, head.hash) != (expected - 1, previous) if head else expected > 1:
        yield Fault("record_head", f"does not point at event {expected - 1}, the last one")


def _hash_of(event: PublicEvent) -> str:
    try:
        return digest(content_of(event))
    except NotCanonicalError:
        return ""


def slug_of(event: PublicEvent) -> str | None:
    """The commitment of an event by its hashed content; the column beside it only finds it."""
    if event.object_kind == "commitment":
        return event.object_key
    slug = _object(event.after or event.before).get("commitment")
    return slug if slug and event.object_key.startswith(f"{slug}/") else None


def _object(said: Any) -> dict[str, Any]:
    """What an event says of its object; nothing, where somebody wrote something else."""
    return said if isinstance(said, dict) else {}


def _row_faults(noun: Noun[Any]) -> Iterator[Fault]:
    """Compare the keys that the last event of each row has with the row as it is now."""
    table = noun.model._meta.db_table
    said = _last_events(noun.kind)
    for row in noun.rows().iterator(chunk_size=500):
        key = noun.key(row)
        where = f"{table} {row.pk} ({noun.kind} {key})"
        if key not in said:
            yield Fault(where, "is published, but no event says so")
            continue
        is_now = noun.data(row)
        for name, then in _object(said.pop(key)).items():
            if is_now.get(name) != then:
                yield Fault(
                    where, f"{name}: the record says {then!r}, the row {is_now.get(name)!r}"
                )
        yield from _date_faults(row, where)
    for key, then in said.items():
        if then is not None:
            yield Fault(f"{table} ({noun.kind} {key})", "is in the record, but the row is gone")


def _date_faults(row: Model, where: str) -> Iterator[Fault]:
    """Past due rests on the days beside a date's text; both must say the same."""
    names = [field.name for field in row._meta.concrete_fields]
    for name in (name for name in names if f"{name}_latest" in names):
        text, latest = getattr(row, name), getattr(row, f"{name}_latest")
        earliest = getattr(row, f"{name}_earliest")
        said = _limited(text)
        if (earliest, latest) != ((said.earliest, said.latest) if said else (None, None)):
            means = f"{said.earliest} to {said.latest}" if said else "no day"
            yield Fault(where, f"{name}: “{text}” means {means}, the row {earliest} to {latest}")


def _limited(text: str) -> LimitedDate | None:
    try:
        return LimitedDate.parse(text) if text else None
    except Refusal:
        return None


def _last_events(kind: str) -> dict[str, dict[str, Any] | None]:
    """Read in sequence, so that the last of each object stays: on PostgreSQL every way of asking
    for the last ones alone took a hundred times as long when its statistics were not fresh."""
    of_kind = PublicEvent.objects.filter(object_kind=kind).order_by("sequence")
    return dict(of_kind.values_list("object_key", "after").iterator(chunk_size=500))
