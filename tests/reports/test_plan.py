"""The original plan beside the present one: slips, chains of targets, leads."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment
from commitments.reports.plan import plan_of, slip_of, slip_words, with_plan
from tests import deeds, factories
from tests.services.changes.asking import LEAD, MILESTONE, TARGET, ask, decide, plan_in


@pytest.fixture
def plan(world):
    return plan_in(world)


def present(commitment):
    return plan_of(with_plan(Commitment.objects.all()).get(pk=commitment.pk))


def approved(requester, officer, commitment, kind, **asked):
    return decide(ask(requester, commitment, kind, **asked), officer)


def test_plan_of_an_unchanged_commitment_is_its_original(plan):
    found = present(plan.commitment)

    assert found.has_changed is False
    assert [(line.slip, line.words, line.moves) for line in found.dates] == [(0, "none", [])] * 2
    assert [(line.former, line.change) for line in found.targets] == [([], None)] * 2
    assert (found.lead.original, found.lead.present, found.lead.changes) == (
        plan.lead, plan.lead, [],
    )  # fmt: skip


def test_plan_of_tells_the_slip_and_who_moved_it(plan, alice, erin):
    first = approved(alice, erin, plan.commitment, "date_moved", proposed={"due": "2027-06"})
    decide(ask(alice, plan.commitment, proposed={"due": "2029"}), erin, "refused", "Test: no.")
    second = approved(alice, erin, plan.commitment, "date_moved", proposed={"due": "2027-Q1"})
    step = approved(alice, erin, plan.commitment, "date_moved",
                    subject="milestone/1", proposed={"due": "2026-06-30"})  # fmt: skip

    found = present(plan.commitment)

    assert (found.due.slip, found.due.words, found.due.moves) == (
        90, "90 days later", [first, second],
    )  # fmt: skip
    [milestone] = found.milestones
    assert (milestone.slip, milestone.moves, milestone.has_moved) == (29, [step], True)
    assert found.has_changed is True


def test_plan_of_knows_no_slip_where_no_date_was_published(plan, alice, erin):
    factories.ParticipationFactory(commitment=plan.other, organisation=plan.body)

    approved(alice, erin, plan.other, "date_moved", proposed={"due": "2027"})

    line = present(plan.other).due
    assert (line.slip, line.words, line.has_moved) == (None, "not known", True)


def test_plan_of_follows_a_target_through_its_changes(plan, alice, dan, erin):
    said = {"forecast": "on_track"}
    deeds.published(alice, dan, erin, plan.commitment, measured={plan.target.pk: "12"}, **said)
    first = approved(
        alice, erin, plan.commitment, "target_changed", subject="target/1", proposed=TARGET
    )
    other = TARGET | {"unit": "trees", "metric": "test trees"}
    second = approved(
        alice, erin, plan.commitment, "target_changed", subject="target/3", proposed=other
    )

    lines = {line.target.number: line for line in present(plan.commitment).targets}

    assert [row.number for row in lines[4].former] == [1, 3]
    assert (lines[4].original.number, lines[4].replaced.number) == (1, 3)
    assert (lines[3].change, lines[4].change) == (first, second)
    measured = {number: [one.value for one in line.series] for number, line in lines.items()}
    assert measured == {1: [12], 2: [], 3: [12], 4: []}
    assert [number for number, line in lines.items() if line.is_present] == [2, 4]
    assert lines[4].words == "365 days later"


def test_plan_of_says_what_was_added_later(plan, alice, erin):
    approved(alice, erin, plan.commitment, "target_added", proposed=TARGET)
    step = approved(alice, erin, plan.commitment, "milestone_added", proposed=MILESTONE)

    found = present(plan.commitment)

    assert [line.was_added for line in found.targets] == [False, False, True]
    assert [line.moves for line in found.milestones] == [[], [step]]
    assert found.has_changed is True


def test_plan_of_keeps_the_first_lead(plan, alice, erin):
    first = approved(alice, erin, plan.commitment, "lead_changed", proposed=LEAD)
    officer = factories.MembershipFactory(organisation=plan.unit, role="officer").user
    last = approved(officer, erin, plan.commitment, "lead_changed", proposed={"lead": None})

    lead = present(plan.commitment).lead

    assert (lead.original.organisation, lead.present, lead.changes) == (
        plan.body, None, [first, last],
    )  # fmt: skip


def test_with_plan_takes_as_many_queries_with_many_changes(plan, alice, erin):
    with CaptureQueriesContext(connection) as few:
        present(plan.commitment)
    for year in range(2027, 2032):
        approved(alice, erin, plan.commitment, "date_moved", proposed={"due": str(year)})
        approved(alice, erin, plan.commitment, "milestone_added",
                 proposed=MILESTONE | {"due": str(year)})  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        present(plan.commitment)

    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("original", "later", "words"),
    [
        (date(2026, 6, 1), date(2026, 6, 2), "1 day later"),
        (date(2026, 6, 1), date(2026, 5, 31), "1 day earlier"),
        (date(2026, 6, 1), date(2026, 5, 1), "31 days earlier"),
        (date(2026, 6, 1), date(2026, 6, 1), "none"),
        (None, date(2026, 6, 1), "not known"),
        (date(2026, 6, 1), None, "not known"),
    ],
)
def test_slip_words(original, later, words):
    assert slip_words(slip_of(original, later)) == words
