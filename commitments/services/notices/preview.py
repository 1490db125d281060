"""What the next run would say to whom, without writing anything."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from commitments.models import Commitment, Notice, NoticeState, Obligation, User
from commitments.reports.owed import BATCH, in_batches
from commitments.rules.reminders import day_of
from commitments.services.notices.planning import gaps_of, working_days
from commitments.services.notices.subjects import SUBJECTS, facts_about, outcomes


class Preview(NamedTuple):
    """One notice that is or would be pending."""

    person: User
    commitment: Commitment
    rule: str
    step: str
    due_at: datetime


def preview(*, now: datetime, at_once: int = BATCH) -> Iterator[Preview]:
    """Pending notices that still stand, then those that a run of the planner would add.

    `at_once` rows are read at a time: a page that only counts reads all of them.
    """
    calendar = working_days(now)
    last = 0
    rows = (
        Notice.objects.planned()
        .filter(subject_kind__in=SUBJECTS)
        .select_related("recipient", "commitment")
        .order_by("pk")
    )
    while pending := list(rows.filter(pk__gt=last)[:at_once]):
        for notice, (state, _why) in outcomes(pending, facts_about(pending, now), now, calendar):
            if state == NoticeState.PLANNED:
                yield _seen(notice, notice.recipient, notice.commitment)
        last = pending[-1].pk
    for batch in in_batches(Obligation.objects.owed(day_of(now)), at_once):
        gaps = gaps_of(batch, now, calendar)
        called_off = Notice.objects.filter(pk__in=gaps.revived)
        new = [notice for notice in gaps.missing if notice.state == NoticeState.PLANNED]
        new += list(called_off)
        people = User.objects.in_bulk({notice.recipient_id for notice in new})
        commitments = {one.commitment_id: one.commitment for one in batch}
        for notice in new:
            yield _seen(notice, people[notice.recipient_id], commitments[notice.commitment_id])


def _seen(notice: Notice, person: User, commitment: Commitment) -> Preview:
    return Preview(person, commitment, notice.rule, notice.step, notice.due_at)
