"""Evidence that rests on a source which is broken or was altered (R8)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from commitments.models import Cancelled, Evidence, Programme, Rule, SourceFault, StatusUpdate
from commitments.reports.subjects._asked import asked_of, why_not_asked
from commitments.reports.subjects._houses import Houses, houses_of
from commitments.reports.subjects.subject import Subject
from commitments.rules.moments import day_of
from commitments.rules.presence import Away
from commitments.rules.reminders import Anchor, Facts

KIND = "evidence"
RULES = (Rule.R8,)


@dataclass(frozen=True, slots=True)
class EvidenceRoster:
    """What is known of some evidence for a span of days.

    `faults` are the open ones by source; `newest` the ids of those that nothing newer replaced.
    """

    evidence: Sequence[Evidence]
    houses: Houses
    faults: Mapping[int, SourceFault]
    newest: Collection[int]

    def facts(self, on: date) -> dict[int, Facts]:
        away = self.houses.away(on)
        return {one.pk: self._facts(one, away) for one in self.evidence}

    def _facts(self, evidence: Evidence, away: Away) -> Facts:
        commitment = evidence.update.commitment
        told = self.houses.told(commitment, away)
        fault = self.faults.get(evidence.source_id)
        return Facts(
            kind=KIND,
            subject=evidence.pk,
            commitment=commitment.pk,
            ladder=self.houses.ladder(commitment),
            anchors=((Anchor.CONFIRMED, day_of(fault.confirmed_at)),) if fault else (),
            cycle=f"f{fault.pk}" if fault else "",
            people=told.people,
            members=told.members,
            stand_ins=told.stand_ins,
            not_before=commitment.reporting_opened_on or date.min,
            settled=self._settled(evidence, fault),
            renewed=Cancelled.DONE,
        )

    def _settled(self, evidence: Evidence, fault: SourceFault | None) -> Cancelled | None:
        if fault is None or evidence.pk not in self.newest:
            return Cancelled.DONE
        return why_not_asked(evidence.update.commitment)


def roster_of(evidence: Sequence[Evidence], first: date, last: date) -> EvidenceRoster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    faults = SourceFault.objects.open().filter(source__in=[one.source_id for one in evidence])
    return EvidenceRoster(
        evidence=evidence,
        houses=houses_of([one.update.commitment for one in evidence], RULES, first, last),
        faults={fault.source_id: fault for fault in faults},
        newest=_newest(one.pk for one in evidence),
    )


def _newest(keys: Iterable[int]) -> set[int]:
    return set(standing_evidence().filter(pk__in=list(keys)).values_list("pk", flat=True))


def standing_evidence() -> QuerySet[Evidence]:
    """Of each commitment and source the piece that was published last and still stands.

    It may stand in several updates; whoever mends it mends it once.
    """
    standing = StatusUpdate.objects.standing()
    later = Evidence.objects.filter(
        source=OuterRef("source"),
        update__in=standing,
        update__commitment=OuterRef("update__commitment"),
        update__number__gt=OuterRef("update__number"),
    )
    return Evidence.objects.filter(~Exists(later), update__in=standing)


def _open(_until: date) -> QuerySet[Evidence]:
    faults = SourceFault.objects.open().filter(source=OuterRef("source"))
    rows = standing_evidence().filter(Exists(faults), asked_of("update__commitment__"))
    return rows.select_related("update__commitment__programme")


def _known(keys: Collection[int]) -> list[Evidence]:
    rows = Evidence.objects.filter(pk__in=keys)
    return list(rows.select_related("update__commitment__programme"))


def _within(rows: QuerySet[Any], programmes: Iterable[Programme]) -> QuerySet[Any]:
    return rows.filter(update__commitment__programme__in=programmes)


EVIDENCE = Subject(KIND, RULES, _open, _known, roster_of, _within)
