"""The working-day calendar of the installation: the library's, with the house's own exceptions."""

from datetime import date

from commitments.models import Holiday
from commitments.rules.workdays import WorkCalendar, vietnam_calendar


def calendar_for(*days: date) -> WorkCalendar:
    """The calendar of the years of `days`, from the year before to two years after."""
    years = range(min(days).year - 1, max(days).year + 3)
    return vietnam_calendar(years, Holiday.objects.values_list("on", "is_free"))
