"""A commitment's plan as a draft: begun, kept, thrown away, and put into the record.

Form and spreadsheet hand in the same sheet (`rules.commitments.CommitmentSaid`); what is public
changes by a decided change request only.
"""

from commitments.services.plans.drafts import (
    AlreadyBegun,
    create_commitment,
    create_commitments,
    discard_commitment,
    save_commitment,
)
from commitments.services.plans.links import link_commitments, unlink_commitments
from commitments.services.plans.milestones import complete_milestone
from commitments.services.plans.publication import missing_of, publish_plan

__all__ = [
    "AlreadyBegun",
    "complete_milestone",
    "create_commitment",
    "create_commitments",
    "discard_commitment",
    "link_commitments",
    "missing_of",
    "publish_plan",
    "save_commitment",
    "unlink_commitments",
]
