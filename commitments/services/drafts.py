"""Drafts of status updates: begun, saved while half empty, and never lost to a second window."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Stale, WrongState, refuse
from commitments.models import (
    ClientReference,
    Commitment,
    Evidence,
    Forecast,
    Measurement,
    Origin,
    Speaker,
    StatusUpdate,
    Target,
    UpdateState,
    User,
)
from commitments.rules import access
from commitments.rules.validators import check_draft
from commitments.services.citations import EvidenceSaid, check_rows, replace_evidence
from commitments.services.draft_facts import SAID, asks_forecast, missing_in, words_of
from commitments.services.locks import lock_commitment

__all__ = [
    "OTHER_DRAFT",
    "SAID",
    "AlreadyBegun",
    "asks_forecast",
    "begin_draft",
    "begin_locked",
    "discard_draft",
    "missing_in",
    "save_draft",
    "start_draft",
]


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
    return begin_locked(
        commitment=lock_commitment(commitment),
        author=author,
        said=said,
        evidence=evidence,
        measured=measured,
        after=after,
        today=today,
        now=now,
        origin=origin,
        corrects=corrects,
    )


def begin_locked(
    *,
    commitment: Commitment,
    author: User,
    said: Mapping[str, Any],
    evidence: Sequence[EvidenceSaid],
    measured: Mapping[int, Decimal],
    after: int | None,
    today: date,
    now: datetime,
    origin: str,
    corrects: StatusUpdate | None,
) -> StatusUpdate:
    """`begin_draft` of a commitment as services/locks.py gives it, in the caller's transaction."""
    _refuse_begun(commitment, author, after)
    draft = _blank(commitment, author, corrects, today, now, origin)
    _say(draft, author, said, evidence, now)
    draft.save()
    if evidence:
        replace_evidence(draft, evidence)
    if measured:
        _replace_measurements(draft, measured)
    _note_none(draft, evidence, measured)
    return draft


def _note_none(
    draft: StatusUpdate, evidence: Sequence[EvidenceSaid], measured: Mapping[int, Decimal]
) -> None:
    """What a row that was just made cannot have need not be asked for."""
    none: list[Prefetch[Any]] = [
        Prefetch("client_reference", ClientReference.objects.none().order_by())
    ]
    if not evidence:
        none.append(Prefetch("evidence", Evidence.objects.none().order_by()))
    if not measured:
        none.append(Prefetch("measurements", Measurement.objects.none().order_by()))
    prefetch_related_objects([draft], *none)


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
    locked = lock_commitment(commitment)
    if not _may_start(author, locked, corrects):
        raise Forbidden
    begun = StatusUpdate.objects.filter(
        commitment=locked, author=author, state=UpdateState.DRAFT
    ).first()
    if begun is not None:
        if corrects is not None and begun.corrects_id != corrects.pk:
            raise WrongState("draft_is_about_something_else", OTHER_DRAFT)
        return begun
    draft = _blank(locked, author, corrects, today, now, origin)
    draft.save()
    return draft


def _blank(
    commitment: Commitment,
    author: User,
    corrects: StatusUpdate | None,
    today: date,
    now: datetime,
    origin: str,
) -> StatusUpdate:
    """A draft of the author that says nothing yet, not saved; refuses whoever may not begin it."""
    lead = commitment.lead
    if lead is None or not _may_start(author, commitment, corrects):
        raise Forbidden
    if corrects is not None:
        _refuse_settled(corrects)
    return StatusUpdate(
        commitment=commitment,
        body=lead.organisation,
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
    if commitment.lead is None:
        return False
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
    if locked.version != version and access.may_edit(author, locked):
        raise Stale
    _say(locked, author, said, evidence, now)
    locked.save(update_fields=[*SAID, "version", "saved_at"])
    replace_evidence(locked, evidence)
    _replace_measurements(locked, measured)
    return locked


def _say(
    draft: StatusUpdate,
    author: User,
    said: Mapping[str, Any],
    evidence: Sequence[EvidenceSaid],
    now: datetime,
) -> None:
    """Make it say so, and not save it yet; refuses what cannot be kept."""
    if not access.may_edit(author, draft):
        raise Forbidden
    for name in SAID:
        if name in said:
            setattr(draft, name, said[name])
    draft.forecast = draft.forecast or Forecast.NOT_GIVEN.value
    refuse([*check_draft(words_of(draft)), *check_rows(evidence)])
    draft.version += 1
    draft.saved_at = now


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
