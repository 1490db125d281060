"""Reminding by hand, through the same ledger as the reminders that come by themselves."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Text, WrongState
from commitments.models import Notice, NoticeState, Obligation, Rule, User
from commitments.reports.subjects.obligations import KIND, facts_of
from commitments.rules import access
from commitments.rules.moments import VIETNAM, day_of
from commitments.rules.reminders import REPORTER, Facts, step_by_hand


class AlreadyReminded(WrongState):
    """Everybody in charge was reminded by hand today; `at` is when."""

    default_code = "already_reminded"

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(text=_already(at))


def _already(at: datetime) -> Text:
    time = f"{at.astimezone(VIETNAM):%H:%M}"
    return format_lazy(_("They were already reminded today at {time}."), time=time)


@transaction.atomic
def nudge(*, obligation: Obligation, by: User, now: datetime) -> list[Notice]:
    """Remind those in charge of an owed update; the mail goes out at the next tick.

    Once a day for each of them. Locks the obligation, so that of two clicks the second raises
    AlreadyReminded. Raises Forbidden for whom it is not, WrongState when nothing is owed or
    nobody is in charge.
    """
    locked = (
        Obligation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("commitment__programme", "period")
        .get(pk=obligation.pk)
    )
    if not access.may_nudge(by, locked.commitment):
        raise Forbidden
    if not Obligation.objects.owed(day_of(now)).filter(pk=locked.pk).exists():
        raise WrongState("not_owed", _NOT_OWED)
    facts = facts_of([locked], day_of(now))[locked.pk]
    people = [person.pk for person in facts.people[REPORTER]]
    if not people:
        raise WrongState("nobody_charged", _NOBODY)
    there = list(_of_today(facts, people, now))
    made = _made(facts, _left_out(people, there), by, now) + _again(there, by, now)
    if not made:
        raise AlreadyReminded(min(notice.planned_at for notice in there))
    return made


_NOT_OWED = _("No update is owed here at the moment, so nobody was reminded.")
_NOBODY = _(
    "Nobody is in charge of this commitment, so nobody was reminded. Assign somebody first."
)


def _of_today(facts: Facts, people: Sequence[int], now: datetime) -> Iterable[Notice]:
    return Notice.objects.filter(
        rule=Rule.N1,
        subject_kind=KIND,
        subject_id=facts.subject,
        cycle=facts.cycle,
        step=step_by_hand(now),
        recipient__in=people,
    )


def _left_out(people: Iterable[int], there: Iterable[Notice]) -> list[int]:
    known = {notice.recipient_id for notice in there}
    return [person for person in people if person not in known]


def _made(facts: Facts, people: Iterable[int], by: User, now: datetime) -> list[Notice]:
    return [
        Notice.objects.create(
            rule=Rule.N1,
            subject_kind=KIND,
            subject_id=facts.subject,
            cycle=facts.cycle,
            step=step_by_hand(now),
            recipient_id=person,
            commitment_id=facts.commitment,
            by_itself=True,
            due_at=now,
            planned_at=now,
            asked_by=by,
        )
        for person in people
    ]


def _again(there: Iterable[Notice], by: User, now: datetime) -> list[Notice]:
    """Those called off before they went out, as for a charge that was given back since."""
    again = [notice for notice in there if notice.state == NoticeState.CANCELLED]
    for notice in again:
        notice.state, notice.cancelled_because, notice.digest = NoticeState.PLANNED, "", None
        notice.due_at = notice.planned_at = now
        notice.asked_by = by
        notice.save(
            update_fields=[
                "state", "cancelled_because", "digest", "due_at", "planned_at", "asked_by"
            ]
        )  # fmt: skip
    return again
