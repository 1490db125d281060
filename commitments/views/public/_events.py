"""The public events that a page may speak of: of a past day or version, those that count there."""

from django.db.models import QuerySet

from commitments.models import PublicEvent
from commitments.reports.replay import Moment
from commitments.views.public._page import PublicRequest


def moment_of(request: PublicRequest) -> Moment:
    """The moment that the page speaks of, the present day's end where none was asked for."""
    return Moment(request.today, request.version)


def events_of(request: PublicRequest) -> "QuerySet[PublicEvent]":
    """Those that hold on the day of the page; up to a version, all that were written by then."""
    return moment_of(request).events()
