"""The public events of a record that is made up, on a throw-away database, for measuring only."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from commitments.models import PublicEvent
from commitments.reports.public import NOUNS, SCHEMA_VERSION
from commitments.reports.public._noun import Noun
from commitments.services.record import content_of, hold
from commitments.text.canonical import digest

KINDS = ("organisation", "programme", "commitment", "status_update")
BATCH = 500


def tell_of_everything(now: datetime) -> int:
    """Write the event of every row of a few kinds of which no event tells; how many there are.

    As `services.record` does, but many at a time. The database then has the rows' events in
    batches, which no installation has: for measuring alone.
    """
    head, count = hold(), 0
    for noun in NOUNS:
        if noun.kind not in KINDS:
            continue
        said = set(
            PublicEvent.objects.filter(object_kind=noun.kind).values_list("object_key", flat=True)
        )
        events = _events(noun, said, head, now)
        while batch := list(islice(events, BATCH)):
            PublicEvent.objects.bulk_create(batch)
            count += len(batch)
    head.save(update_fields=["sequence", "hash"])
    return count


def _events(noun: Noun[Any], said: set[str], head: Any, now: datetime) -> Iterator[PublicEvent]:
    for row in noun.rows().iterator(chunk_size=BATCH):
        key = noun.key(row)
        if key in said:
            continue
        event = PublicEvent(
            sequence=head.sequence + 1,
            recorded_at=now,
            effective_on=now.date(),
            schema_version=SCHEMA_VERSION,
            object_kind=noun.kind,
            object_key=key,
            action="loaded",
            after=noun.data(row),
            actor_role="editors",
            commitment=noun.commitment(row),
            is_demo=False,
            previous_hash=head.hash,
        )
        event.hash = digest(content_of(event))
        head.sequence, head.hash = event.sequence, event.hash
        yield event
