"""Imports: checked without a trace, then done as a whole, once, by whoever may."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.errors import Forbidden, WrongState
from commitments.models import (
    Commitment,
    ImportRun,
    Milestone,
    Participation,
    PublicEvent,
    StoredFile,
    Target,
    Wording,
)
from commitments.services import imports
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.imports.asking import PLAN, apply, check, counts, faults

ROWS = (Commitment, Participation, Target, Milestone, Wording)


def rows():
    """How many rows of the plan there are, drafts and their versions too."""
    return [model.objects.count() for model in ROWS]


def draft_of(world, **columns):
    made = factories.CommitmentFactory(
        is_draft=True,
        programme=world.programme,
        slug="test-draft",
        title_en="Test draft",
        **columns,
    )
    factories.ParticipationFactory(commitment=made, organisation=world.body)
    factories.TargetFactory(commitment=made, text_en="Test target")
    return made


def changing(**cells):
    return {"commitments": [["slug", *cells], ["test-draft", *cells.values()]]}


# Checking


def test_check_import_writes_nothing_but_what_it_found(world, erin):
    before = rows()

    run = check(world.programme, erin, PLAN)

    assert (run.state, faults(run), rows(), PublicEvent.objects.count()) == (
        "checked",
        [],
        before,
        0,
    )
    assert counts(run) == dict.fromkeys(PLAN, (1, 0, 0, 0))
    assert run.preview[2] == {
        "sheet": "targets",
        "row": 2,
        "state": "new",
        "subject": "test-new",
        "cells": [
            ["number", "", "1"],
            ["text_en", "", "Test target"],
            ["metric", "", "test metric"],
            ["unit", "", "people"],
            ["comparator", "", "at_least"],
            ["value", "", "22.5"],
            ["due", "", "2027"],
        ],
    }
    assert (run.file.name, run.checked_by, run.language) == ("test.xlsx", erin, "vi")


def test_check_import_shows_what_changes_cell_by_cell(world, erin):
    draft_of(world)

    run = check(world.programme, erin, changing(title_en="Test renamed", due="2027"))

    assert counts(run) == {"commitments": (0, 1, 0, 0)}
    assert run.preview == [
        {
            "sheet": "commitments",
            "row": 2,
            "state": "changed",
            "subject": "test-draft",
            "cells": [["title_en", "Test draft", "Test renamed"], ["due", "", "2027"]],
        }
    ]


def test_check_import_finds_nothing_to_change_in_what_is_the_same(world, erin):
    draft_of(world)

    run = check(
        world.programme, erin, changing(title_en=" Test draft ", kind="corporate pledge", due="")
    )

    assert (counts(run), run.preview) == ({"commitments": (0, 0, 1, 0)}, [])


def test_check_import_of_the_same_file_again_is_the_same_run(world, erin):
    with time_machine.travel(NOW, tick=False):  # a workbook holds the second in which it was made
        first = check(world.programme, erin, PLAN)
        second = check(world.programme, erin, PLAN)

    assert (first, ImportRun.objects.count(), StoredFile.objects.count()) == (second, 1, 1)


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_check_import_is_for_officers_of_the_programme(who, world, request):
    with pytest.raises(Forbidden):
        check(world.programme, request.getfixturevalue(who), PLAN)
    assert (ImportRun.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_check_import_is_for_officers_of_the_same_world(world, erin):
    with pytest.raises(Forbidden):
        check(factories.ProgrammeFactory(is_demo=True, code="D"), erin, PLAN)


# Applying


def test_apply_import_makes_drafts_with_all_that_hangs_on_them(world, erin):
    run = apply(check(world.programme, erin, PLAN), erin)

    assert (run.state, run.applied_by, run.applied_at) == ("applied", erin, NOW)
    made = Commitment.objects.get(slug="test-new")
    assert (made.published_at, made.kind, made.title_en, made.due, made.speaker, made.created_by) == (
        None, "corporate_pledge", "Test new", "2027-Q2", "body", erin,
    )  # fmt: skip
    assert list(made.wordings.values_list("number", "text_en", "basis", "stated_on")) == [
        (1, "Test: we will.", "quoted", date(2026, 1, 15))
    ]
    assert list(made.participations.values_list("organisation", "role", "stage", "since")) == [
        (world.body.pk, "lead", "announced", "2026-01-15")
    ]
    assert list(made.targets.values_list("number", "metric", "comparator", "value", "due")) == [
        (1, "test metric", "at_least", Decimal("22.5"), "2027")
    ]
    assert list(made.milestones.values_list("number", "title_en", "due")) == [
        (1, "Test milestone", "2027-05")
    ]
    assert PublicEvent.objects.count() == 0


def test_apply_import_keeps_history_with_person_and_route(world, erin):
    apply(check(world.programme, erin, PLAN), erin)

    for model in ROWS:
        kept = model.history.filter(history_type="+", route="file_import")
        assert list(kept.values_list("history_user", flat=True)) == [erin.pk], model


def test_apply_import_changes_drafts_and_leaves_the_rest_alone(world, erin):
    made = draft_of(world, due="2026", due_earliest=date(2026, 1, 1), due_latest=date(2026, 12, 31))
    sheets = changing(title_en="Test renamed") | {
        "targets": [["commitment", "number", "text_vi"], ["test-draft", 1, "Chỉ tiêu thử"]],
        "milestones": [
            ["commitment", "number", "title_en", "due"],
            ["test-draft", 3, "Test", "2027"],
        ],
    }

    run = apply(check(world.programme, erin, sheets), erin)

    made.refresh_from_db()
    assert (run.state, made.title_en, made.due, made.version) == (
        "applied",
        "Test renamed",
        "2026",
        2,
    )
    assert list(made.targets.values_list("text_vi", "text_en")) == [("Chỉ tiêu thử", "Test target")]
    assert list(made.milestones.values_list("number", "title_en", "due")) == [(3, "Test", "2027")]
    assert made.participations.count() == 1


def test_apply_import_twice_is_once(world, erin):
    run = check(world.programme, erin, PLAN)

    first, second = apply(run, erin), apply(run, erin)

    assert (first.state, second.state, second.applied_at) == ("applied", "applied", NOW)
    assert Commitment.objects.filter(slug="test-new").count() == 1


def test_apply_import_may_be_done_by_another_officer(world, erin):
    other = factories.UserFactory()
    factories.MembershipFactory(user=other, organisation=world.unit, role="officer")

    run = apply(check(world.programme, erin, PLAN), other)

    assert (run.state, run.checked_by, run.applied_by) == ("applied", erin, other)


def test_apply_import_shows_again_what_changed_meanwhile(world, erin):
    made = draft_of(world)
    run = check(world.programme, erin, changing(title_en="Test renamed"))
    Commitment.objects.filter(pk=made.pk).update(title_en="Test of somebody else")

    shown = apply(run, erin)

    made.refresh_from_db()
    assert (shown.state, shown.applied_at, made.title_en) == (
        "checked",
        None,
        "Test of somebody else",
    )
    assert shown.preview[0]["cells"] == [["title_en", "Test of somebody else", "Test renamed"]]
    assert apply(shown, erin).state == "applied"


def test_apply_import_names_what_became_an_error_meanwhile(world, erin):
    made = draft_of(world)
    run = check(world.programme, erin, changing(title_en="Test renamed"))
    Commitment.objects.filter(pk=made.pk).update(published_at=NOW, reference="CPT26-009")

    shown = apply(run, erin)

    assert (shown.state, [one[:3] for one in faults(shown)]) == (
        "faulty", [("commitments", 2, "B2")],
    )  # fmt: skip
    made.refresh_from_db()
    assert made.title_en == "Test draft"


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_apply_import_is_for_officers_of_the_programme(who, world, erin, request):
    run = check(world.programme, erin, PLAN)

    with pytest.raises(Forbidden):
        apply(run, request.getfixturevalue(who))
    assert not Commitment.objects.filter(slug="test-new").exists()


def test_apply_import_with_errors_is_refused(world, erin):
    run = check(world.programme, erin, changing(title_en="Test of nothing", kind="??"))

    with pytest.raises(WrongState):
        apply(run, erin)


# Of many rows


def many(count, **bad):
    plan = {name: [sheet[0]] for name, sheet in PLAN.items()}
    for number in range(count):
        for name, (head, row) in PLAN.items():
            line = [f"test-{number}", *row[1:]]
            if name == "targets" and number in bad.get("values", ()):
                line[head.index("value")] = "a lot"
            plan[name].append(line)
    return plan


def test_check_import_names_the_one_bad_row_of_many_and_nothing_is_written(world, erin):
    before = rows()

    run = check(world.programme, erin, many(300, values=[250]))

    assert (run.state, rows()) == ("faulty", before)
    assert faults(run) == [
        (
            "targets", 252, "G252",
            "Please write digits only, for example 1234 or 22.5; the unit is given beside it.",
        )
    ]  # fmt: skip
    assert counts(run)["targets"] == (299, 0, 0, 1)
    with pytest.raises(WrongState):
        apply(run, erin)
    assert rows() == before


def asked(programme, officer, count, prefix):
    """How many queries a file with so many commitments takes: to be checked, to be applied."""
    plan = many(count)
    for sheet in plan.values():
        for line in sheet[1:]:
            line[0] = f"{prefix}-{line[0]}"
    with CaptureQueriesContext(connection) as checking:
        run = check(programme, officer, plan, name=f"{prefix}.xlsx")
    with CaptureQueriesContext(connection) as applying:
        assert apply(run, officer).state == "applied"
    return len(checking), len(applying)


def test_imports_ask_as_often_for_many_rows_as_for_few(world, erin):
    """Rows are written by the hundred: SQLite takes so many values at once, PostgreSQL more."""
    asked(world.programme, erin, 1, "warm")
    few, many_ = asked(world.programme, erin, 10, "few"), asked(world.programme, erin, 450, "many")

    assert few[0] == many_[0]
    assert many_[1] - few[1] < 450 / 5


def test_check_import_asks_as_often_whatever_the_record_holds(world, erin):
    draft_of(world)
    sheets = changing(title_en="Test renamed")
    with CaptureQueriesContext(connection) as one:
        check(world.programme, erin, sheets, name="one.xlsx")
    for _time in range(60):
        made = factories.CommitmentFactory(is_draft=True, programme=world.programme)
        factories.TargetFactory(commitment=made)
    with CaptureQueriesContext(connection) as more:
        check(world.programme, erin, sheets, name="one.xlsx")

    assert len(more) <= len(one)


# Discarding


def test_discard_import_puts_it_away(world, erin):
    run = imports.discard_import(run=check(world.programme, erin, PLAN), officer=erin)

    assert run.state == "discarded"
    with pytest.raises(WrongState):
        apply(run, erin)


def test_discard_import_not_after_it_was_carried_out(world, erin):
    run = apply(check(world.programme, erin, PLAN), erin)

    with pytest.raises(WrongState):
        imports.discard_import(run=run, officer=erin)


def test_discard_import_is_for_officers(world, erin, carol):
    run = check(world.programme, erin, PLAN)

    with pytest.raises(Forbidden):
        imports.discard_import(run=run, officer=carol)
    assert (TODAY, ImportRun.objects.get().state) == (TODAY, "checked")
