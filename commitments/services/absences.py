"""Absences: entered with who covers them, and called off."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, Text, WrongState, refuse
from commitments.models import Absence, User
from commitments.reports.absences import absences_between, fit_to_cover
from commitments.rules import access
from commitments.rules.moments import day_of
from commitments.text.typed import typed_day

LONGEST = timedelta(days=366)
"""How long an absence may be, and how far ahead it may begin."""


@transaction.atomic
def enter_absence(
    *,
    person: User,
    starts_on: date,
    ends_on: date,
    cover: User | None,
    by: User,
    now: datetime,
) -> Absence:
    """Say that somebody is away, both days inclusive; until then reminders go to the cover.

    Locks the person, so that the same sent twice is entered once. Raises Invalid for days that
    are no span to come, that another absence touches, or for a cover who cannot stand in.
    """
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not access.may_enter_absence(by, locked):
        raise Forbidden
    refuse(_wrong_days(starts_on, ends_on, day_of(now)))
    for other in absences_between([locked.pk], starts_on, ends_on):
        if (other.starts_on, other.ends_on, other.cover) == (starts_on, ends_on, cover):
            return other
        raise Invalid("absence_overlaps", _spanned(_OVERLAPS, other), "starts_on")
    if cover is not None:
        _refuse_cover(locked, cover, starts_on, ends_on)
    return Absence.objects.create(
        person=locked,
        cover=cover,
        starts_on=starts_on,
        ends_on=ends_on,
        entered_by=by,
        entered_at=now,
    )


def _wrong_days(starts_on: date, ends_on: date, today: date) -> list[Refusal]:
    if ends_on < starts_on:
        return [Invalid("ends_before_it_starts", _BACKWARDS, "ends_on")]
    if ends_on < today:
        return [Invalid("absence_is_over", _OVER, "ends_on")]
    if starts_on > today + LONGEST:
        return [Invalid("absence_too_far", _TOO_FAR, "starts_on")]
    if ends_on - starts_on > LONGEST:
        return [Invalid("absence_too_long", _TOO_LONG, "ends_on")]
    return []


def _refuse_cover(person: User, cover: User, starts_on: date, ends_on: date) -> None:
    if not fit_to_cover(person).filter(pk=cover.pk).exists():
        raise Invalid("cover_unfit", _UNFIT, "cover")
    for away in absences_between([cover.pk], starts_on, ends_on):
        raise Invalid("cover_away", _spanned(_COVER_AWAY, away), "cover")


def _spanned(text: Text, absence: Absence) -> Text:
    first, last = typed_day(absence.starts_on), typed_day(absence.ends_on)
    return format_lazy(text, first=first, last=last)


_BACKWARDS = _("The last day is before the first one.")
_OVER = _("These days are over. An absence is entered for today or later.")
_TOO_FAR = _("An absence cannot begin later than a year from now.")
_TOO_LONG = _("An absence cannot be longer than a year. Hand the work over instead.")
_OVERLAPS = _("There is an absence from {first} to {last} already. Call it off first.")
_UNFIT = _("Please choose somebody who holds the same role in the same body.")
_COVER_AWAY = _("They are away themselves from {first} to {last}. Please choose somebody else.")


@transaction.atomic
def call_off_absence(*, absence: Absence, by: User, now: datetime) -> Absence:
    """The person is there after all; reminders go to them again from the next tick on."""
    locked = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if not access.may_enter_absence(by, locked.person):
        raise Forbidden
    if locked.cancelled_at is not None:
        raise WrongState("already_called_off", _CALLED_OFF)
    if locked.ends_on < day_of(now):
        raise WrongState("absence_is_over", _PAST)
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    return locked


_CALLED_OFF = _("This absence was called off already.")
_PAST = _("This absence is over and stays as it is.")
