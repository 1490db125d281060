"""Handing an update in: everything the house asks of it, and the obligation that it meets."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, refuse
from commitments.models import (
    Commitment,
    Deed,
    Forecast,
    Role,
    StatusUpdate,
    UpdateKind,
    User,
)
from commitments.rules import access
from commitments.rules.evidence import check_row
from commitments.rules.validators import check_submission
from commitments.services import obligations
from commitments.services.draft_facts import Around, facts_of
from commitments.services.updates._steps import locked, move, note, refuse_unread

Judge = Callable[[StatusUpdate, date], list[Refusal]]


@transaction.atomic
def submit_update(
    *,
    update: StatusUpdate,
    author: User,
    today: date,
    now: datetime,
    version: int | None = None,
) -> StatusUpdate:
    """Hand a draft in; meets the obligation of the open period, whatever review says later.

    Raises Forbidden for anybody but the author, Stale when it is not the `version` that was
    read, Refusals at the fields to blame.
    """
    mine = locked(update)
    if mine.author_id != author.pk or not access.holds(author, mine.body_id, Role.REPORTER):
        raise Forbidden
    refuse_unread(mine, version)
    return submit_locked(mine=mine, author=author, today=today, now=now)


def submit_locked(
    *,
    mine: StatusUpdate,
    author: User,
    today: date,
    now: datetime,
    judge: Judge | None = None,
) -> StatusUpdate:
    """The same of the author's own update, whose locks the caller's transaction holds.

    `judge` tells what is missing in place of `missing_in_draft`.
    """
    move(mine, Deed.SUBMITTED)
    if mine.kind == UpdateKind.NO_CHANGE:
        _keep_what_was_said(mine)
    _refuse_foreign_lead(mine)
    refuse((judge or missing_in_draft)(mine, today))
    _date_figures(mine)
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
    note(mine, Deed.SUBMITTED, author, now)
    obligations.meet(update=mine, today=today, now=now)
    return mine


def missing_in_draft(
    update: StatusUpdate, today: date, known: Around | None = None
) -> list[Refusal]:
    """What keeps a draft, as it is stored, from being handed in."""
    said = facts_of(update, evidence_count=update.evidence.count(), known=known)
    return [*check_submission(said, today), *_check_evidence(update)]


def _date_figures(update: StatusUpdate) -> None:
    """Every figure is as of the day of the update; row by row, so that the history keeps it."""
    for measured in update.measurements.all():
        if update.as_of_on is not None and measured.as_of_on != update.as_of_on:
            measured.as_of_on = update.as_of_on
            measured.save(update_fields=["as_of_on"])


def _refuse_foreign_lead(update: StatusUpdate) -> None:
    """A body speaks for a commitment only as long as it leads it; a correction is its own."""
    lead = update.commitment.lead
    leads = lead is not None and lead.organisation_id == update.body_id
    if update.corrects_id is None and not leads:
        raise Forbidden


def said_last(commitment: Commitment) -> dict[str, str]:
    """What “no material change” repeats: stage, forecast and its problem as published last."""
    said = commitment.forecast_update
    return {"stage": commitment.stage, "forecast": commitment.forecast} | {
        name: getattr(said, name) if said else ""
        for name in ("problem_vi", "problem_en", "asked_vi", "asked_en")
    }


def _keep_what_was_said(update: StatusUpdate) -> None:
    """No material change: stage, forecast and its problem stay as they were last published.

    Refuses an answer that says something else, for it would be lost.
    """
    kept = said_last(update.commitment)
    nothing = {"", Forecast.NOT_GIVEN}
    refuse(
        [
            Invalid(f"{name}_changed", _NOTHING_CHANGES, name)
            for name, value in kept.items()
            if getattr(update, name) not in nothing | {value}
        ]
    )
    for name, value in kept.items():
        setattr(update, name, value)


_NOTHING_CHANGES = _(
    "“No material change” repeats what was last published. Please report progress instead."
)


def _check_evidence(update: StatusUpdate) -> list[Refusal]:
    """Every source needs a title and an issuer before anybody can judge it."""
    return [
        Invalid(refusal.code, refusal.text, "evidence")
        for row in update.evidence.select_related("source")
        for refusal in check_row(
            title=row.source.title,
            publisher=row.source.publisher,
            shows=row.shows,
            relation=row.relation,
            complete=True,
        )
    ]
