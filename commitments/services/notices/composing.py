"""A mail is written of what still stands at the moment of sending."""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import NoReverseMatch

from commitments.emails.digest import build_digest
from commitments.models import Digest, Notice, NoticeState
from commitments.reports.subjects import SUBJECTS
from commitments.rules.mail_faults import as_text
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.content import content_of
from commitments.services.notices.gates import let_out
from commitments.services.notices.planning import settle, working_days
from commitments.services.notices.standing import Known, facts_about, outcomes

UNBUILDABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    MessageError,
    NoReverseMatch,
    ObjectDoesNotExist,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
"""What a template or rows that do not fit it bring about. Not the database (it comes back), nor a
sender told to stop: after these the lease runs out and another try is made."""

logger = logging.getLogger(__name__)


class Letter(NamedTuple):
    """A mail ready to be sent, the notices in it, and why others are not (empty: none)."""

    message: EmailMultiAlternatives
    notices: list[Notice]
    left_out: str


def compose(digest: Digest, *, now: datetime) -> Letter | None:
    """Check every notice once more and write the mail; None where nothing is left to say.

    What was met, waived, reassigned or overtaken meanwhile ends here; what is of a paused
    programme waits. A notice that no mail can be made of keeps nothing else back: it stays
    pending. Raises one of UNBUILDABLE where it is the only one.
    """
    calendar = working_days(now)
    own = let_out(digest.notices.planned()).filter(subject_kind__in=SUBJECTS)
    pending = list(own.order_by("pk"))
    facts = facts_about(pending, now)
    found = outcomes(pending, facts, now, calendar)
    settle(found)
    standing = [notice for notice, (state, _why) in found if state == NoticeState.PLANNED]
    if not standing:
        return None
    return _written(digest, standing, facts, now, calendar)


def _written(
    digest: Digest, notices: list[Notice], facts: Known, now: datetime, calendar: WorkCalendar
) -> Letter:
    def write(some: Sequence[Notice]) -> EmailMultiAlternatives:
        return build_digest(content_of(digest, some, facts, now=now, calendar=calendar))

    try:
        return Letter(write(notices), notices, "")
    except UNBUILDABLE:
        fit, faults = [], []
        for notice in notices:
            try:
                write([notice])
            except UNBUILDABLE as error:
                logger.exception("Notice %s cannot be put into a mail", notice.pk)
                faults.append(as_text(f"notice {notice.pk}: {type(error).__name__}: {error}"))
            else:
                fit.append(notice)
        if not fit or not faults:
            raise
    return Letter(write(fit), fit, "Left out: " + "; ".join(faults))
