"""Reminders as deeds: plan what is owed, gather it into digests, send them, call them off."""

from commitments.services.notices.delivery import count_failed, deliver_digest, digests_to_send
from commitments.services.notices.digests import make_digests
from commitments.services.notices.planning import (
    Planned,
    cancel,
    cancel_about,
    plan_notices,
    working_days,
)
from commitments.services.notices.preview import Preview, preview

__all__ = [
    "Planned",
    "Preview",
    "cancel",
    "cancel_about",
    "count_failed",
    "deliver_digest",
    "digests_to_send",
    "make_digests",
    "plan_notices",
    "preview",
    "working_days",
]
