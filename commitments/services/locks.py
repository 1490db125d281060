"""Commitments held until the transaction ends, so that nobody changes what is judged by them."""

from commitments.models import Commitment
from commitments.models.commitment import CommitmentQuerySet


def lock_commitment(commitment: Commitment) -> Commitment:
    """It as it stands now, with its programme and parts, held until the transaction ends."""
    return _locking().get(pk=commitment.pk)


def lock_public(slug: str) -> Commitment | None:
    """The same of the public commitment of that slug, if there is one."""
    return _locking().public().filter(slug=slug).first()


def _locking() -> CommitmentQuerySet:
    rows = Commitment.objects.select_related("programme").with_bodies()
    return rows.select_for_update(of=("self",), no_key=True)
