"""The sources that updates rest on, and which of them are faulty, as staff see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from commitments.models import Commitment, Source, SourceFault, StatusUpdate, User


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with the fault that is open, if any."""

    source: Source
    fault: SourceFault | None


def cited_by(updates: QuerySet[StatusUpdate]) -> list[Cited]:
    """What these rest on, what is faulty first; two queries."""
    rows = Source.objects.filter(evidence__update__in=updates).distinct()
    sources = list(rows.order_by("title", "pk"))
    found = SourceFault.objects.open().filter(source__in=sources).select_related("confirmed_by")
    faults = {fault.source_id: fault for fault in found}
    cited = [Cited(source, faults.get(source.pk)) for source in sources]
    return sorted(cited, key=lambda one: one.fault is None)


def faults_seen_by(user: User) -> QuerySet[SourceFault]:
    """Those of sources that a published update cites of what the person's bodies work on."""
    own = Commitment.objects.worked_on_by(user)
    citing = StatusUpdate.objects.public().filter(commitment__in=own)
    sources = Source.objects.filter(evidence__update__in=citing)
    return SourceFault.objects.filter(source__in=sources)


def resting_on(source: Source, user: User) -> Sequence[Commitment]:
    """The commitments whose published updates cite it and that the person's bodies work on."""
    citing = StatusUpdate.objects.public().filter(evidence__source=source)
    rows = Commitment.objects.worked_on_by(user).filter(pk__in=citing.values("commitment"))
    return list(rows.select_related("programme").order_by("reference", "pk"))
