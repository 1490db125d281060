"""What became of each update that a commitment owed."""

from datetime import date
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.models import Commitment, Obligation, ReportingPeriod
from commitments.text.display import limited_date, said


class Duty(NamedTuple):
    """One owed update; `state` is a value of the reporting axis, empty where none applies."""

    period: ReportingPeriod
    state: str
    says: SafeString


def duties(commitment: Commitment, on: date) -> list[Duty]:
    """The newest period first. Needs the obligations with their periods.

    What would have opened after the commitment was closed is owed by nobody.
    """
    closed_on = commitment.closed_on or date.max
    rows = [row for row in commitment.obligations.all() if row.period.opens_on <= closed_on]
    owed = sorted(rows, key=lambda owed: owed.period.starts_on)
    return [_duty(obligation, on, commitment.is_closed) for obligation in reversed(owed)]


def _duty(obligation: Obligation, on: date, is_closed: bool) -> Duty:
    period = obligation.period
    if obligation.met_at:
        day = limited_date(localtime(obligation.met_at).date())
        return Duty(period, "", format_html(_("Submitted on {date}"), date=day))
    if obligation.waived_at:
        reason = said(obligation, "waiver_reason")
        return Duty(period, "waived", format_html(_("Waived: {reason}"), reason=reason))
    if period.opens_on > on:
        day = limited_date(period.opens_on)
        return Duty(period, "", format_html(_("Opens on {date}"), date=day))
    if is_closed:
        return Duty(period, "", escape(_("Not submitted; what is closed owes nothing")))
    state = "late" if period.due_on < on else "due"
    return Duty(period, state, escape(_("Not submitted")))
