"""Updates that are owed (R1, R2, R3, and N1 by hand)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from commitments.models import CLOSED, Cancelled, Commitment, Obligation, Rule
from commitments.reports.subjects._houses import Houses, houses_of
from commitments.reports.subjects.subject import Subject
from commitments.rules.presence import Away
from commitments.rules.reminders import Anchor, Facts

RULES = (Rule.R1, Rule.R2, Rule.R3)
KIND = "obligation"


def facts_of(obligations: Sequence[Obligation], on: date) -> dict[int, Facts]:
    """The facts of each obligation by its id, as people are there on a day."""
    return roster_of(obligations, on, on).facts(on)


@dataclass(frozen=True, slots=True)
class OwedRoster:
    """What is known of some owed updates for a span of days."""

    obligations: Sequence[Obligation]
    houses: Houses
    answered: dict[int, date]

    def facts(self, on: date) -> dict[int, Facts]:
        away = self.houses.away(on)
        return {one.pk: self._facts(one, away) for one in self.obligations}

    def _facts(self, obligation: Obligation, away: Away) -> Facts:
        commitment, period = obligation.commitment, obligation.period
        told = self.houses.told(commitment, away)
        return Facts(
            kind=KIND,
            subject=obligation.pk,
            commitment=commitment.pk,
            ladder=self.houses.ladder(commitment),
            anchors=((Anchor.OPENS, period.opens_on), (Anchor.DUE, period.due_on)),
            cycle=period.due_on.isoformat(),
            people=told.people,
            members=told.members,
            stand_ins=told.stand_ins,
            not_before=period.opens_on,
            settled=_settled(obligation, self.answered.get(commitment.pk)),
        )


def roster_of(obligations: Sequence[Obligation], first: date, last: date) -> OwedRoster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    commitments = [one.commitment for one in obligations]
    return OwedRoster(
        obligations=obligations,
        houses=houses_of(commitments, RULES, first, last),
        answered=_answered(commitments),
    )


def _settled(obligation: Obligation, answered: date | None) -> Cancelled | None:
    """Why nobody is reminded any more.

    A later period's update, of which `answered` is the first day, says where things stand now:
    an older one stays unmet in the record, and nobody is asked for it again.
    """
    if obligation.met_at or (answered and answered > obligation.period.starts_on):
        return Cancelled.DONE
    if obligation.waived_at:
        return Cancelled.WAIVED
    return Cancelled.CLOSED if obligation.commitment.is_closed else None


def _answered(commitments: Iterable[Commitment]) -> dict[int, date]:
    """The first day of the newest period that was reported on, per commitment."""
    keys = [one.pk for one in commitments]
    met = Obligation.objects.filter(commitment__in=keys, met_at__isnull=False)
    rows = met.order_by().values("commitment_id").annotate(newest=Max("period__starts_on"))
    return {row["commitment_id"]: row["newest"] for row in rows}


def _open(until: date) -> QuerySet[Obligation]:
    rows = Obligation.objects.opened(until).unmet().exclude(commitment__stage__in=CLOSED)
    return rows.select_related("commitment__programme", "period").only(*_ASKED_FOR)


_ASKED_FOR = (
    "met_at",
    "waived_at",
    "period__starts_on",
    "period__opens_on",
    "period__due_on",
    "commitment__programme__delivery_unit",
    "commitment__stage",
    "commitment__published_at",
    "commitment__reporting_opened_on",
)
"""What the facts of one need: the planner walks through very many of them."""


def _known(keys: Collection[int]) -> list[Obligation]:
    rows = Obligation.objects.filter(pk__in=keys)
    return list(rows.select_related("commitment__programme", "period"))


OBLIGATIONS = Subject(KIND, RULES, _open, _known, roster_of)
