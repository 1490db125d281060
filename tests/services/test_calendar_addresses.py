"""Secret calendar addresses: one at a time, made anew, given up."""

from datetime import timedelta

from commitments.models import CalendarAddress
from commitments.services.calendar_addresses import make_calendar_address, revoke_calendar_address
from tests import factories
from tests.factories.clock import NOW

LATER = NOW + timedelta(days=1)


def test_a_new_address_makes_the_old_one_useless(alice, bob):
    other = factories.CalendarAddressFactory(person=bob)
    first = make_calendar_address(person=alice, now=NOW)

    second = make_calendar_address(person=alice, now=LATER)

    first.refresh_from_db()
    assert (first.made_at, first.revoked_at, second.made_at) == (NOW, LATER, LATER)
    assert len({first.nonce, second.nonce}) == 2
    assert set(CalendarAddress.objects.standing()) == {second, other}
    assert [one.history_type for one in first.history.order_by("history_id")] == ["+", "~"]
    assert not hasattr(first.history.first(), "nonce")


def test_an_address_is_given_up_once(alice):
    make_calendar_address(person=alice, now=NOW)

    assert revoke_calendar_address(person=alice, now=NOW) == 1
    assert revoke_calendar_address(person=alice, now=LATER) == 0
    assert CalendarAddress.objects.get().revoked_at == NOW
