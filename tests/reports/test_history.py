"""Who changed what: versions against the ones before them, drafts only for their own body."""

from datetime import timedelta

import pytest
import time_machine

from commitments.models import Commitment, Participation, Route, written_by
from commitments.reports import history
from commitments.reports.history import Asked, Change
from commitments.services.plans import link_commitments
from tests import deeds
from tests import factories as make
from tests.factories.clock import NOW

pytestmark = pytest.mark.django_db


def read(scope, asked=None, number=50, start=0):
    return history.entries(scope, asked or Asked(), start=start, number=number)


def of(commitment, reader):
    return history.of_commitment(commitment, reader)


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

    newer, older = read(of(commitment, alice), number=2)

    assert (older.person, older.route, older.deed) == ("Alice", "web page", "changed")
    assert (newer.person, newer.route) == ("", "API")
    assert newer.changes == [Change("editors' note", "Test note", "")]
    assert newer.at - older.at == timedelta(minutes=1)


def test_entries_show_choices_dates_and_rows_in_words(alice, commitment):
    edit(commitment, 1, alice, kind="corporate_pledge")
    priority = make.PriorityFactory(programme=commitment.programme, title_en="Test priority")
    edit(commitment, 2, alice, kind="national_mission", priority=priority, closed_on=None)

    newest = read(of(commitment, alice))[0]

    assert newest.changes == [
        Change("kind", "corporate pledge", "national mission"),
        Change("priority", "", "Test priority"),
    ]


def test_entries_are_found_by_person_day_and_route(alice, dan, commitment):
    edit(commitment, 1, alice, note="Test 1")
    edit(commitment, 60 * 24, dan, route="api", note="Test 2")
    scope = [(Commitment, history.of_commitment(commitment, alice)[0][1])]
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
    scope = [(Commitment, history.of_commitment(commitment, alice)[0][1])]

    pages = [read(scope, number=2, start=start) for start in (0, 2, 4)]

    assert [[entry.changes[-1].after for entry in page] for page in pages[:2]] == [
        ["Test 5", "Test 4"],
        ["Test 3", "Test 2"],
    ]
    assert [entry.deed for entry in pages[2]] == ["changed", "made"]


def test_entries_of_a_draft_are_its_bodys_alone(alice, erin, commitment):
    draft = deeds.draft(alice, commitment, summary_en="Test secret", evidence=[deeds.PAGE])

    own, others = read(of(commitment, alice)), read(of(commitment, erin))

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
    assert "Test secret" in said(read(of(commitment, erin)))


def test_entries_show_a_new_lead_nothing_that_the_former_one_did_not_publish(
    alice, erin, world, commitment
):
    deeds.draft(alice, commitment, summary_en="Test secret", evidence=[deeds.PAGE])
    world.lead.ended_on = NOW.date()
    world.lead.save(update_fields=["ended_on"])
    zoe = make.UserFactory()
    next_lead = make.ParticipationFactory(commitment=commitment, role="lead")
    make.MembershipFactory(user=zoe, organisation=next_lead.organisation, role="reporter")
    commitment = Commitment.objects.get(pk=commitment.pk)
    nouns = {"status update", "evidence"}

    assert [one for one in read(of(commitment, zoe)) if one.noun in nouns] == []
    mine = deeds.draft(zoe, commitment, summary_en="Test own")
    assert [one.person for one in read(of(commitment, zoe)) if one.noun in nouns] != []
    deeds.updates.submit_update(update=mine, author=zoe, today=NOW.date(), now=NOW)
    assert [one for one in read(of(commitment, erin)) if one.noun == "evidence"] == []


def test_entries_tell_of_no_link_from_a_draft_that_the_reader_does_not_see(
    alice, erin, world, commitment
):
    draft = make.CommitmentFactory(
        programme=world.programme, is_draft=True, title_en="Test secret", title_vi=""
    )
    link_commitments(commitment=draft, to=commitment, officer=erin, today=NOW.date(), now=NOW)

    def links(reader):
        return [one for one in read(of(commitment, reader)) if "link" in one.noun]

    assert [len(links(reader)) for reader in (alice, erin)] == [0, 1]


@pytest.mark.parametrize("versions", [1, 40])
def test_entries_take_as_many_queries_for_many(
    alice, commitment, versions, django_assert_num_queries
):
    for minute in range(versions):
        edit(commitment, minute, alice, note=f"Test {minute}")
    scope = [(Commitment, history.of_commitment(commitment, alice)[0][1])]

    with django_assert_num_queries(3):
        assert len(read(scope)) == versions + 1
