"""The way of a status update: submitted, approved or returned, published, retracted."""

from commitments.services.updates._steps import refuse_retracted
from commitments.services.updates.publication import publish_update, retract_update
from commitments.services.updates.review import approve_update, return_update
from commitments.services.updates.submission import submit_update

__all__ = [
    "approve_update",
    "publish_update",
    "refuse_retracted",
    "retract_update",
    "return_update",
    "submit_update",
]
