"""The house's own free days and working days: entered, and removed again."""

from datetime import date

from django.db import IntegrityError, transaction

from commitments.errors import Forbidden, Stale, refuse
from commitments.models import Holiday, User
from commitments.rules import access
from commitments.rules.holidays import check_day
from commitments.rules.workdays import known_days


def check_holiday(*, on: date, is_free: bool, name_vi: str, name_en: str, today: date) -> None:
    """Raises what stands against entering the day so: Invalid, each at its field."""
    refuse(
        check_day(
            on=on,
            is_free=is_free,
            name_vi=name_vi,
            name_en=name_en,
            known=known_days(on.year).get(on),
            is_entered=Holiday.objects.filter(on=on).exists(),
            today=today,
        )
    )


@transaction.atomic
def enter_holiday(
    *, on: date, is_free: bool, name_vi: str = "", name_en: str = "", by: User, today: date
) -> Holiday:
    """Let a day be free, or worked, other than the calendar has it.

    Raises Invalid as `check_holiday`, Stale when somebody entered the same day meanwhile.
    """
    if not access.may_keep_holidays(by):
        raise Forbidden
    check_holiday(on=on, is_free=is_free, name_vi=name_vi, name_en=name_en, today=today)
    try:
        with transaction.atomic():
            return Holiday.objects.create(
                on=on, is_free=is_free, name_vi=name_vi.strip(), name_en=name_en.strip()
            )
    except IntegrityError as refused:
        raise Stale from refused


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: User) -> None:
    """Let the day be again what the calendar has it for; removed twice is removed once."""
    if not access.may_keep_holidays(by):
        raise Forbidden
    for row in Holiday.objects.select_for_update(of=("self",)).filter(pk=holiday.pk):
        row.delete()
