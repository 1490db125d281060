"""Updates on their way: waiting for the next step (R5), or returned to their author (R6)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from commitments.models import (
    IN_REVIEW,
    Cancelled,
    Charge,
    Deed,
    ReviewAction,
    Role,
    Rule,
    StatusUpdate,
    UpdateKind,
    UpdateState,
)
from commitments.models.review import OF_ITS_HANDS
from commitments.reports.subjects._houses import Houses, houses_of
from commitments.reports.subjects._ladders import ladders_of
from commitments.reports.subjects.subject import Subject
from commitments.rules.access import waits_for_officer
from commitments.rules.moments import day_of
from commitments.rules.presence import (
    Away,
    Person,
    approvers_told,
    everybody_told,
    reporters_told,
)
from commitments.rules.reminders import APPROVER, OFFICER, REPORTER, Anchor, Facts, Ladder

KIND = "update"
RULES = (Rule.R5, Rule.R6)

Told = dict[Role, tuple[Person, ...]]

BROUGHT_BY: Mapping[str, tuple[Deed, ...]] = {
    UpdateState.SUBMITTED: (Deed.SUBMITTED, Deed.UNSCHEDULED),
    UpdateState.APPROVED: (Deed.APPROVED, Deed.UNSCHEDULED),
    UpdateState.RETURNED: (Deed.RETURNED,),
}
"""The deeds after which an update lies where it is; off the schedule it waits from then on."""


class Step(NamedTuple):
    """The deed that brought an update where it is."""

    action: int
    done_at: datetime


@dataclass(slots=True)
class Way:
    """What the deeds on an update tell: who worked on it, and since when it lies where it is."""

    hands: set[int] = field(default_factory=set)
    since: Step | None = None


@dataclass(frozen=True, slots=True)
class UpdateRoster:
    """What is known of some updates for a span of days."""

    updates: Sequence[StatusUpdate]
    houses: Houses
    ladders: Mapping[Rule, Mapping[int, Ladder]]
    ways: Mapping[int, Way]

    def facts(self, on: date) -> dict[int, Facts]:
        away = self.houses.away(on)
        return {one.pk: self._facts(one, away) for one in self.updates}

    def _facts(self, update: StatusUpdate, away: Away) -> Facts:
        """One that no deed brought anywhere lies nowhere: nobody is told of it."""
        commitment, way = update.commitment, self.ways[update.pk]
        is_back = update.state == UpdateState.RETURNED
        rule, anchor = (Rule.R6, Anchor.RETURNED) if is_back else (Rule.R5, Anchor.WAITING)
        return Facts(
            kind=KIND,
            subject=update.pk,
            commitment=commitment.pk,
            ladder=self.ladders[rule][commitment.programme_id],
            anchors=((anchor, day_of(way.since.done_at)),) if way.since else (),
            cycle=f"a{way.since.action}" if way.since else "",
            people=self._back_to(update, away) if is_back else self._waits_for(update, away),
            members=self._members(update),
            began_at=way.since.done_at if way.since else None,
            settled=self._settled(update) if way.since else Cancelled.DONE,
            renewed=Cancelled.DONE,
        )

    def _waits_for(self, update: StatusUpdate, away: Away) -> Told:
        """Whoever may take the next step; where no approver can, an officer may send it back."""
        approvers = [] if waits_for_officer(update) else self._others(update, APPROVER)
        if approvers:
            charged = self.houses.charge(update.commitment, Charge.APPROVE)
            return {APPROVER: approvers_told(charged, approvers, away)}
        return {OFFICER: everybody_told(self._others(update, OFFICER), away)}

    def _others(self, update: StatusUpdate, role: Role) -> list[Person]:
        """Who holds the role where it waits, and whose own work it is not."""
        unit = self.houses.unit(update.commitment)
        house = unit if role == OFFICER else self._house(update)
        own = self.ways[update.pk].hands | {update.author_id, update.approver_id}
        return [one for one in house.get(role, ()) if one.pk not in own]

    def _back_to(self, update: StatusUpdate, away: Away) -> Told:
        """Its author, also while away, for nobody else can go on with it; once they report no
        more, those in charge, who can take it over."""
        reporters = self._house(update).get(REPORTER, ())
        author = tuple(one for one in reporters if one.pk == update.author_id)
        charged = self.houses.charge(update.commitment, Charge.REPORT)
        return {REPORTER: author or reporters_told(charged, reporters, (), away)}

    def _settled(self, update: StatusUpdate) -> Cancelled | None:
        """Why nobody is told. What is set to be published waits for nobody; of what came back,
        who speaks for the commitment no more, or speaks of a closed one, can hand in nothing."""
        if update.state != UpdateState.RETURNED:
            waits = update.state in IN_REVIEW and update.release_at is None
            return None if waits else Cancelled.DONE
        if update.corrects_id is not None:
            return None
        if update.commitment.is_closed and update.kind != UpdateKind.CONTEXT:
            return Cancelled.CLOSED
        lead, _skips = self.houses.leads.get(update.commitment_id, (None, True))
        return None if lead == update.body_id else Cancelled.REASSIGNED

    def _house(self, update: StatusUpdate) -> Mapping[str, Sequence[Person]]:
        return self.houses.staff.get(update.body_id or 0, {})

    def _members(self, update: StatusUpdate) -> frozenset[int]:
        unit = self.houses.unit(update.commitment).get(OFFICER, ())
        groups = (*self._house(update).values(), unit)
        return frozenset(one.pk for people in groups for one in people)


def roster_of(updates: Sequence[StatusUpdate], first: date, last: date) -> UpdateRoster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    commitments = [one.commitment for one in updates]
    programmes = {one.programme_id for one in commitments}
    bodies = {one.body_id for one in updates if one.body_id}
    houses = houses_of(commitments, (Rule.R5,), first, last, bodies=bodies)
    returned = ladders_of(programmes, (Rule.R6,))
    return UpdateRoster(
        updates=updates,
        houses=houses,
        ladders={Rule.R5: houses.ladders, Rule.R6: returned},
        ways=_ways(updates),
    )


def _ways(updates: Iterable[StatusUpdate]) -> Mapping[int, Way]:
    """What was done on each so far; one query."""
    states = {one.pk: one.state for one in updates}
    found: dict[int, Way] = defaultdict(Way)
    rows = ReviewAction.objects.filter(update__in=states).order_by("done_at", "pk")
    for key, update, deed, person, done_at in rows.values_list(
        "pk", "update_id", "deed", "person_id", "done_at"
    ):
        if deed in OF_ITS_HANDS:
            found[update].hands.add(person)
        if deed in BROUGHT_BY.get(states[update], ()):
            found[update].since = Step(key, done_at)
    return {key: found[key] for key in states}


_LOADED = ("commitment__programme", "body")


def _open(_until: date) -> QuerySet[StatusUpdate]:
    """All that lie with somebody: how long is asked later."""
    waiting = StatusUpdate.objects.filter(state__in=IN_REVIEW, release_at__isnull=True)
    returned = StatusUpdate.objects.filter(state=UpdateState.RETURNED)
    return (waiting | returned).select_related(*_LOADED)


def _known(keys: Collection[int]) -> list[StatusUpdate]:
    return list(StatusUpdate.objects.filter(pk__in=keys).select_related(*_LOADED))


UPDATES = Subject(KIND, RULES, _open, _known, roster_of)
