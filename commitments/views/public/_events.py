"""The public events that a page may speak of: of a past day or version, those that count there."""

from django.db.models import QuerySet

from commitments.models import PublicEvent
from commitments.reports.replay import Moment
from commitments.views.public._page import PublicRequest


def events_of(request: PublicRequest) -> "QuerySet[PublicEvent]":
    """Those that hold on the day of the page; up to a version, all that were written by then."""
    return Moment(request.today, request.version).events()
