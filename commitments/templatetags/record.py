"""Tags that say what the record holds in sentences: `{% load record %}`."""

from datetime import date, datetime

from django.template import Context, Library
from django.urls import reverse
from django.utils.timezone import localtime

from commitments.reports.answers import according_to
from commitments.reports.definitions import version_on
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


@register.simple_tag(takes_context=True)
def method_link(context: Context, axis: str, day: date | None = None) -> str:
    """Where an axis is defined, in the version of the method that held on the rating's own day.

    Without a day: on the day of the page.
    """
    held = version_on(day or context["request"].today)
    return f"{reverse('method-version', args=[held.version])}#axis-{axis}"
