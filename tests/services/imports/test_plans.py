"""What a file may say of a plan: by the rules of the form, at the cell that is to blame."""

from datetime import date

import pytest

from commitments.models import Commitment
from tests import factories
from tests.factories.clock import NOW
from tests.services.imports.asking import PLAN, apply, check, counts, faults

FROZEN = (
    "This commitment is public and the record says “{}”. Please write that, or ask for a change on "
    "the page of the commitment."
)
TWICE = "Row 2 says the same already. Please keep one of the two."


def sheet(name, *rows):
    """Rows of one sheet, each with the same cells."""
    return {name: [list(rows[0]), *[list(row.values()) for row in rows]]}


def found(world, erin, *sheets):
    return faults(
        check(world.programme, erin, {name: rows for one in sheets for name, rows in one.items()})
    )


# Whose row it is


def test_rows_may_name_a_commitment_by_its_reference(world, erin):
    run = check(
        world.programme, erin,
        sheet("commitments", {"slug": "", "reference": "CPT26-001", "title_en": "Test commitment"})
        | sheet("participations", {"commitment": "cpt26-001", "organisation": "test-lead", "role": "lead"}),
    )  # fmt: skip

    assert (faults(run), counts(run)) == (
        [], {"commitments": (0, 0, 1, 0), "participations": (0, 0, 1, 0)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (
            {"slug": "", "reference": "CPT26-099"},
            "B2",
            "No commitment of this programme has this reference.",
        ),
        (
            {"slug": "", "reference": "", "title_vi": "Chữ thử"},
            "A2",
            "Please give the commitment a key, for example test-programme-website.",
        ),
        (
            {"slug": "test-commitment", "reference": "CPT26-002"},
            "B2",
            "This is not the reference of this commitment. References are given at publication; "
            "please leave the cell as it was exported, or empty.",
        ),
        (
            {"slug": "Test New", "title_en": "Test"},
            "A2",
            "Please use small letters a to z, digits, and single hyphens between them.",
        ),
    ],
)
def test_rows_that_are_about_no_commitment(row, cell, text, world, erin):
    row = {"kind": "corporate_pledge"} | row if "title_en" in row else row
    row = dict(sorted(row.items(), key=lambda one: one[0] != "slug"))

    assert found(world, erin, sheet("commitments", row)) == [("commitments", 2, cell, text)]


def test_rows_of_a_commitment_of_another_programme(world, erin):
    factories.CommitmentFactory(slug="test-elsewhere")
    rows = sheet(
        "commitments", {"slug": "test-elsewhere", "kind": "corporate_pledge", "title_en": "Test"}
    )
    more = sheet("targets", {"commitment": "test-other", "number": 1, "text_en": "Test"})

    assert found(world, erin, rows, more) == [
        (
            "commitments", 2, "A2",
            "Another commitment has this address already. Please choose another one.",
        ),
        (
            "targets", 2, "A2",
            "This programme has no commitment with this key, and the sheet “commitments” brings "
            "none.",
        ),
    ]  # fmt: skip


def test_rows_that_stand_twice(world, erin):
    new = {"slug": "test-new", "kind": "corporate_pledge", "title_en": "Test"}
    milestone = {"commitment": "test-new", "number": 1, "title_en": "Test", "due": "2027"}

    assert found(
        world, erin, sheet("commitments", new, new), sheet("milestones", milestone, milestone)
    ) == [
        ("commitments", 3, "A3", "This commitment stands in row 2 already."),
        ("milestones", 3, "B3", TWICE),
    ]


# By the rules of the form


