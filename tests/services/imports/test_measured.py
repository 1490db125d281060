"""Figures of a file: a draft of whoever reports for the body, never more."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Measurement, StatusUpdate
from tests import deeds, factories
from tests.services.imports.asking import apply, check, counts, faults

HEAD = ["commitment", "target", "as_of_on", "value"]
NOT_YOURS = (
    "You do not report for the body that answers for this commitment, or it is closed. A figure "
    "that is public already has to stand as it was published."
)


@pytest.fixture
def target(world):
    return factories.TargetFactory(
        commitment=world.commitment, metric="m", unit="people", value=Decimal(100)
    )


@pytest.fixture
def fay(world, erin):
    """An officer who also reports for the body."""
    factories.MembershipFactory(user=erin, organisation=world.body, role="reporter")
    return erin


def rows(*values):
    lines = [
        value if isinstance(value, list) else ["test-commitment", 1, "1/6/2026", value]
        for value in values
    ]
    return {"measurements": [HEAD, *lines]}


def told(world, person, *values):
    return [one[1:] for one in faults(check(world.programme, person, rows(*values)))]


def test_values_become_a_draft_of_the_person(world, target, fay):
    run = apply(check(world.programme, fay, rows("22,5")), fay)

    assert (run.state, counts(run)) == ("applied", {"measurements": (1, 0, 0, 0)})
    update = StatusUpdate.objects.get()
    assert (update.state, update.origin, update.author, update.body, update.as_of_on) == (
        "draft", "file_import", fay, world.body, date(2026, 6, 1),
    )  # fmt: skip
    assert list(update.measurements.values_list("target", "value", "as_of_on")) == [
        (target.pk, Decimal("22.5"), date(2026, 6, 1))
    ]


def test_values_imported_again_change_nothing(world, target, fay):
    apply(check(world.programme, fay, rows("22,5")), fay)

    run = check(world.programme, fay, rows("22,50"))

    assert (run.preview, counts(run)) == ([], {"measurements": (0, 0, 1, 0)})


def test_values_that_are_public_are_passed_over_by_any_officer(world, target, alice, dan, erin):
    deeds.published(
        alice, dan, erin, world.commitment, measured={target.pk: "22.5"}, forecast="on_track"
    )

    run = check(world.programme, erin, rows("22,5"))

    assert (faults(run), counts(run)) == ([], {"measurements": (0, 0, 1, 0)})


def test_values_are_for_those_who_report_for_the_body(world, target, erin):
    assert told(world, erin, "22,5") == [(2, "A2", NOT_YOURS)]


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (
            ["test-nothing", 1, "1/6/2026", 5],
            "A2",
            "This programme has no public commitment with this key.",
        ),
        (
            ["test-draft", 1, "1/6/2026", 5],
            "A2",
            "This commitment is a draft. Figures can be reported once it is public.",
        ),
        (
            ["test-commitment", 2, "1/6/2026", 5],
            "B2",
            "This commitment has no target 2 that a figure could be reported for.",
        ),
        (
            ["test-commitment", 1, "2/6/2026", 5],
            "C2",
            "The as-of date lies in the future. Please give today or an earlier day.",
        ),
        (["test-commitment", 1, "1/6/2026", -5], "D2", "This figure cannot be negative."),
        (
            ["test-commitment", 1, "6/2026", 5],
            "C2",
            "A whole date with day, month and year is needed, for example 31/5/2026.",
        ),
    ],
)
def test_values_that_cannot_be_reported(row, cell, text, world, target, fay):
    factories.CommitmentFactory(is_draft=True, programme=world.programme, slug="test-draft")
    factories.TargetFactory(commitment=world.commitment)

    assert told(world, fay, row) == [(2, cell, text)]


def test_values_of_one_file_are_of_one_day_and_once(world, target, fay):
    found = told(world, fay, 5, ["test-commitment", 1, "31/5/2026", 4], 6)

    assert [one[:2] for one in found] == [(3, "C3"), (4, "B4")]


def test_values_do_not_touch_a_draft_that_was_begun(world, target, fay):
    deeds.draft(fay, world.commitment, measured={target.pk: "7"})

    assert told(world, fay, 5) == [
        (2, "A2", "You have begun another draft here. Hand it in or discard it first.")
    ]
    assert Measurement.objects.get().value == 7


def test_values_are_asked_for_in_as_many_queries(world, target, fay):
    lines = []
    for number in range(30):
        made = factories.CommitmentFactory(programme=world.programme, slug=f"test-{number}")
        factories.ParticipationFactory(commitment=made, organisation=world.body)
        factories.TargetFactory(commitment=made, metric="m", unit="people", value=Decimal(1))
        lines.append([f"test-{number}", 1, "1/6/2026", 5])
    check(world.programme, fay, rows(*lines[:2]))
    with CaptureQueriesContext(connection) as one:
        check(world.programme, fay, rows(*lines[:1]))
    with CaptureQueriesContext(connection) as many:
        check(world.programme, fay, rows(*lines))

    assert len(one) == len(many)
