"""Who changed what: versions against the ones before them, drafts only for their own body."""

from datetime import timedelta

import pytest
import time_machine

from commitments.models import Commitment, Participation, Route, written_by
from commitments.reports import history
from commitments.reports.history import Asked, Change
from tests import deeds
from tests import factories as make
from tests.factories.clock import NOW

pytestmark = pytest.mark.django_db


def read(scope, asked=None, number=50, start=0):
    return history.entries(scope, asked or Asked(), start=start, number=number)


def of(commitment, *, is_own=True):
    return history.of_commitment(commitment, is_own=is_own)


def edit(commitment, minutes, who, route="web", **columns):
    at = NOW + timedelta(minutes=minutes)
    with time_machine.travel(at, tick=False), written_by(route, lambda: who):
        for name, value in columns.items():
            setattr(commitment, name, value)
        commitment.save(update_fields=list(columns))


@pytest.fixture
def commitment(world):
    for model in (Commitment, Participation):
        model.history.update(history_date=NOW - timedelta(days=1))
    return world.commitment


def test_entries_say_who_changed_what_by_which_route(alice, commitment):
    edit(commitment, 1, alice, note="Test note", kind="national_mission")
    edit(commitment, 2, None, route=Route.API, note="")

    newer, older = read(of(commitment), number=2)

    assert (older.person, older.route, older.deed) == ("Alice", "web page", "changed")
    assert (newer.person, newer.route) == ("", "API")
    assert newer.changes == [Change("editors' note", "Test note", "")]
    assert newer.at - older.at == timedelta(minutes=1)


def test_entries_show_choices_dates_and_rows_in_words(alice, commitment):
    edit(commitment, 1, alice, kind="corporate_pledge")
    priority = make.PriorityFactory(programme=commitment.programme, title_en="Test priority")
    edit(commitment, 2, alice, kind="national_mission", priority=priority, closed_on=None)

    newest = read(of(commitment))[0]

    assert newest.changes == [
        Change("kind", "corporate pledge", "national mission"),
        Change("priority", "", "Test priority"),
    ]


def test_entries_are_found_by_person_day_and_route(alice, dan, commitment):
    edit(commitment, 1, alice, note="Test 1")
    edit(commitment, 60 * 24, dan, route="api", note="Test 2")
    scope = [(Commitment, history.of_commitment(commitment, is_own=True)[0][1])]
    day = NOW.date()

    def notes(**asked):
        return [entry.changes[-1].after for entry in read(scope, Asked(**asked))]

    assert notes(person=alice.pk) == ["Test 1"]
    assert notes(since=day + timedelta(days=1)) == ["Test 2"]
    assert notes(since=day, until=day) == ["Test 1"]
    assert notes(route="api") == ["Test 2"]
    assert list(history.people_in(scope)) == [alice, dan]


def test_entries_come_page_by_page(alice, commitment):
    for minute in range(1, 6):
        edit(commitment, minute, alice, note=f"Test {minute}")
    scope = [(Commitment, history.of_commitment(commitment, is_own=True)[0][1])]

    pages = [read(scope, number=2, start=start) for start in (0, 2, 4)]

    assert [[entry.changes[-1].after for entry in page] for page in pages[:2]] == [
        ["Test 5", "Test 4"],
        ["Test 3", "Test 2"],
    ]
    assert [entry.deed for entry in pages[2]] == ["changed", "made"]


def test_entries_of_a_draft_are_its_bodys_alone(alice, commitment):
    draft = deeds.draft(alice, commitment, summary_en="Test secret", evidence=[deeds.PAGE])

    own, others = read(of(commitment)), read(of(commitment, is_own=False))

    def said(entries):
        return {
            change.after
            for entry in entries
            if entry.noun in {"status update", "evidence"}
            for change in entry.changes
        }

    assert "Test secret" in said(own)
    assert said(others) == set()
    deeds.updates.submit_update(update=draft, author=alice, today=NOW.date(), now=NOW)
    assert "Test secret" in said(read(of(commitment, is_own=False)))


@pytest.mark.parametrize("versions", [1, 40])
def test_entries_take_as_many_queries_for_many(
    alice, commitment, versions, django_assert_num_queries
):
    for minute in range(versions):
        edit(commitment, minute, alice, note=f"Test {minute}")
    scope = [(Commitment, history.of_commitment(commitment, is_own=True)[0][1])]

    with django_assert_num_queries(3):
        assert len(read(scope)) == versions + 1
