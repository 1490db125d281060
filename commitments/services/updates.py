"""The way of a status update: submitted, approved or returned, published, retracted."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, IllegalTransition, Invalid, OwnWork, WrongState, refuse
from commitments.models import (
    Commitment,
    Deed,
    Part,
    Participation,
    Retraction,
    ReviewAction,
    Role,
    Source,
    StatusUpdate,
    UpdateKind,
    User,
)
from commitments.rules import access, lifecycle
from commitments.rules.validators import check_submission
from commitments.services import obligations, record, stages
from commitments.services.drafts import facts_of
from commitments.services.record import Actor

_RELATION_MISSING = _("Please say of each piece of evidence who published it.")
_COMMENT_MISSING = _("Please say what has to change before it can go on.")
_REASON_MISSING = _("Please give the public reason.")


def _locked(update: StatusUpdate) -> StatusUpdate:
    """The update as it stands now, with its commitment's lock held, so that the second of two
    deeds is judged by what the first left."""
    commitment = Commitment.objects.select_for_update().get(pk=update.commitment_id)
    fresh = StatusUpdate.objects.select_related("body").get(pk=update.pk)
    fresh.commitment = commitment
    return fresh


def _move(update: StatusUpdate, deed: Deed) -> None:
    skips = update.body is not None and update.body.skips_approver
    update.state = lifecycle.state_after(update.state, deed, skips_approver=skips)


def _note(update: StatusUpdate, deed: Deed, person: User, now: datetime, comment: str = "") -> None:
    ReviewAction.objects.create(
        update=update, deed=deed, person=person, done_at=now, comment=comment
    )


@transaction.atomic
def submit_update(
    *, update: StatusUpdate, author: User, today: date, now: datetime
) -> StatusUpdate:
    """Hand a draft in; meets the obligation of the open period, whatever review says later.

    Raises Forbidden for anybody but the author, Refusals at the fields to blame.
    """
    mine = _locked(update)
    if mine.author_id != author.pk or not access.holds(author, mine.body_id, Role.REPORTER):
        raise Forbidden
    _move(mine, Deed.SUBMITTED)
    if mine.kind == UpdateKind.NO_CHANGE:
        _keep_what_was_said(mine)
    _refuse_foreign_lead(mine)
    refuse(check_submission(facts_of(mine, evidence_count=mine.evidence.count()), today))
    _check_evidence(mine)
    mine.measurements.update(as_of_on=mine.as_of_on)
    mine.submitted_at = now
    mine.save(
        update_fields=[
            "state",
            "submitted_at",
            "stage",
            "forecast",
            "problem_vi",
            "problem_en",
            "asked_vi",
            "asked_en",
        ]
    )
    _note(mine, Deed.SUBMITTED, author, now)
    obligations.meet(update=mine, today=today, now=now)
    return mine


def _refuse_foreign_lead(update: StatusUpdate) -> None:
    """A body speaks for a commitment only as long as it leads it; a correction is its own."""
    leads = Participation.objects.filter(
        commitment=update.commitment_id, role=Part.LEAD, organisation=update.body_id
    )
    if update.corrects_id is None and not leads.exists():
        raise Forbidden


def _keep_what_was_said(update: StatusUpdate) -> None:
    """No material change: stage, forecast and its problem stay as they were last published."""
    commitment = update.commitment
    update.stage = commitment.stage
    update.forecast = commitment.forecast
    said = commitment.forecast_update
    for name in ("problem_vi", "problem_en", "asked_vi", "asked_en"):
        setattr(update, name, getattr(said, name) if said else "")


def _check_evidence(update: StatusUpdate) -> None:
    """Whose publication it is must be said before anybody can judge it."""
    if update.evidence.filter(relation="").exists():
        raise Invalid("relation_missing", _RELATION_MISSING, "evidence")


@transaction.atomic
def approve_update(*, update: StatusUpdate, approver: User, now: datetime) -> StatusUpdate:
    """Sign off what leaves the house. Raises OwnWork for its author, Forbidden for others."""
    mine = _locked(update)
    if mine.author_id == approver.pk:
        raise OwnWork
    if not lifecycle.may_move(mine.state, Deed.APPROVED):
        raise IllegalTransition(mine.get_state_display(), Deed.APPROVED)
    if not access.may_approve(approver, mine):
        raise Forbidden
    _move(mine, Deed.APPROVED)
    mine.approver, mine.approved_at = approver, now
    mine.save(update_fields=["state", "approver", "approved_at"])
    _note(mine, Deed.APPROVED, approver, now)
    return mine


@transaction.atomic
def return_update(
    *, update: StatusUpdate, reviewer: User, comment: str, now: datetime
) -> StatusUpdate:
    """Send it back to its author with a comment; what it met stays met."""
    mine = _locked(update)
    if mine.author_id == reviewer.pk:
        raise OwnWork
    if not lifecycle.may_move(mine.state, Deed.RETURNED):
        raise IllegalTransition(mine.get_state_display(), Deed.RETURNED)
    if not access.may_return(reviewer, mine):
        raise Forbidden
    if not comment.strip():
        raise Invalid("comment_missing", _COMMENT_MISSING, "comment")
    _move(mine, Deed.RETURNED)
    mine.approver = mine.approved_at = None
    mine.version += 1
    mine.save(update_fields=["state", "approver", "approved_at", "version"])
    _note(mine, Deed.RETURNED, reviewer, now, comment.strip())
    return mine


@transaction.atomic
def publish_update(
    *, update: StatusUpdate, publisher: User, today: date, now: datetime
) -> StatusUpdate:
    """Publish an approved update and let it move its commitment.

    Raises OwnWork for its author or approver, Forbidden for others, IllegalTransition when the
    state does not allow it or the commitment has been closed meanwhile.
    """
    mine = _locked(update)
    skips = mine.body is not None and mine.body.skips_approver
    if publisher.pk in (mine.author_id, mine.approver_id):
        raise OwnWork
    if not lifecycle.may_move(mine.state, Deed.PUBLISHED, skips_approver=skips):
        raise IllegalTransition(mine.get_state_display(), Deed.PUBLISHED)
    if not access.may_publish(publisher, mine):
        raise Forbidden
    _refuse_closed(mine)
    _move(mine, Deed.PUBLISHED)
    mine.publisher, mine.published_at = publisher, now
    mine.number = _next_number(mine.commitment)
    mine.save(update_fields=["state", "publisher", "published_at", "number"])
    _note(mine, Deed.PUBLISHED, publisher, now)
    _record(mine, by=officer_of(publisher, mine.commitment), today=today, now=now)
    return mine


def _refuse_closed(update: StatusUpdate) -> None:
    commitment = update.commitment
    free = update.kind == UpdateKind.CONTEXT or update.corrects_id is not None
    if not free and not lifecycle.may_follow(commitment.stage, update.stage):
        raise IllegalTransition(commitment.get_stage_display(), update.get_stage_display())


def _next_number(commitment: Commitment) -> int:
    """The next public number; the commitment's lock is held, so no two get the same."""
    last = commitment.updates.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def officer_of(officer: User, commitment: Commitment) -> Actor:
    unit = commitment.programme.delivery_unit
    return Actor(Role.OFFICER, unit.slug if unit else "")


