"""Secret addresses of people's calendars: made, made anew and given up."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from commitments.models import CalendarAddress, User

NONCE_BYTES = 18


@transaction.atomic
def make_calendar_address(*, person: User, now: datetime) -> CalendarAddress:
    """Give the person a new address; one that was there is of no use any more."""
    revoke_calendar_address(person=person, now=now)
    nonce = token_urlsafe(NONCE_BYTES)
    return CalendarAddress.objects.create(person=person, nonce=nonce, made_at=now)


@transaction.atomic
def revoke_calendar_address(*, person: User, now: datetime) -> int:
    """Make the person's address useless for every copy of it; how many there were: 1 or 0.

    Locks the person, so that two at a time leave one address.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    standing = list(CalendarAddress.objects.standing().filter(person=person))
    for address in standing:
        address.revoked_at = now
        address.save(update_fields=["revoked_at"])
    return len(standing)
