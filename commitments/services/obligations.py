"""Reporting duties: opening them, keeping the calendar, meeting and waiving what is owed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, WrongState, refuse
from commitments.models import (
    CLOSED,
    Cancelled,
    Commitment,
    Confidence,
    Obligation,
    Programme,
    ReportingPeriod,
    Role,
    StatusUpdate,
    UpdateKind,
    User,
)
from commitments.rules import access
from commitments.rules.periods import PeriodDates, periods_from
from commitments.rules.validators import check_reason
from commitments.services import notices, record
from commitments.services.calendar import calendar_for
from commitments.services.record import SYSTEM, Actor, officer_of

AHEAD = timedelta(days=200)
"""How far ahead periods are laid out: enough for the next two quarters."""
FURTHEST = timedelta(days=366)
"""How far ahead reporting may start."""


@transaction.atomic
def open_reporting(
    *,
    programme: Programme,
    commitments: Sequence[Commitment],
    officer: User,
    starts_on: date,
    today: date,
    now: datetime,
) -> list[Commitment]:
    """Give the chosen commitments a reporting duty from now on (design §9).

    The programme's first period is the one that holds `starts_on`, set once. Only published, open
    commitments with a confirmed lead can be chosen; a refusal names each that cannot.
    """
    locked = Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    if not access.may_open_reporting(officer, locked):
        raise Forbidden
    chosen = list(
        Commitment.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[commitment.pk for commitment in commitments], programme=locked)
        .order_by("pk")
    )
    refuse(_unfit(chosen, asked=len(commitments)))
    by = officer_of(locked)
    if locked.reporting_starts_on is None:
        _refuse_far(starts_on, locked, today)
        locked.reporting_starts_on = starts_on
        locked.save(update_fields=["reporting_starts_on"])
        record.publish(locked, action="reporting_opened", by=by, effective_on=today, now=now)
    for commitment in chosen:
        commitment.reporting_opened_on, commitment.reporting_opened_by = today, officer
        commitment.save(update_fields=["reporting_opened_on", "reporting_opened_by"])
    record.publish_many(chosen, action="reporting_opened", by=by, effective_on=today, now=now)
    keep_programme(locked, today=today, now=now)
    return chosen


def _refuse_far(starts_on: date, programme: Programme, today: date) -> None:
    """The first period lies between the forum and a year from now; else it is a slip."""
    if starts_on < programme.forum_on:
        raise Invalid("starts_before_forum", _BEFORE_FORUM, "starts_on")
    if starts_on > today + FURTHEST:
        raise Invalid("starts_too_far", _TOO_FAR, "starts_on")


_BEFORE_FORUM = _("Reporting cannot start before the forum of the programme.")
_TOO_FAR = _("Reporting cannot start later than a year from now.")


def check_opening(
    *,
    programme: Programme,
    commitments: Sequence[Commitment],
    starts_on: date,
    today: date,
) -> PeriodDates:
    """The first period that each would owe an update for, if opened today; writes nothing.

    Refuses what `open_reporting` would refuse.
    """
    refuse(_unfit(commitments, asked=len(commitments)))
    start = programme.reporting_starts_on
    if start is None:
        _refuse_far(starts_on, programme, today)
        start = starts_on
    until = max(today, start) + AHEAD
    dates = periods_from(start, until, programme.cadence, calendar_for(start, until))
    return next(period for period in dates if period.due_on >= today)


def _unfit(chosen: Sequence[Commitment], *, asked: int) -> list[Refusal]:
    refusals: list[Refusal] = []
    if not chosen or len(chosen) != asked:
        refusals.append(Invalid("choose_commitments", _CHOOSE, "commitments"))
    for commitment in chosen:
        reason = why_unfit(commitment)
        if reason:
            text = format_lazy("{reference}: {reason}", reference=commitment, reason=reason)
            refusals.append(Invalid("unfit_for_reporting", text, "commitments"))
    return refusals


_CHOOSE = _("Please choose at least one commitment of this programme.")


def why_unfit(commitment: Commitment) -> str:
    """Why nobody can be asked to report on it, in words; blank when somebody can."""
    lead = commitment.lead
    if commitment.published_at is None:
        return str(_("it is not published"))
    if commitment.is_closed:
        return str(_("it is closed"))
    if commitment.reporting_opened_on is not None:
        return str(_("reporting is open already"))
    if lead is None:
        return str(_("no responsible body is named"))
    if lead.confidence != Confidence.CONFIRMED:
        return str(_("the responsible body is not confirmed"))
    return ""


def keep_periods(*, today: date, now: datetime) -> int:
    """Lay out the coming periods and what is owed for those that have begun; how many were new.

    Asked as often as one likes: what is there stays as it is.
    """
    reporting = Programme.objects.filter(reporting_starts_on__isnull=False)
    return sum(keep_programme(programme, today=today, now=now) for programme in reporting)


@transaction.atomic
def keep_programme(programme: Programme, *, today: date, now: datetime) -> int:
    Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    starts_on = programme.reporting_starts_on
    if starts_on is None:
        return 0
    until = max(today, starts_on) + AHEAD
    dates = periods_from(starts_on, until, programme.cadence, calendar_for(starts_on, until))
    periods = _new_periods(programme, dates)
    owed = _new_obligations(programme, today)
    record.publish_many(
        [*periods, *owed], action="laid_out", by=SYSTEM, effective_on=today, now=now
    )
    return len(periods) + len(owed)


def _new_periods(programme: Programme, dates: Iterable[PeriodDates]) -> list[ReportingPeriod]:
    there = set(programme.periods.values_list("starts_on", flat=True))
    return ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            programme=programme,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            opens_on=period.opens_on,
            due_on=period.due_on,
            locks_on=period.locks_on,
        )
        for period in dates
        if period.starts_on not in there
    )


def _new_obligations(programme: Programme, today: date) -> list[Obligation]:
    """One per open commitment and begun period, none for a period due before its opening."""
    periods = list(programme.periods.filter(starts_on__lte=today))
    asked = programme.commitments.filter(reporting_opened_on__isnull=False).exclude(
        stage__in=CLOSED
    )
    there = set(
        Obligation.objects.filter(period__in=periods).values_list("commitment_id", "period_id")
    )
    return Obligation.objects.bulk_create(
        Obligation(commitment=commitment, period=period)
        for commitment in asked.select_related("programme").order_by("pk")
        for period in periods
        if period.due_on >= (commitment.reporting_opened_on or today)
        and (commitment.pk, period.pk) not in there
    )


def meet(*, update: StatusUpdate, today: date, now: datetime) -> Obligation | None:
    """Let a submission meet the obligation of the period that is open (design §5).

    The period is opened and not yet locked, and the update's as-of lies inside it or later.
    Context meets nothing. Pending notices about it, and about older ones, are cancelled.
    """
    if update.kind == UpdateKind.CONTEXT or update.as_of_on is None:
        return None
    owed = (
        Obligation.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            commitment=update.commitment_id,
            met_at__isnull=True,
            waived_at__isnull=True,
            period__opens_on__lte=today,
            period__locks_on__gt=today,
            period__starts_on__lte=update.as_of_on,
        )
        .select_related("commitment__programme", "period")
        .order_by("-period__starts_on")
        .first()
    )
    if owed is None:
        return None
    owed.met_by, owed.met_at = update, now
    owed.save(update_fields=["met_by", "met_at"])
    body = update.body.slug if update.body else ""
    record.publish(owed, action="met", by=Actor(Role.REPORTER, body), effective_on=today, now=now)
    _cancel_notices(owed, Cancelled.DONE, now)
    return owed


@transaction.atomic
def waive(
    *,
    obligation: Obligation,
    officer: User,
    reason_vi: str = "",
    reason_en: str = "",
    today: date,
    now: datetime,
) -> Obligation:
    """Excuse an update with a public reason. Raises WrongState when it is met or waived."""
    locked = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
    if not access.may_waive(officer, locked.commitment):
        raise Forbidden
    if locked.met_at or locked.waived_at:
        raise WrongState("not_owed", _("This update is no longer owed: it was met or waived."))
    refuse(check_reason(reason_vi, reason_en))
    locked.waived_by, locked.waived_at = officer, now
    locked.waiver_reason_vi, locked.waiver_reason_en = reason_vi.strip(), reason_en.strip()
    locked.save(update_fields=["waived_by", "waived_at", "waiver_reason_vi", "waiver_reason_en"])
    by = officer_of(locked.commitment.programme)
    record.publish(locked, action="waived", by=by, effective_on=today, now=now)
    _cancel_notices(locked, Cancelled.WAIVED, now)
    return locked


def _cancel_notices(obligation: Obligation, reason: Cancelled, now: datetime) -> None:
    older = Obligation.objects.filter(
        commitment=obligation.commitment_id,
        period__starts_on__lt=obligation.period.starts_on,
    )
    pending = (
        [obligation.pk, *older.values_list("pk", flat=True)]
        if reason == Cancelled.DONE
        else [obligation.pk]
    )
    for pk in pending:
        notices.cancel(subject_kind="obligation", subject_id=pk, reason=reason, now=now)
