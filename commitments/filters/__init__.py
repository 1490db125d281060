"""What a reader may ask of each list, cleaned; the same words in page and API."""

from commitments.filters.commitments import CommitmentFilter, OrderedCommitmentFilter

__all__ = ["CommitmentFilter", "OrderedCommitmentFilter"]
