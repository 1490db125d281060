"""What every public page is asked with: the day that it speaks of."""

from datetime import date

from django.http import HttpRequest


class PublicRequest(HttpRequest):
    """A request that `views.past.travel` has looked at.

    `today` is the day as of which the page speaks: the present one, or the past day that the
    reader asked for, which then stands in `as_of` too. While `as_of` is set, every query of the
    page is answered by the record as it stood on that day; `version` is set beside it where the
    record after a certain event was asked for. `begun_on`: the day on which the record was begun.
    `present` is the present day in any case.
    """

    today: date
    present: date
    as_of: date | None
    version: int | None
    begun_on: date | None
