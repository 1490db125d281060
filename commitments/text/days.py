"""How far a day is away, in words: due, late, waiting."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def due_words(due_on: date, today: date) -> str:
    """When something falls due, seen from today: "due in 5 days", "2 days late"."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    return ngettext("due in %(count)d day", "due in %(count)d days", days) % {"count": days}


def since_words(since_on: date, today: date) -> str:
    """How long something has been waiting: "since today", "for 5 days"."""
    days = (today - since_on).days
    if days <= 0:
        return _("since today")
    return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}
