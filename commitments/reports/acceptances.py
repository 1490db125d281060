"""Who is known to have accepted a programme's missions, place by place (design §9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from commitments.models import Acceptance, Commitment, Confidence, Programme


@dataclass(frozen=True)
class Places:
    """The places that sources speak of: filled for sure, probably, or by nobody named.

    `unverified` bodies are shown apart and never fill a place.
    """

    said: int | None
    confirmed: Sequence[Acceptance]
    probable: Sequence[Acceptance]
    unverified: Sequence[Acceptance]

    @property
    def vacant(self) -> range:
        """One number for each place that no source found names a body for."""
        named = len(self.confirmed) + len(self.probable)
        return range(named + 1, (self.said or 0) + 1)

    def __bool__(self) -> bool:
        return bool(self.said or self.confirmed or self.probable or self.unverified)


def places(programme: Programme) -> Places:
    """The places of a programme, each acceptance with its body and published commitments."""
    published = Prefetch("commitments", queryset=Commitment.objects.public())
    rows = list(
        Acceptance.objects.filter(programme=programme)
        .select_related("organisation")
        .prefetch_related(published)
    )
    confirmed, probable, unverified = (
        [row for row in rows if row.confidence == confidence]
        for confidence in (Confidence.CONFIRMED, Confidence.PROBABLE, Confidence.UNVERIFIED)
    )
    return Places(programme.missions_said, confirmed, probable, unverified)
