"""Commitments that nobody reports on (R9)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from commitments.models import (
    Assignment,
    Cancelled,
    Charge,
    Commitment,
    Membership,
    Part,
    Participation,
    Role,
    Rule,
)
from commitments.reports.subjects._asked import asked_of, why_not_asked
from commitments.reports.subjects._houses import Houses, houses_of
from commitments.reports.subjects.subject import Subject, of_own_programmes
from commitments.rules.moments import at_minute, day_of
from commitments.rules.presence import Away, approvers_told
from commitments.rules.reminders import APPROVER, OFFICER, REPORTER, Anchor, Facts

KIND = "charge"
RULES = (Rule.R9,)


@dataclass(frozen=True, slots=True)
class ChargeRoster:
    """What is known of some commitments for a span of days; `ends` are the days on which
    somebody who was in charge of them ceased to be."""

    commitments: Sequence[Commitment]
    houses: Houses
    ends: Mapping[int, Collection[date]]

    def facts(self, on: date) -> dict[int, Facts]:
        away = self.houses.away(on)
        return {one.pk: self._facts(one, away, on) for one in self.commitments}

    def _facts(self, commitment: Commitment, away: Away, on: date) -> Facts:
        """Approvers and officers are told: either may give somebody the charge."""
        since = self._since(commitment, on)
        approvers = self.houses.body(commitment).get(APPROVER, ())
        expected = self.houses.charge(commitment, Charge.APPROVE)
        return Facts(
            kind=KIND,
            subject=commitment.pk,
            commitment=commitment.pk,
            ladder=self.houses.ladder(commitment),
            anchors=((Anchor.SINCE, since),),
            cycle=since.isoformat(),
            people={
                APPROVER: approvers_told(expected, approvers, away),
                OFFICER: self.houses.officers(commitment, away),
            },
            members=self.houses.members(commitment),
            began_at=at_minute(since, 0),
            settled=why_not_asked(commitment) or self._somebody_reports(commitment),
            renewed=Cancelled.DONE,
        )

    def _since(self, commitment: Commitment, on: date) -> date:
        """The last day on which anything of it ended; what is yet to come changes nothing."""
        days = [commitment.reporting_opened_on or on, *self.ends.get(commitment.pk, ())]
        return max((day for day in days if day <= on), default=on)

    def _somebody_reports(self, commitment: Commitment) -> Cancelled | None:
        """Deputies count, and so does whoever is away: they have the charge."""
        charged = self.houses.charge(commitment, Charge.REPORT)
        able = {one.pk for one in self.houses.body(commitment).get(REPORTER, ())}
        return Cancelled.DONE if able & (charged.mains | charged.deputies) else None


def roster_of(commitments: Sequence[Commitment], first: date, last: date) -> ChargeRoster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    return ChargeRoster(commitments, houses_of(commitments, RULES, first, last), _ends(commitments))


def _ends(commitments: Iterable[Commitment]) -> Mapping[int, set[date]]:
    """When charges, roles of those who had them, and leads of each ended; three queries.

    When a charge was given counts, too: then somebody reported. It is all that tells of those
    whose account was closed since. A role counts only where the charge was still held: who gave
    the charge up before changes nothing by leaving.
    """
    found: dict[int, set[date]] = defaultdict(set)
    given = Assignment.objects.filter(commitment__in=commitments, charge=Charge.REPORT)
    for key, assigned_at, ended_at in given.values_list("commitment_id", "assigned_at", "ended_at"):
        found[key].add(day_of(ended_at or assigned_at))
    left = given.filter(
        person__memberships__role=Role.REPORTER,
        person__memberships__ended_on__isnull=False,
        person__memberships__organisation=F("commitment__participations__organisation"),
        commitment__participations__role=Part.LEAD,
    )
    changed = Participation.objects.filter(
        commitment__in=commitments, role=Part.LEAD, ended_on__isnull=False
    )
    for key, left_on, ended_at in left.values_list(
        "commitment_id", "person__memberships__ended_on", "ended_at"
    ):
        if left_on and (ended_at is None or left_on <= day_of(ended_at)):
            found[key].add(left_on)
    for key, ended_on in changed.values_list("commitment_id", "ended_on"):
        if ended_on:
            found[key].add(ended_on)
    return found


def _open(_until: date) -> QuerySet[Commitment]:
    """Those of which an update is owed for every period, with nobody to write it."""
    lead = Participation.objects.leading().filter(commitment=OuterRef(OuterRef("commitment")))
    able = Membership.objects.current().filter(
        user=OuterRef("person"), role=Role.REPORTER, organisation__in=lead.values("organisation")
    )
    held = Assignment.objects.reporting().filter(
        Exists(able), commitment=OuterRef("pk"), person__is_active=True
    )
    return Commitment.objects.filter(asked_of(), ~Exists(held)).select_related("programme")


def _known(keys: Collection[int]) -> list[Commitment]:
    return list(Commitment.objects.filter(pk__in=keys).select_related("programme"))


CHARGES = Subject(KIND, RULES, _open, _known, roster_of, of_own_programmes)
