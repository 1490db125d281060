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
from commitments.services.notices.preview import preview
from commitments.services.notices.rehearsal import Mail, Rehearsal, rehearse
from commitments.services.notices.retrying import retriable, retry_all, retry_digest

__all__ = [
    "Mail",
    "Planned",
    "Rehearsal",
    "cancel",
    "cancel_about",
    "count_failed",
    "deliver_digest",
    "digests_to_send",
    "make_digests",
    "plan_notices",
    "preview",
    "rehearse",
    "retriable",
    "retry_all",
    "retry_digest",
    "working_days",
]
