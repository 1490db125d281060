"""Drafts of status updates: begun, saved while half empty, and never lost to a second window."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Refusal, Stale, WrongState, refuse
from commitments.models import (
    Commitment,
    Forecast,
    Measurement,
    Organisation,
    Origin,
    Speaker,
    StatusUpdate,
    Target,
    UpdateKind,
    UpdateState,
    User,
)
from commitments.rules import access
from commitments.rules.validators import SubmissionFacts, check_draft, check_submission
from commitments.services.citations import EvidenceSaid, check_rows, replace_evidence

SAID = (
    "kind",
    "as_of_on",
    "stage",
    "forecast",
    "summary_vi",
    "summary_en",
    "problem_vi",
    "problem_en",
    "asked_vi",
    "asked_en",
    "correction_reason_vi",
    "correction_reason_en",
)
"""The columns of an update that its author fills in."""


class AlreadyBegun(Stale):
    """A form that was prepared before `update` was begun: a double click, or a second window."""

    def __init__(self, update: StatusUpdate) -> None:
        super().__init__()
        self.update = update


@transaction.atomic
def begin_draft(
    *,
    commitment: Commitment,
    author: User,
    said: Mapping[str, Any],
    evidence: Sequence[EvidenceSaid],
    measured: Mapping[int, Decimal],
    after: int | None,
    today: date,
    now: datetime,
    origin: str = Origin.WEB,
    corrects: StatusUpdate | None = None,
) -> StatusUpdate:
    """Begin a draft with what was typed first; nothing stays behind when it cannot be kept.

    `after` is the author's newest update of the commitment when the form was prepared, or 0.
    Raises AlreadyBegun when there is a newer one, so that a form sent twice makes one row; where
    it is None, only when a draft is open.
    """
    Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
    _refuse_begun(commitment, author, after)
    about: Any = {"commitment": commitment, "author": author, "corrects": corrects}
    draft = start_draft(**about, today=today, now=now, origin=origin)
    return save_draft(
        update=draft,
        author=author,
        said=said,
        evidence=evidence,
        measured=measured,
        version=draft.version,
        now=now,
    )


def _refuse_begun(commitment: Commitment, author: User, after: int | None) -> None:
    newer = Q() if after is None else Q(pk__gt=after)
    mine = StatusUpdate.objects.filter(commitment=commitment, author=author)
    begun = mine.filter(newer | Q(state=UpdateState.DRAFT)).order_by("-pk").first()
    if begun is not None:
        raise AlreadyBegun(begun)


@transaction.atomic
def start_draft(
    *,
    commitment: Commitment,
    author: User,
    today: date,
    now: datetime,
    origin: str = Origin.WEB,
    corrects: StatusUpdate | None = None,
) -> StatusUpdate:
    """The author's open draft of this commitment, or a new one; a body has one per author.

    Locks the commitment, so that a double click begins one draft. Raises Forbidden for anybody
    but a reporter of the lead, WrongState when a correction meets a draft about something else.
    """
    locked = Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
    lead = locked.lead
    if lead is None or not _may_start(author, locked, corrects):
        raise Forbidden
    begun = StatusUpdate.objects.filter(
        commitment=locked, author=author, state=UpdateState.DRAFT
    ).first()
    if begun is not None:
        if corrects is not None and begun.corrects_id != corrects.pk:
            raise WrongState("draft_is_about_something_else", OTHER_DRAFT)
        return begun
    if corrects is not None:
        _refuse_settled(corrects)
    return StatusUpdate.objects.create(
        commitment=locked,
        body_id=lead.organisation_id,
        author=author,
        origin=origin,
        speaker=Speaker.BODY,
        as_of_on=today,
        corrects=corrects,
        created_at=now,
        saved_at=now,
    )


def _may_start(author: User, commitment: Commitment, corrects: StatusUpdate | None) -> bool:
    """A closed commitment is heard only to correct what the body itself published."""
    if corrects is None:
        return access.may_report(author, commitment)
    return corrects.commitment_id == commitment.pk and access.may_correct(author, corrects)


def _refuse_settled(corrects: StatusUpdate) -> None:
    """What a later update corrects, or an officer retracted, stands as it is."""
    if not StatusUpdate.objects.standing().filter(pk=corrects.pk).exists():
        raise WrongState("already_corrected", _ALREADY_CORRECTED)


OTHER_DRAFT = _("You have begun another draft here. Hand it in or discard it first.")
_ALREADY_CORRECTED = _("This update was corrected or retracted already.")


@transaction.atomic
def save_draft(
    *,
    update: StatusUpdate,
    author: User,
    said: Mapping[str, Any],
    evidence: Sequence[EvidenceSaid],
    measured: Mapping[int, Decimal],
    version: int,
    now: datetime,
) -> StatusUpdate:
    """Keep what was typed; `said` holds columns of SAID, `measured` a value per target id.

    A draft may be half empty. Raises Stale when somebody saved since `version` was read (nothing
    is written then), Forbidden for anybody but its author, Refusals for what cannot be kept.
    """
    locked = StatusUpdate.objects.select_for_update(no_key=True).get(pk=update.pk)
    if not access.may_edit(author, locked):
        raise Forbidden
    if locked.version != version:
        raise Stale
    for name in SAID:
        if name in said:
            setattr(locked, name, said[name])
    locked.forecast = locked.forecast or Forecast.NOT_GIVEN
    refuse([*check_draft(facts_of(locked, evidence_count=len(evidence))), *check_rows(evidence)])
    locked.version += 1
    locked.saved_at = now
    locked.save(update_fields=[*SAID, "version", "saved_at"])
    replace_evidence(locked, evidence)
    _replace_measurements(locked, measured)
    return locked


@transaction.atomic
def discard_draft(*, update: StatusUpdate, author: User) -> None:
    """Throw away a draft that was never handed in, with its evidence. Raises Forbidden else.

    Notes written beside it are not the author's to throw away: they stay with the commitment.
    """
    locked = StatusUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if not access.may_discard(author, locked):
        raise Forbidden
    replace_evidence(locked, [])
    locked.measurements.all().delete()
    locked.actions.all().delete()  # that it was handed over is all that can be there
    for note in locked.notes.all():
        note.update, note.commitment_id = None, locked.commitment_id
        note.save(update_fields=["update", "commitment"])
    locked.delete()


def facts_of(update: StatusUpdate, *, evidence_count: int) -> SubmissionFacts:
    """What the one validator needs to know of an update and its commitment."""
    commitment = update.commitment
    earlier = StatusUpdate.objects.standing().filter(commitment=commitment, body=update.body)
    return SubmissionFacts(
        **{name: getattr(update, name) for name in SAID},
        corrects=update.corrects_id is not None,
        evidence_count=evidence_count,
        has_due_or_target=asks_forecast(commitment),
        previous_published=earlier.exclude(kind=UpdateKind.CONTEXT)
        .exclude(origin=Origin.FACT_IMPORT)
        .exists(),
        current_stage=commitment.stage,
    )


def missing_in(
    *,
    commitment: Commitment,
    body: Organisation | None,
    corrects: StatusUpdate | None,
    said: Mapping[str, Any],
    evidence_count: int,
    today: date,
) -> list[Refusal]:
    """What would keep this from being handed in, without keeping it."""
    update = StatusUpdate(commitment=commitment, body=body, corrects=corrects, **said)
    return check_submission(facts_of(update, evidence_count=evidence_count), today)


def asks_forecast(commitment: Commitment) -> bool:
    """A forecast is asked for only where a present due date or quantity exists (design §3)."""
    promised = commitment.targets.present().exclude(value=None, due="")
    return bool(commitment.due) or promised.exists()


def _replace_measurements(update: StatusUpdate, measured: Mapping[int, Decimal]) -> None:
    """Row by row, and only where a figure changed: the history tells what stood there when."""
    targets = Target.objects.present().filter(
        commitment=update.commitment_id, pk__in=measured, value__isnull=False
    )
    as_of_on = update.as_of_on or update.created_at.date()
    known = {one.target_id: one for one in update.measurements.all()}
    for target in targets:
        figure = known.pop(target.pk, None) or Measurement(update=update, target=target)
        if (figure.value, figure.as_of_on) != (measured[target.pk], as_of_on):
            figure.value, figure.as_of_on = measured[target.pk], as_of_on
            figure.save()
    for figure in known.values():
        figure.delete()
