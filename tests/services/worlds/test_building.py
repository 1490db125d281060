"""Which days are kept at hand, and when one is made anew."""

import os
from datetime import date
from threading import BoundedSemaphore

import pytest

from commitments.reports.replay import Moment
from commitments.services import record
from commitments.services.worlds import PastAway, building, entered, world_of
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


def test_a_day_that_goes_while_it_is_asked_for_is_no_empty_file(told):
    path = world_of(Moment(DAYS[0]))
    path.unlink()
    with pytest.raises(PastAway), entered(path):
        pass

    assert (is_past.get(), path.exists()) == (False, False)
    assert world_of(Moment(DAYS[0])).stat().st_size > 0


def test_who_would_wait_behind_others_is_sent_away_at_once(told, monkeypatch):
    there = world_of(Moment(DAYS[0]))
    monkeypatch.setattr(building, "_seats", BoundedSemaphore(1))
    with building._turn(), pytest.raises(PastAway):
        world_of(Moment(DAYS[1]))

    with building._turn():
        assert world_of(Moment(DAYS[0])) == there


def test_a_disk_that_takes_nothing_is_said(told, settings):
    settings.PAST_DIR.write_text("Test: no folder")

    with pytest.raises(PastAway):
        world_of(Moment(DAYS[0]))


def test_what_an_ended_process_left_behind_goes(told, settings):
    settings.PAST_DIR.mkdir()
    old, new = (settings.PAST_DIR / name for name in ("old.part", "new.part"))
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    world_of(Moment(DAYS[0]))

    assert (old.exists(), new.exists()) == (False, True)
