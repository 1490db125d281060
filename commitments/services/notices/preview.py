"""What the next run would say to whom, without writing anything."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from commitments.models import Commitment, Notice, NoticeState, User
from commitments.reports.subjects import BATCH, SUBJECTS
from commitments.rules.moments import day_of
from commitments.services.notices.planning import gaps_of, working_days
from commitments.services.notices.standing import facts_about, outcomes


class Preview(NamedTuple):
    """One notice that is or would be pending."""

    person: User
    commitment: Commitment | None
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
    for subject in SUBJECTS.values():
        for batch in subject.batches(subject.open(day_of(now)), at_once):
            gaps = gaps_of(subject, batch, now, calendar)
            new = [notice for notice in gaps.missing if notice.state == NoticeState.PLANNED]
            new += Notice.objects.filter(pk__in=gaps.revived)
            people = User.objects.in_bulk({notice.recipient_id for notice in new})
            commitments = Commitment.objects.in_bulk({notice.commitment_id for notice in new})
            for notice in new:
                about = commitments.get(notice.commitment_id or 0)
                yield _seen(notice, people[notice.recipient_id], about)


def _seen(notice: Notice, person: User, commitment: Commitment | None) -> Preview:
    return Preview(person, commitment, notice.rule, notice.step, notice.due_at)
