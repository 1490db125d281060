"""Which past moment an address asks for; what cannot be read is refused in words."""

from datetime import date

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.models import PublicEvent
from commitments.reports.replay import Moment
from commitments.rules.dates import LimitedDate

DAY, VERSION = "as_of", "version"
FURTHEST = 10**15
"""No record has so many events, and every database can be asked for so high a number."""


def moment_of(query: QueryDict, today: date) -> Moment | None:
    """The moment that a query names, or None where it names none, or the present day.

    `as_of` takes a day, or a date of less precision for its last day; of `2026` on a day of 2026
    the present one. `version` takes the sequence of a public event. Raises Invalid for a day to
    come and for what is no date, and Refusal with status 404 for a version that is not there.
    """
    if said := query.get(VERSION, "").strip():
        return _of_version(said)
    if said := query.get(DAY, "").strip():
        day = day_of(said, DAY, today)
        return Moment(day) if day < today else None
    return None


def day_of(text: str, field: str, present: date) -> date:
    """The day that was typed, or the last one of a date of less precision, as far as it has come.

    Raises Invalid at `field` for what is no date, and for a day that is still to come.
    """
    said = LimitedDate.parse(text, field)
    if said.earliest > present:
        raise Invalid(
            "day_to_come",
            _("This day is still to come. The record can be seen as of a past day only."),
            field,
        )
    return min(said.latest, present)


class NoSuchVersion(Refusal):
    """The record has no event of this number."""

    status = 404

    def __init__(self) -> None:
        super().__init__("no_such_version", _("The record has no version of this number."), VERSION)


def _of_version(said: str) -> Moment:
    is_number = said.isascii() and said.isdigit() and len(said) < len(str(FURTHEST))
    number = int(said) if is_number else 0
    event = PublicEvent.objects.filter(sequence=number).only("recorded_at").first()
    if event is None:
        raise NoSuchVersion
    return Moment(localdate(event.recorded_at), number)
