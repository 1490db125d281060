"""Milestones and commitments that fall due (R4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from commitments.models import Cancelled, Commitment, Milestone, Rule, Stage
from commitments.reports.subjects._asked import asked_of, why_not_asked
from commitments.reports.subjects._houses import Houses, houses_of
from commitments.reports.subjects._ladders import days_ahead
from commitments.reports.subjects.subject import Subject, of_own_programmes
from commitments.rules.presence import Away
from commitments.rules.reminders import Anchor, Facts

RULES = (Rule.R4,)
MILESTONE = "milestone"
COMMITMENT = "commitment"


class Due(NamedTuple):
    """Something that falls due; `settled` is why nobody is reminded of it any more."""

    key: int
    commitment: Commitment
    due_on: date | None
    settled: Cancelled | None


@dataclass(frozen=True, slots=True)
class DueRoster:
    """What is known of some dates for a span of days."""

    kind: str
    dates: Sequence[Due]
    houses: Houses

    def facts(self, on: date) -> dict[int, Facts]:
        away = self.houses.away(on)
        return {due.key: self._facts(due, away) for due in self.dates}

    def _facts(self, due: Due, away: Away) -> Facts:
        """Nothing is said before reporting was opened, however long it was due by then."""
        told = self.houses.told(due.commitment, away)
        return Facts(
            kind=self.kind,
            subject=due.key,
            commitment=due.commitment.pk,
            ladder=self.houses.ladder(due.commitment),
            anchors=((Anchor.DUE, due.due_on),) if due.due_on else (),
            cycle=due.due_on.isoformat() if due.due_on else "",
            people=told.people,
            members=told.members,
            stand_ins=told.stand_ins,
            not_before=due.commitment.reporting_opened_on or date.min,
            settled=due.settled,
        )


def milestone_roster(rows: Sequence[Milestone], first: date, last: date) -> DueRoster:
    dates = [Due(one.pk, one.commitment, one.due_latest, _of_milestone(one)) for one in rows]
    return _roster(MILESTONE, dates, first, last)


def commitment_roster(rows: Sequence[Commitment], first: date, last: date) -> DueRoster:
    dates = [Due(one.pk, one, one.due_latest, _of_commitment(one)) for one in rows]
    return _roster(COMMITMENT, dates, first, last)


def _roster(kind: str, dates: Sequence[Due], first: date, last: date) -> DueRoster:
    return DueRoster(kind, dates, houses_of([due.commitment for due in dates], RULES, first, last))


def _of_milestone(milestone: Milestone) -> Cancelled | None:
    if milestone.done_on:
        return Cancelled.DONE
    return _said_done(milestone.commitment)


def _of_commitment(commitment: Commitment) -> Cancelled | None:
    """Without a date there is nothing left that could fall due."""
    return _said_done(commitment) or (None if commitment.due_latest else Cancelled.MOVED)


def _said_done(commitment: Commitment) -> Cancelled | None:
    if commitment.stage == Stage.REPORTED_COMPLETE:
        return Cancelled.DONE
    return why_not_asked(commitment)


def _open_milestones(until: date) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(asked_of("commitment__"), done_on__isnull=True)
    rows = rows.exclude(commitment__stage=Stage.REPORTED_COMPLETE)
    return rows.filter(due_latest__lte=_horizon(until)).select_related("commitment__programme")


def _open_commitments(until: date) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(asked_of()).exclude(stage=Stage.REPORTED_COMPLETE)
    return rows.filter(due_latest__lte=_horizon(until)).select_related("programme")


def _horizon(until: date) -> date:
    """The last due date of which the earliest step may have come by `until`."""
    return until + timedelta(days=days_ahead(Rule.R4))


def _known_milestones(keys: Collection[int]) -> list[Milestone]:
    rows = Milestone.objects.filter(pk__in=keys)
    return list(rows.select_related("commitment__programme"))


def _known_commitments(keys: Collection[int]) -> list[Commitment]:
    return list(Commitment.objects.filter(pk__in=keys).select_related("programme"))


MILESTONES = Subject(MILESTONE, RULES, _open_milestones, _known_milestones, milestone_roster)
COMMITMENTS = Subject(
    COMMITMENT, RULES, _open_commitments, _known_commitments, commitment_roster, of_own_programmes
)
