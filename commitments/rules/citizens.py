"""What people without an account may send: how fast, how old a form, which addresses."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.rules.moments import at_minute
from commitments.rules.workdays import WorkCalendar
from commitments.text.characters import hidden_character

FASTEST = timedelta(seconds=2)
"""Nobody reads and fills in a form within less; a program does."""
OLDEST = timedelta(hours=24)
"""A form that was left open for longer is asked to be pressed again."""
GOOD_FOR = timedelta(days=7)
"""How long a link that confirms an address can be used, and the address is kept without it."""
LONGEST_ADDRESS = 254
A_WEEK = timedelta(days=7)


def check_stamp(shown_at: datetime | None, now: datetime) -> None:
    """Raise Invalid for a form that was not shown by us, was sent too fast or left too long."""
    if shown_at is None:
        raise Invalid("stamp_unknown", _UNKNOWN)
    if now - shown_at < FASTEST:
        raise Invalid("too_fast", _TOO_FAST)
    if now - shown_at > OLDEST:
        raise Invalid("too_old", _TOO_OLD)


_UNKNOWN = _("This form was not complete. Nothing is lost: please press the button once more.")
_TOO_FAST = _(
    "This was sent faster than people type. Nothing is lost: please press the button once more."
)
_TOO_OLD = _(
    "This page was open for more than a day. Nothing is lost: please press the button once more."
)


def read_mail_address(typed: str) -> str:
    """The address as it is kept: without blanks around it, in small letters."""
    address = typed.strip().lower()
    if len(address) > LONGEST_ADDRESS or hidden_character(address):
        raise Invalid("address_unreadable", _ADDRESS, "email")
    try:
        validate_email(address)
    except ValidationError as refused:
        raise Invalid("address_unreadable", _ADDRESS, "email") from refused
    return address


_ADDRESS = _("Please enter an e-mail address such as name@example.org.")


def is_lapsed(asked_at: datetime, now: datetime) -> bool:
    """Whether a link that confirms is too old to be used."""
    return now - asked_at >= GOOD_FOR


def week_of(day: date) -> date:
    """The Monday that names the week."""
    return day - timedelta(days=day.weekday())


def weekly_moment(monday: date, calendar: WorkCalendar, hour: int) -> datetime | None:
    """When the mails of a week go out: on its first working day; None in a week without one."""
    day = calendar.next_working(monday)
    return at_minute(day, hour * 60) if day < monday + A_WEEK else None


def check_decided(decision: str, answer_vi: str, answer_en: str) -> list[Refusal]:
    """Whoever answers a report says so in public, in at least one language."""
    found: list[Refusal] = []
    if decision not in DECISIONS:
        found.append(Invalid("decision_missing", _DECISION, "decision"))
    if not (answer_vi.strip() or answer_en.strip()):
        found.append(Invalid("answer_missing", _ANSWER, "answer_vi"))
    return found


DECISIONS = ("answered", "accepted", "corrected", "rejected")
"""How a report can end; `accepted` is still to be corrected, `corrected` names the event."""
_DECISION = _("Please choose how the report ends.")
_ANSWER = _("Please write the answer. It is public.")
