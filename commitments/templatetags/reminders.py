"""Tags that say what a notice is about: `{% load reminders %}`."""

from django.template import Library
from django.utils.functional import Promise

from commitments.models import Notice
from commitments.reports.step_words import step_words

register = Library()


@register.filter
def reminder_words(notice: Notice) -> str | Promise:
    """Why it goes out: "update late: 3 working days after the due date"."""
    return step_words(notice.rule, notice.step)
