"""The way of a status update: submitted, approved or returned, published, retracted."""

from commitments.services.updates._steps import officer_of
from commitments.services.updates.publication import publish_update, retract_update
from commitments.services.updates.review import approve_update, return_update
from commitments.services.updates.submission import submit_update

__all__ = [
    "approve_update",
    "officer_of",
    "publish_update",
    "retract_update",
    "return_update",
    "submit_update",
]
