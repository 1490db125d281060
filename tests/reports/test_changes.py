"""Requests in words, and whose turn they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from commitments.models import ChangeRequest
from commitments.reports.changes import asked_by, compared, heading, listed_for, told, waiting_for
from tests import factories
from tests.services.changes.asking import LEAD, MILESTONE, TARGET, WORDING, ask, decide, plan_in


@pytest.fixture
def plan(world):
    return plan_in(world)


def words(change):
    [one] = told([change])
    return [tuple(map(str, stated)) for stated in one.stated]


CASES = {
    "date_moved": ({"due": "2027-06"}, "Due date moved", [("Due", "2026", "June 2027", "")]),
    "clarified": (WORDING, "Wording: clarified", []),
    "text_found": (
        WORDING | {"basis": "quoted"},
        "Promised text found",
        [("Basis", "summary by the editors", "quoted word for word", "")],
    ),
    "lead_changed": (
        LEAD,
        "Lead changed",
        [
            ("Lead", "Test lead", "Test next lead", ""),
            ("How it was taken on", "", "assigned", ""),
            ("Since", "", "June 2026", ""),
        ],
    ),
    "milestone_added": (
        MILESTONE,
        "Milestone 2 added",
        [
            ("Title in Vietnamese", "", "Bước thử", "vi"),
            ("Title in English", "", "Test step", "en"),
            ("Due", "", "Q4 2026", ""),
        ],
    ),
    "withdrawn": ({}, "Withdrawn", []),
    "superseded": (
        {"by": ["test-other"], "link": "supersedes"},
        "Superseded",
        [
            ("Taken over by", "", "CPT26-002 Test commitment 1", ""),
            ("How the one follows the other", "", "one commitment takes its place", ""),
        ],
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_told_says_what_stands_and_what_is_proposed(kind, plan, alice):
    proposed, title, stated = CASES[kind]

    change = ask(alice, plan.commitment, kind, proposed=proposed)

    assert (heading(change), words(change)) == (title, stated)


def test_told_puts_figures_into_words(plan, alice):
    change = ask(alice, plan.commitment, "target_changed", subject="target/1",
                 proposed=TARGET | {"value": "20000", "baseline": "5", "baseline_on": "2026-05-01"})  # fmt: skip

    assert (heading(change), words(change)) == (
        "Target 1 changed",
        [
            ("Text in English", "Test target 1", "Test: 20 bridges", "en"),
            ("Which way is better", "", "more is better", ""),
            ("Due", "2026", "2027", ""),
            ("Promised", "30 bridges", "at least 20,000 bridges", ""),
            ("Starting from", "", "5 bridges (1 May 2026)", ""),
        ],
    )


def test_told_speaks_the_readers_language(plan, alice):
    change = ask(alice, plan.commitment, proposed={"due": "2027-Q2"})

    with override("vi"):
        [one] = told([change])
        assert (one.stated[0].before, one.stated[0].after) == ("năm 2026", "quý II/2027")


def test_told_compares_wordings_in_each_language(plan, alice):
    change = ask(alice, plan.commitment, "widened", proposed=WORDING | {"text_vi": "Chữ thử"})

    [one] = told([change])

    sides = [
        (text.lang, *("".join(run.text for run in side) for side in (text.before, text.after)))
        for text in one.texts
    ]
    assert sides == [
        ("vi", "", "Chữ thử"),
        ("en", "Test wording", "Test wording, made clearer"),
    ]
    assert compared({}, {}) == []


def test_told_names_many_in_two_queries(plan, alice):
    rows = [
        ask(alice, plan.commitment, "lead_changed", proposed=LEAD),
        ask(alice, plan.commitment, "superseded",
            proposed={"by": ["test-other"], "link": "supersedes"}),
    ]  # fmt: skip

    with CaptureQueriesContext(connection) as captured:
        told(rows * 5)

    assert len(captured) == 2


def test_waiting_for_is_what_others_asked_of_my_programmes(plan, alice, erin, carol, bob):
    theirs = ask(alice, plan.commitment)
    own = ask(erin, plan.commitment, "withdrawn", proposed={})
    decide(ask(alice, plan.commitment, "clarified", proposed=WORDING), erin)

    found = {person.full_name: list(waiting_for(person)) for person in (alice, erin, carol, bob)}

    assert found == {"Alice": [], "Erin": [theirs], "Carol": [], "Bob": []}
    assert [list(asked_by(person)) for person in (alice, erin, bob)] == [[theirs], [own], []]


def test_listed_for_leaves_other_programmes_out(plan, alice, erin):
    mine = ask(alice, plan.commitment)
    factories.ChangeRequestFactory(decision="approved", decider=erin, decided_at=mine.requested_at)

    assert ChangeRequest.objects.visible_to(erin).count() == 2
    assert list(listed_for(erin)) == [mine]
