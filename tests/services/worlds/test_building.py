"""Which days are kept at hand, and when one is made anew."""

import os
from datetime import date

import pytest

from commitments.reports.replay import Moment
from commitments.services import record
from commitments.services.worlds import building, entered, world_of
from commitments.services.worlds.routing import is_past
from tests.factories.clock import NOW

DAYS = [date(2026, 3, day) for day in (2, 3, 4)]


@pytest.fixture
def told(world):
    rows = [world.unit, world.body, world.programme, world.commitment]
    record.publish_many(rows, action="loaded", by=record.EDITORS, effective_on=DAYS[0], now=NOW)
    return world


def test_a_day_is_made_once(told):
    first = world_of(Moment(DAYS[0]))
    made_at = first.stat().st_ino

    assert world_of(Moment(DAYS[0])).stat().st_ino == made_at


def test_a_later_word_on_a_day_makes_it_anew_and_a_word_on_a_later_day_does_not(told):
    by = record.EDITORS
    before = world_of(Moment(DAYS[1]))
    record.publish(told.body, action="corrected", by=by, effective_on=DAYS[2], now=NOW)
    same = world_of(Moment(DAYS[1]))
    record.publish(told.body, action="corrected", by=by, effective_on=DAYS[0], now=NOW)

    assert (same == before, world_of(Moment(DAYS[1])) == before) == (True, False)


def test_the_day_that_nobody_visited_for_longest_goes_first(told, monkeypatch):
    first, second = (world_of(Moment(day)) for day in DAYS[:2])
    monkeypatch.setattr(building, "MOST_KEPT", int(2.5 * second.stat().st_size))
    os.utime(second, (1, 1))
    third = world_of(Moment(DAYS[2]))

    assert [path.exists() for path in (first, second, third)] == [True, False, True]


def test_a_mistake_on_the_way_leaves_nothing_behind(told, monkeypatch, settings):
    def _breaks(_moment):
        raise ZeroDivisionError

    monkeypatch.setattr(building, "_compute", _breaks)
    with pytest.raises(ZeroDivisionError):
        world_of(Moment(DAYS[0]))

    assert list(settings.PAST_DIR.iterdir()) == []
    assert is_past.get() is False


def test_one_day_is_not_entered_from_another(told):
    path = world_of(Moment(DAYS[0]))
    with entered(path), pytest.raises(RuntimeError), entered(path):
        pass

    assert is_past.get() is False
