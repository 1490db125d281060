"""Change requests that wait for a decision (R7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from commitments.models import Cancelled, ChangeRequest, Rule
from commitments.reports.subjects._houses import Houses, houses_of
from commitments.reports.subjects.subject import Subject
from commitments.rules.moments import day_of
from commitments.rules.presence import Away, everybody_told
from commitments.rules.reminders import OFFICER, Anchor, Facts

KIND = "change"
RULES = (Rule.R7,)


@dataclass(frozen=True, slots=True)
class ChangeRoster:
    """What is known of some change requests for a span of days."""

    changes: Sequence[ChangeRequest]
    houses: Houses

    def facts(self, on: date) -> dict[int, Facts]:
        away = self.houses.away(on)
        return {one.pk: self._facts(one, away) for one in self.changes}

    def _facts(self, change: ChangeRequest, away: Away) -> Facts:
        """Whoever may decide: the officers, but for the one who asked for it."""
        commitment = change.commitment
        officers = self.houses.unit(commitment).get(OFFICER, ())
        others = [one for one in officers if one.pk != change.requester_id]
        return Facts(
            kind=KIND,
            subject=change.pk,
            commitment=commitment.pk,
            ladder=self.houses.ladder(commitment),
            anchors=((Anchor.REQUESTED, day_of(change.requested_at)),),
            cycle=f"c{change.pk}",
            people={OFFICER: everybody_told(others, away)},
            members=self.houses.members(commitment),
            settled=Cancelled.DONE if change.decision else None,
            renewed=Cancelled.DONE,
        )


def roster_of(changes: Sequence[ChangeRequest], first: date, last: date) -> ChangeRoster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    return ChangeRoster(changes, houses_of([one.commitment for one in changes], RULES, first, last))


def _open(_until: date) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.open().select_related("commitment__programme")


def _known(keys: Collection[int]) -> list[ChangeRequest]:
    rows = ChangeRequest.objects.filter(pk__in=keys)
    return list(rows.select_related("commitment__programme"))


CHANGES = Subject(KIND, RULES, _open, _known, roster_of)
