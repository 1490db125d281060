"""Two presses at once: on a real server, each topic is muted once and one address stands."""

import pytest

from commitments.models import CalendarAddress, Mute
from commitments.services.calendar_addresses import make_calendar_address
from commitments.services.mutes import mute_all, set_mutes
from tests import factories
from tests.factories.clock import NOW
from tests.services.notices.test_claim import at_once

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def test_presses_at_once_end_as_one_after_the_other():
    person = factories.UserFactory()

    muted = at_once(lambda: len(mute_all(person=person, now=NOW)), 4)
    chosen = at_once(lambda: len(set_mutes(person=person, topics=["R1", "R5"], now=NOW)), 4)

    assert (muted, chosen) == ([4] * 4, [2] * 4)
    assert list(Mute.objects.values_list("topic", flat=True)) == ["R1", "R5"]
    assert Mute.history.count() == 6


def test_addresses_made_at_once_leave_the_last_of_them():
    person = factories.UserFactory()

    made = at_once(lambda: make_calendar_address(person=person, now=NOW).pk, 4)

    (standing,) = CalendarAddress.objects.standing()
    assert (len(set(made)), standing.person_id) == (4, person.pk)
    assert CalendarAddress.objects.count() == 4
