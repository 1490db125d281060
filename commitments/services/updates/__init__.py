"""The way of a status update: submitted, approved or returned, published, retracted."""

from commitments.services.updates._steps import refuse_retracted
from commitments.services.updates.publication import publish_update, retract_update
from commitments.services.updates.release import (
    release_update,
    schedule_release,
    unschedule_release,
    updates_to_release,
)
from commitments.services.updates.review import approve_update, return_update
from commitments.services.updates.submission import submit_update
from commitments.services.updates.taking_over import take_over
from commitments.services.updates.unchanged import report_no_change

__all__ = [
    "approve_update",
    "publish_update",
    "refuse_retracted",
    "release_update",
    "report_no_change",
    "retract_update",
    "return_update",
    "schedule_release",
    "submit_update",
    "take_over",
    "unschedule_release",
    "updates_to_release",
]
