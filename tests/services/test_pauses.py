"""The reminders of a programme are paused with a reason, and go on again."""

import pytest

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import Pause
from commitments.services.pauses import LONGEST, pause_reminders, resume_reminders
from tests import factories
from tests.deeds import later
from tests.factories.clock import NOW


def pause(programme, by, reason="Test reason", now=NOW):
    return pause_reminders(programme=programme, by=by, reason=reason, now=now)


def kept():
    rows = Pause.objects.order_by("pk")
    return list(rows.values_list("reason", "paused_by", "paused_at", "resumed_by", "resumed_at"))


def versions(one):
    found = one.history.order_by("history_id")
    return [(row.history_type, row.reason, row.resumed_at) for row in found]


def test_pause_is_open_until_it_is_resumed(world, erin):
    one = pause(world.programme, erin, " Test reason \n")
    assert list(Pause.objects.open()) == [one]

    resume_reminders(pause=one, by=erin, now=later(1))

    assert list(Pause.objects.open()) == []
    assert kept() == [("Test reason", erin.pk, NOW, erin.pk, later(1))]
    assert versions(one) == [("+", "Test reason", None), ("~", "Test reason", later(1))]


def test_pause_sent_twice_is_one(world, erin):
    first, second = pause(world.programme, erin), pause(world.programme, erin, now=later(1))
    assert (first, kept()) == (second, [("Test reason", erin.pk, NOW, None, None)])

    resumed = resume_reminders(pause=first, by=erin, now=later(1))
    again = resume_reminders(pause=first, by=erin, now=later(2))

    assert (resumed.resumed_at, again.resumed_at) == (later(1), later(1))
    assert len(versions(first)) == 2


def test_pause_by_a_second_officer_is_refused_while_one_stands(world, erin):
    other = factories.UserFactory()
    factories.MembershipFactory(user=other, organisation=world.unit, role="officer")
    first = pause(world.programme, erin)

    with pytest.raises(WrongState) as refused:
        pause(world.programme, other, "Test other reason")

    assert (refused.value.code, kept()) == (
        "already_paused",
        [("Test reason", erin.pk, NOW, None, None)],
    )
    assert resume_reminders(pause=first, by=other, now=later(1)).resumed_by == other
    assert pause(world.programme, other, "Test other reason", later(2)).paused_by == other


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (" \n", "reason_missing"),
        ("x" * (LONGEST + 1), "too_long"),
        ("a\u202eb", "hidden_character"),
    ],
)
def test_pause_needs_a_reason(world, erin, reason, code):
    with pytest.raises(Invalid) as refused:
        pause(world.programme, erin, reason)

    assert (refused.value.code, refused.value.field, kept()) == (code, "reason", [])


def test_pause_is_for_officers_of_the_programme(world, erin, carol, alice, dan):
    demo = factories.ProgrammeFactory(slug="test-demo", is_demo=True)
    one = pause(world.programme, erin)

    for person, programme in [(carol, world.programme), (alice, world.programme), (erin, demo)]:
        with pytest.raises(Forbidden):
            pause(programme, person)
    for person in (carol, dan):
        with pytest.raises(Forbidden):
            resume_reminders(pause=one, by=person, now=later(1))
    assert kept() == [("Test reason", erin.pk, NOW, None, None)]
