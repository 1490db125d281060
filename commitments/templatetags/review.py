"""Tags of the pages of review: `{% load review %}`."""

from django.template import Library
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Deed, ReviewAction, StatusUpdate, TakenOff
from commitments.reports.queue import Waiting
from commitments.reports.snapshots import label_of
from commitments.text.display import limited_date

register = Library()

register.filter("field_label", label_of)


@register.filter
def set_for(comment: str) -> str:
    """The time that was set, as the deed's comment keeps it: `2026-06-05 08:00`."""
    day, _blank, time = comment.partition(" ")
    return _("for {day} at {time}").format(day=limited_date(day), time=time)


@register.filter
def taken_off_words(code: str) -> str:
    """Why it was taken off the schedule."""
    return str(TakenOff(code).label) if code in TakenOff.values else code


@register.filter
def own_comment(action: ReviewAction) -> bool:
    """Whether a comment is one of its own: not a set time, nor its comments on fields joined."""
    if action.deed in (Deed.SCHEDULED, Deed.UNSCHEDULED) or not action.comment:
        return False
    on_fields = [one.text for one in action.field_comments.all()]
    return not on_fields or action.comment != "\n".join(on_fields)


@register.filter
def why_not_released(update: StatusUpdate) -> str:
    """Why its set time was not kept, where that is the latest that was done with a time."""
    deeds: list[ReviewAction] = getattr(update, "release_deeds", [])
    latest = next(iter(deeds), None)
    silent = ("", TakenOff.RETURNED, TakenOff.RESET)
    if latest is None or latest.deed != Deed.UNSCHEDULED or latest.comment in silent:
        return ""
    return taken_off_words(latest.comment)


@register.filter
def clock_words(line: Waiting) -> str:
    """How long it has been waiting, in days and in those of them that are worked."""
    if line.days <= 0:
        return _("since today")
    days = ngettext("for %(count)d day", "for %(count)d days", line.days) % {"count": line.days}
    worked = ngettext("%(count)d working day", "%(count)d working days", line.working_days) % {
        "count": line.working_days
    }
    return f"{days} ({worked})"
