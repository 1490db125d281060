"""What the record says of a programme now, read once for however many rows of a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from commitments.models import Commitment, Programme
from commitments.reports.plans import known_of, said_of, with_plan
from commitments.rules.commitments import CommitmentSaid, Known

AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Present:
    """A commitment as it is."""

    pk: int
    version: int
    reference: str
    is_public: bool
    said: CommitmentSaid


@dataclass(frozen=True, slots=True)
class State:
    """Every commitment of the programme by its key, and what a sheet may name."""

    programme: Programme
    known: Known
    commitments: Mapping[str, Present]
    by_reference: Mapping[str, str]

    def key_of(self, text: str) -> str:
        """The key of a commitment that is called by its key or its reference."""
        return self.by_reference.get(text.upper(), text)


def state_of(programme: Programme) -> State:
    """Read it in chunks, so that rows and their sheets are never in memory together."""
    rows = with_plan(Commitment.objects.filter(programme=programme)).order_by("pk")
    commitments = {
        row.slug: Present(
            pk=row.pk,
            version=row.version,
            reference=row.reference or "",
            is_public=row.published_at is not None,
            said=said_of(row),
        )
        for row in rows.iterator(chunk_size=AT_A_TIME)
    }
    references = {one.reference: slug for slug, one in commitments.items() if one.reference}
    return State(programme, known_of(programme), commitments, references)
