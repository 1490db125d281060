"""Tags of the staff pages: `{% load staff %}`."""

from datetime import date, datetime

from django.template import Library
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.models import ReportingPeriod, StatusUpdate
from commitments.rules.periods import PeriodDates
from commitments.text.days import since_words
from commitments.text.periods import period_name

register = Library()


@register.filter
def waiting_words(update: StatusUpdate, today: date) -> str:
    """Since when an update has been waiting for its next step."""
    since = update.approved_at or update.submitted_at
    return since_words(localtime(since).date(), today) if since else ""


@register.filter
def since_day(moment: datetime, today: date) -> str:
    """How long ago something was asked for, in days of Ha Noi."""
    return since_words(localtime(moment).date(), today)


@register.filter
def period_words(period: ReportingPeriod | PeriodDates) -> str:
    """A reporting period as the month or quarter that it is."""
    return period_name(period.starts_on, period.ends_on)


@register.simple_tag
def kind_hints() -> dict[str, str]:
    """What each kind of update is for."""
    return {
        "progress": _("Something has moved, or the forecast has."),
        "no_change": _("Stage, forecast and problem stay as they were last published."),
        "context": _("News around it. Carries no stage, no forecast, and meets no obligation."),
    }


@register.simple_tag
def stage_hints() -> dict[str, str]:
    """What each stage says."""
    return {
        "not_started": _("Nothing has been done yet."),
        "in_progress": _("Work is under way."),
        "paused": _("Work has stopped for now."),
        "reported_complete": _(
            "All of it is done. Needs evidence; the delivery unit then confirms it."
        ),
    }


@register.simple_tag
def forecast_hints() -> dict[str, str]:
    """What each forecast says."""
    return {
        "on_track": _("Date and target will be met as things stand."),
        "at_risk": _("They may be missed. Name the problem."),
        "off_track": _("They will be missed unless somebody acts. Say what is asked of whom."),
    }