def new(**cells):
    return sheet(
        "commitments", {"slug": "test-new", "kind": "corporate_pledge", "title_en": "Test"} | cells
    )


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        (
            new(kind=""),
            ("commitments", 2, "B2", "Please choose what kind of commitment this is."),
        ),
        (
            new(title_en="", title_vi=""),
            ("commitments", 2, "D2", "Please give a title in at least one language."),
        ),
        (
            new(kind="government_task"),
            ("commitments", 2, "", "A government task is assigned under a priority. Please choose which."),
        ),
        (
            new(sources="test-unknown"),
            ("commitments", 2, "D2", "This source is not known. Please choose it again, or enter it as new."),
        ),
        (
            new() | sheet("participations", {"commitment": "test-new", "organisation": "test-nobody", "role": "lead"}),
            ("participations", 2, "B2", "No organisation of the record is called “test-nobody”."),
        ),
        (
            new() | sheet("targets", {"commitment": "test-new", "number": 1, "text_en": "Test", "value": 5, "unit": "people"}),
            ("targets", 2, "", "Please say what is counted; a figure alone says nothing."),
        ),
        (
            new() | sheet("milestones", {"commitment": "test-new", "number": 1, "title_en": "Test"}),
            ("milestones", 2, "", "Please give the date by which this step is due."),
        ),
    ],
)  # fmt: skip
def test_rules_of_the_form_speak_at_the_cell(sheets, fault, world, erin):
    [told] = found(world, erin, sheets)

    assert told[:3] == fault[:3]
    assert told[3] == fault[3] or fault[0] == "milestones"


def test_rules_see_what_the_record_and_the_file_say_together(world, erin):
    made = factories.CommitmentFactory(is_draft=True, programme=world.programme, slug="test-draft")
    factories.ParticipationFactory(commitment=made, organisation=world.body)
    factories.OrganisationFactory(slug="test-other-body")
    rows = sheet("participations", {"commitment": "test-draft", "organisation": "test-other-body", "role": "lead", "confidence": "confirmed"})  # fmt: skip

    assert [one[:2] + one[3:] for one in found(world, erin, rows)] == [
        (
            "participations", 2,
            "A commitment has one lead at most. Please make the other one a partner.",
        )
    ]  # fmt: skip


def test_rows_are_judged_by_the_bodies_of_their_world(world, erin):
    factories.OrganisationFactory(slug="test-demo-body", is_demo=True)
    rows = sheet("participations", {"commitment": "test-new", "organisation": "test-demo-body", "role": "lead"})  # fmt: skip

    assert [one[:3] for one in found(world, erin, new(), rows)] == [("participations", 2, "B2")]


# What is public


def test_public_rows_that_say_the_same_are_passed_over(world, erin):
    factories.TargetFactory(
        commitment=world.commitment, text_en="Test", metric="m", unit="people", value="22.5",
        due="2026-Q2", due_earliest=date(2026, 4, 1), due_latest=date(2026, 6, 30),
    )  # fmt: skip
    rows = sheet("targets", {"commitment": "test-commitment", "number": 1, "text_en": "", "value": "22,50", "due": "Q2/2026"})  # fmt: skip

    run = check(world.programme, erin, rows)

    assert (faults(run), counts(run)) == ([], {"targets": (0, 0, 1, 0)})


def test_public_rows_that_differ_are_errors(world, erin):
    factories.TargetFactory(commitment=world.commitment, text_en="Test")
    rows = sheet(
        "targets",
        {"commitment": "test-commitment", "number": 1, "text_en": "Test better", "due": "2027"},
        {"commitment": "test-commitment", "number": 2, "text_en": "Test more", "due": ""},
    )
    own = sheet("commitments", {"slug": "test-commitment", "title_en": "Test other"})

    assert found(world, erin, own, rows) == [
        ("commitments", 2, "B2", FROZEN.format("Test commitment")),
        ("targets", 2, "C2", FROZEN.format("Test")),
        ("targets", 2, "D2", FROZEN.format("–")),
        (
            "targets", 3, "A3",
            "This commitment is public, so a file cannot add to its plan. Please delete the row, "
            "and ask for a change on the page of the commitment.",
        ),
    ]  # fmt: skip


def test_public_rows_stand_beside_new_ones(world, erin):
    rows = PLAN | {
        "commitments": [*PLAN["commitments"], ["test-commitment", "", "Test commitment", *[""] * 6]]
    }

    run = apply(check(world.programme, erin, rows), erin)

    assert (run.state, counts(run)["commitments"]) == ("applied", (1, 0, 1, 0))
    assert Commitment.objects.get(slug="test-commitment").published_at == NOW
