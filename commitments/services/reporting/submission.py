"""Handing in what a system reported, with everything that is missing named at once."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, WrongState, refuse
from commitments.models import ReportingPeriod, StatusUpdate, User
from commitments.rules import access
from commitments.rules.evidence import check_row
from commitments.services.draft_facts import Around
from commitments.services.updates.submission import missing_in_draft, submit_locked, submit_update


class HandingIn(NamedTuple):
    """How what is begun is handed in at once: for which period, knowing what is around it."""

    period: date | None
    known: Around


@transaction.atomic
def hand_in(
    *,
    update: StatusUpdate,
    author: User,
    period: date | None = None,
    today: date,
    now: datetime,
    version: int | None = None,
) -> StatusUpdate:
    """Hand it in as the form does; `period` is the first day of the one that it is to meet.

    Raises what `submit_update` raises, and what `check_period` refuses.
    """
    if access.may_edit(author, update):
        found = [] if period is None else check_period(update, period, today)
        refuse([*found, *missing_of(update, today)])
    return submit_update(update=update, author=author, today=today, now=now, version=version)


def hand_in_begun(
    *,
    draft: StatusUpdate,
    author: User,
    handing_in: HandingIn,
    today: date,
    now: datetime,
) -> StatusUpdate:
    """The same of what the caller's transaction began under the lock of its commitment."""
    period = handing_in.period
    refuse([] if period is None else check_period(draft, period, today))
    judge = partial(missing_of, known=handing_in.known)
    return submit_locked(mine=draft, author=author, today=today, now=now, judge=judge)


def missing_of(update: StatusUpdate, today: date, known: Around | None = None) -> list[Refusal]:
    """What keeps it from being handed in; of evidence at the row, as `evidence/0/title`."""
    rows = list(_missing_rows(update))
    told = {one.code for one in rows}
    found = missing_in_draft(update, today, known)
    return [one for one in found if one.field != "evidence" or one.code not in told] + rows


def _missing_rows(update: StatusUpdate) -> Iterator[Refusal]:
    for index, row in enumerate(update.evidence.select_related("source")):
        for found in check_row(
            title=row.source.title,
            publisher=row.source.publisher,
            shows=row.shows,
            relation=row.relation,
            complete=True,
        ):
            yield Invalid(found.code, found.text, f"evidence/{index}/{found.field}")


def check_period(update: StatusUpdate, period: date, today: date) -> list[Refusal]:
    """Whether an update handed in today can meet the duty of the period that begins on that day.

    A report that names no period is taken late, too; it then meets the one that is open.
    """
    found = ReportingPeriod.objects.filter(
        programme=update.commitment.programme_id, starts_on=period
    ).first()
    if found is None:
        return [Invalid("period_unknown", _UNKNOWN, "period")]
    if today < found.opens_on:
        text = format_lazy(_NOT_OPEN, day=found.opens_on.isoformat())
        return [WrongState("period_not_open", text)]
    if today >= found.locks_on:
        text = format_lazy(_LOCKED, day=found.locks_on.isoformat())
        return [WrongState("period_closed", text)]
    if update.as_of_on and update.as_of_on < found.starts_on:
        return [Invalid("as_of_before_period", _BEFORE, "as_of_on")]
    return []


_UNKNOWN = _("There is no reporting period that begins on this day.")
_NOT_OPEN = _("This reporting period opens on {day}. Until then nothing is owed for it.")
_LOCKED = _(
    "This reporting period was closed on {day}. Please leave “period” out: a late report is taken, "
    "and meets the period that is open."
)
_BEFORE = _("The as-of date lies before the reporting period.")
