"""Tags of the first page of staff: `{% load work %}`."""

from datetime import date, datetime

from django.template import Library
from django.utils.timezone import localtime

from commitments.models import HandOver
from commitments.reports.changes import heading
from commitments.text.days import since_words

register = Library()

register.filter("change_heading", heading)


@register.filter
def since(at: datetime, today: date) -> str:
    """How long ago, in words: "for 5 days"."""
    return since_words(localtime(at).date(), today)


@register.filter
def things_moved(hand_over: HandOver) -> int:
    """How many things went over; roles that ended and absences that were called off did not."""
    moved = hand_over.moved if isinstance(hand_over.moved, dict) else {}
    return sum(moved.get(kind, 0) for kind in ("charges", "updates", "covers"))