def _record(update: StatusUpdate, *, by: Actor, today: date, now: datetime) -> None:
    """Put the update, what it measured and what it rests on into the record."""
    sources = _publish_sources(update, now)
    rows = [*sources, update, *update.measurements.all(), *update.evidence.all()]
    record.publish_many(rows, action="published", by=by, effective_on=today, now=now)
    stages.apply_update(update, by=by, effective_on=today, now=now)


def _publish_sources(update: StatusUpdate, now: datetime) -> list[Source]:
    """Make the update's new sources public; one whose address became public meanwhile gives way."""
    fresh = []
    for evidence in update.evidence.select_related("source").filter(source__published_at=None):
        source = evidence.source
        known = Source.objects.public().filter(url=source.url).exclude(url="").first()
        if known and not update.evidence.filter(source=known).exists():
            evidence.source = known
            evidence.save(update_fields=["source"])
            source.delete()
            continue
        source.published_at = now
        source.save(update_fields=["published_at"])
        fresh.append(source)
    return fresh


@transaction.atomic
def retract_update(
    *,
    update: StatusUpdate,
    officer: User,
    reason_vi: str = "",
    reason_en: str = "",
    today: date,
    now: datetime,
) -> Retraction:
    """Put a notice before a published update; its text stays readable behind it.

    The commitment then stands where its other updates left it.
    """
    mine = _locked(update)
    if officer.pk in (mine.author_id, mine.approver_id):
        raise OwnWork
    if not access.may_retract(officer, mine):
        raise Forbidden
    if Retraction.objects.filter(update=mine).exists():
        raise WrongState("already_retracted")
    if not (reason_vi.strip() or reason_en.strip()):
        raise Invalid("reason_missing", _REASON_MISSING, "reason_vi")
    notice = Retraction.objects.create(
        update=mine,
        reason_vi=reason_vi.strip(),
        reason_en=reason_en.strip(),
        officer=officer,
        retracted_at=now,
    )
    by = officer_of(officer, mine.commitment)
    record.publish(notice, action="retracted", by=by, effective_on=today, now=now)
    stages.apply_update(mine, by=by, effective_on=today, now=now)
    return notice
