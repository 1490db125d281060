"""Tags that say what the record holds in sentences: `{% load record %}`."""

from datetime import date, datetime

from django.template import Library
from django.utils.timezone import localtime

from commitments.reports.answers import according_to
from commitments.reports.events import action_words, actor_words
from commitments.reports.standings import counted
from commitments.text.files import kind_words, size_words
from commitments.text.quantities import figure, unit_words

register = Library()

register.filter(according_to)
register.filter(action_words)
register.filter(actor_words)
register.filter(kind_words)
register.filter(size_words)
register.filter(unit_words)
register.simple_tag(figure)
register.simple_tag(counted)


@register.filter
def localday(instant: datetime | None) -> date | None:
    """The day in Ha Noi on which something was done."""
    return localtime(instant).date() if instant else None
