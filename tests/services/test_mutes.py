"""What people asked not to be told: which rows, which history."""

from datetime import timedelta

import pytest

from commitments.errors import Invalid
from commitments.models import Mute, Route, written_by
from commitments.services.mutes import mute_all, set_mutes, unmute_all
from tests import factories
from tests.factories.clock import NOW

LATER = NOW + timedelta(days=1)


def muted(person):
    return [(one.topic, one.since_at) for one in Mute.objects.filter(person=person)]


def versions():
    return [(one.topic, one.history_type, one.route) for one in Mute.history.order_by("history_id")]


def test_mutes_are_those_that_were_chosen_and_keep_their_first_day(alice, bob):
    factories.MuteFactory(person=bob, topic="R1", since_at=NOW)
    set_mutes(person=alice, topics=["R1", "R5"], now=NOW)

    standing = set_mutes(person=alice, topics=["R4", "R5"], now=LATER)

    assert [one.topic for one in standing] == ["R4", "R5"]
    assert muted(alice) == [("R4", LATER), ("R5", NOW)]
    assert muted(bob) == [("R1", NOW)]


def test_mutes_are_kept_in_the_history_row_by_row(alice):
    with written_by(Route.MAIL_LINK):
        mute_all(person=alice, now=NOW)
        mute_all(person=alice, now=LATER)
    with written_by(Route.WEB, lambda: alice):
        unmute_all(person=alice, now=LATER)

    topics = ["R1", "R4", "R5", "R7"]
    assert versions() == [
        *((topic, "+", "mail_link") for topic in topics),
        *((topic, "-", "web") for topic in topics),
    ]
    assert list(Mute.history.values_list("history_user", flat=True).distinct().order_by()) in (
        [None, alice.pk],
        [alice.pk, None],
    )


@pytest.mark.parametrize("topic", ["R2", "R3", "R6", "R8", "R9", "N1", "", "r1"])
def test_what_is_owed_cannot_be_muted(topic, alice):
    with pytest.raises(Invalid) as refused:
        set_mutes(person=alice, topics=["R1", topic], now=NOW)

    assert refused.value.code == "topic_unknown"
    assert muted(alice) == []
