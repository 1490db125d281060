"""An update of a body's own system: begun as a draft of its token's holder, and changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, WrongState
from commitments.models import Commitment, Organisation, Origin, StatusUpdate, User
from commitments.services import drafts
from commitments.services.citations import EvidenceSaid, said_of
from commitments.services.reporting.references import name_update, refuse_taken
from commitments.services.reporting.submission import HandingIn, hand_in_begun


class DraftExists(WrongState):
    """The holder has begun another draft of the commitment: `update`."""

    default_code = "draft_exists"
    default_text = _("An update of this commitment was begun and not handed in yet.")

    def __init__(self, update: StatusUpdate) -> None:
        super().__init__()
        self.update = update


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What is said: columns of `drafts.SAID`, figures by the id of their target, evidence.

    None leaves what stands; an empty reference takes away the one that the update had.
    """

    said: Mapping[str, Any]
    evidence: Sequence[EvidenceSaid] | None = None
    measured: Mapping[int, Decimal] | None = None
    reference: str | None = None


def check_leading(
    *, body: Organisation, commitment: Commitment, corrects: StatusUpdate | None = None
) -> None:
    """Raise Forbidden where another body answers for it, WrongState where it is closed.

    What the body itself published it may correct even when the commitment is closed.
    """
    lead = commitment.lead
    if lead is None or lead.organisation_id != body.pk:
        raise Forbidden("not_leading", _NOT_LEADING)
    if commitment.is_closed and corrects is None:
        stage = commitment.get_stage_display()
        raise WrongState("commitment_closed", format_lazy(_CLOSED, stage=stage))


_NOT_LEADING = _("Another body answers for this commitment. You can report on those of yours.")
_CLOSED = _(
    "This commitment is closed ({stage}). Only what you published of it can still be corrected."
)


def begin_report(
    *,
    body: Organisation,
    author: User,
    commitment: Commitment,
    report: Report,
    corrects: StatusUpdate | None = None,
    handing_in: HandingIn | None = None,
    today: date,
    now: datetime,
) -> StatusUpdate:
    """Begin a draft of a commitment that the caller's transaction locked, and hand it in where
    asked to. Raises what `check_leading`, `drafts.begin_draft` and `hand_in` raise, ReferenceTaken,
    and DraftExists when its holder has one open there: then nothing may be kept."""
    check_leading(body=body, commitment=commitment, corrects=corrects)
    if report.reference:
        refuse_taken(body_id=body.pk, reference=report.reference)
    try:
        draft = drafts.begin_locked(
            commitment=commitment,
            author=author,
            said=report.said,
            evidence=report.evidence or [],
            measured=report.measured or {},
            after=None,
            origin=Origin.API,
            corrects=corrects,
            today=today,
            now=now,
        )
    except drafts.AlreadyBegun as begun:
        raise DraftExists(begun.update) from begun
    if report.reference:
        name_update(draft, report.reference)
    if handing_in:
        hand_in_begun(draft=draft, author=author, handing_in=handing_in, today=today, now=now)
    return draft


@transaction.atomic
def change_report(
    *, update: StatusUpdate, author: User, report: Report, version: int, now: datetime
) -> StatusUpdate:
    """Save what was said of it, and leave the rest. Raises what `drafts.save_draft` raises, Stale
    when somebody saved since `version` was read."""
    measured = report.measured
    if measured is None:
        measured = {one.target_id: one.value for one in update.measurements.all()}
    saved = drafts.save_draft(
        update=update,
        author=author,
        said=report.said,
        evidence=said_of(update) if report.evidence is None else report.evidence,
        measured=measured,
        version=version,
        now=now,
    )
    if report.reference is not None:
        name_update(saved, report.reference)
    return saved
