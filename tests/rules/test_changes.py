"""What a change request must say, kind by kind, and the one spelling of what it proposes."""

from dataclasses import replace
from datetime import date

import pytest

from commitments.models import ChangeKind
from commitments.rules.changes import (
    MOST_SUCCESSORS,
    ChangeAsked,
    Known,
    Surroundings,
    check_change,
    check_note,
    number_of,
    spelled,
    subject_of,
)
from tests.factories.clock import TODAY

WORDING = {"text_vi": "", "text_en": "Test wording", "basis": "summarised"}
FIGURES = {"metric": "test", "unit": "km", "comparator": "", "value": "10", "value_max": None,
           "baseline": None, "baseline_on": None, "direction": "", "cumulation": "",
           "due": "2027"}  # fmt: skip
TARGET = {"text_vi": "", "text_en": "Test target", **FIGURES}
MILESTONE = {"title_vi": "", "title_en": "Test step", "due": "2027-Q1"}
LEAD = {"lead": "test-next", "stage": "", "since": "", "confidence": "confirmed"}
NO_LEAD = {"lead": None, "stage": "", "since": "", "confidence": ""}
STANDS = {
    "date_moved": {"due": "2026"},
    "target_changed": TARGET,
    "lead_changed": LEAD | {"lead": "test-lead"},
    **dict.fromkeys(("clarified", "widened", "narrowed", "text_found"), WORDING),
}
WHOLE = {
    "clarified": WORDING | {"text_en": "Test other"},
    "widened": WORDING | {"text_vi": "Chữ thử"},
    "narrowed": WORDING | {"basis": "quoted"},
    "text_found": WORDING | {"basis": "quoted"},
    "date_moved": {"due": "2027-06"},
    "target_changed": TARGET | {"value": "9"},
    "target_added": TARGET,
    "milestone_added": MILESTONE,
    "lead_changed": LEAD,
    "withdrawn": {},
    "superseded": {"by": ["test-other"], "link": "supersedes"},
}
SUBJECTS = {"target_changed": "target/1", "target_added": "target/2",
            "milestone_added": "milestone/1"}  # fmt: skip


def asked(kind, **values):
    said = {"subject": SUBJECTS.get(kind, ""), "proposed": WHOLE[kind], "reason_en": "Test reason",
            "stated_on": TODAY, "has_source": True}  # fmt: skip
    return ChangeAsked(kind=kind, **(said | values))


def around(kind, **values):
    known = Known(
        organisations=["test-next", "test-lead"],
        merged={"test-old": "Test next"},
        successors=["test-other", "test-third"],
    )
    return Surroundings(**({"stands": STANDS.get(kind, {}), "known": known} | values))


def found(request, surroundings=None):
    refusals = check_change(request, surroundings or around(request.kind), TODAY)
    return [(refusal.code, refusal.field) for refusal in refusals]


def proposing(kind, **values):
    return found(asked(kind, proposed=WHOLE[kind] | values))


@pytest.mark.parametrize("kind", WHOLE)
def test_check_change_lets_a_whole_request_pass(kind):
    assert found(asked(kind)) == []


def test_every_kind_is_tried():
    assert set(WHOLE) == set(ChangeKind.values)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("clarified", {"text_en": ""}, [("text_missing", "text_vi")]),
        ("clarified", {"text_en": "Test wording"}, [("nothing_changes", "text_vi")]),
        ("clarified", {"text_en": "x" * 20_001}, [("too_long", "text_en")]),
        ("clarified", {"text_en": "Test\u202eother"}, [("hidden_character", "text_en")]),
        ("clarified", {"basis": ""}, [("basis_missing", "basis")]),
        ("clarified", {"basis": "guessed"}, [("basis_missing", "basis")]),
        ("clarified", {"text_en": 7}, [("wrong_type", "text_en")]),
        ("text_found", {"basis": "summarised"},
         [("nothing_changes", "text_vi"), ("basis_not_quoted", "basis")]),
        ("date_moved", {"due": ""}, [("due_missing", "due")]),
        ("date_moved", {"due": "2026"}, [("nothing_changes", "due")]),
        ("date_moved", {"due": "someday"}, [("date_unreadable", "due")]),
        ("date_moved", {"due": "2026-13"}, [("date_not_in_calendar", "due")]),
        ("date_moved", {"due": "2026-05"}, [("dates_out_of_order", "due")]),
        ("date_moved", {"due": None}, [("wrong_type", "due")]),
        ("target_changed", {"value": "10"}, [("nothing_changes", "text_vi")]),
        ("target_changed", {"text_en": ""}, [("text_missing", "text_vi")]),
        ("target_changed", {"value": None}, [("value_missing", "value")]),
        ("target_changed", {"value": "ten"},
         [("figure_unreadable", "value"), ("value_missing", "value")]),
        ("target_changed", {"metric": "", "unit": ""},
         [("metric_missing", "metric"), ("unit_missing", "unit")]),
        ("target_changed", {"comparator": "range"}, [("upper_missing", "value_max")]),
        ("target_changed", {"comparator": "range", "value_max": "9"},
         [("range_out_of_order", "value_max")]),
        ("target_changed", {"value_max": "11"}, [("upper_without_range", "value_max")]),
        ("target_changed", {"comparator": "nearly"}, [("choice_unknown", "comparator")]),
        ("target_changed", {"baseline": "1", "baseline_on": "2026-06-02"},
         [("baseline_in_future", "baseline_on")]),
        ("target_changed", {"baseline": "1", "baseline_on": "31/2/2026"},
         [("date_not_in_calendar", "baseline_on")]),
        ("target_changed", {"due": "soon"}, [("date_unreadable", "due")]),
        ("milestone_added", {"title_en": ""}, [("title_missing", "title_vi")]),
        ("milestone_added", {"due": ""}, [("due_missing", "due")]),
        ("lead_changed", {"lead": "test-lead"}, [("nothing_changes", "lead")]),
        ("lead_changed", {"lead": "test-old"}, [("organisation_merged", "lead")]),
        ("lead_changed", {"lead": "test-nobody"}, [("organisation_unknown", "lead")]),
        ("lead_changed", {"stage": "bought"}, [("choice_unknown", "stage")]),
        ("lead_changed", {"confidence": ""}, [("choice_missing", "confidence")]),
        ("lead_changed", {"since": "once"}, [("date_unreadable", "since")]),
        ("superseded", {"link": "contributes_to"}, [("link_missing", "link")]),
        ("superseded", {"by": []}, [("successor_missing", "by")]),
        ("superseded", {"by": "test-other"}, [("wrong_type", "by")]),
        ("superseded", {"by": ["test-draft"]}, [("successor_unknown", "by")]),
        ("superseded", {"by": ["test-other", "test-third"]}, [("successors_too_many", "by")]),
        ("superseded", {"link": "split_from"}, [("successors_too_few", "by")]),
        ("superseded", {"by": ["test-other", "test-third"], "link": "merges"},
         [("successors_too_many", "by")]),
    ],
)  # fmt: skip
def test_check_change_answers_at_the_field(kind, values, expected):
    assert proposing(kind, **values) == expected


def test_check_change_takes_a_split_into_two():
    assert proposing("superseded", by=["test-other", "test-third"], link="split_from") == []


def test_check_change_bounds_a_split():
    many = [f"test-{number}" for number in range(MOST_SUCCESSORS + 1)]
    request = asked("superseded", proposed={"by": many, "link": "split_from"})
    surroundings = replace(around("superseded"), known=Known(successors=many))

    assert found(request, surroundings) == [("too_many_successors", "by")]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (LEAD, []),
        (LEAD | {"confidence": "probable"}, [("lead_not_confirmed", "confidence")]),
        (NO_LEAD, [("lead_not_confirmed", "lead")]),
    ],
)
def test_check_change_asks_for_a_confirmed_lead_while_reporting_is_open(lead, expected):
    surroundings = around("lead_changed", reporting_is_open=True)

    assert found(asked("lead_changed", proposed=lead), surroundings) == expected


def test_check_change_lets_nobody_lead_any_more():
    assert found(asked("lead_changed", proposed=NO_LEAD)) == []


def test_check_change_refuses_nobody_where_nobody_leads():
    surroundings = around("lead_changed", stands=NO_LEAD)

    request = asked("lead_changed", proposed=NO_LEAD)

    assert found(request, surroundings) == [("nothing_changes", "lead")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"reason_en": ""}, [("reason_missing", "reason_vi")]),
        ({"reason_en": "  "}, [("reason_missing", "reason_vi")]),
        ({"reason_en": "", "reason_vi": "Lý do thử"}, []),
        ({"reason_en": "x" * 2001}, [("too_long", "reason_en")]),
        ({"stated_on": None}, [("stated_on_missing", "stated_on")]),
        ({"stated_on": date(2026, 6, 2)}, [("stated_in_future", "stated_on")]),
        ({"has_source": False}, [("source_missing", "source")]),
        ({"kind": "renamed"}, [("kind_unknown", "kind")]),
        ({"subject": "milestone/1"}, []),
        ({"subject": "target/1"}, [("subject_unfit", "subject")]),
        ({"subject": "milestone/0"}, [("subject_unfit", "subject")]),
        ({"subject": "milestone"}, [("subject_unfit", "subject")]),
    ],
)
def test_check_change_asks_why_since_when_and_who_says_so(values, expected):
    request = replace(asked("date_moved"), **values)

    assert found(request, around("date_moved")) == expected


def test_check_change_refuses_what_is_not_there():
    surroundings = around("target_changed", stands=None)

    [refused] = check_change(asked("target_changed"), surroundings, TODAY)

    assert (refused.code, refused.status) == ("subject_unknown", 409)


@pytest.mark.parametrize(
    ("note", "refused", "expected"),
    [
        ("", False, []),
        ("", True, ["note_missing"]),
        (" ", True, ["note_missing"]),
        ("Test reason", True, []),
        ("x" * 2001, False, ["too_long"]),
    ],
)
def test_check_note_asks_why_something_is_refused(note, refused, expected):
    assert [one.code for one in check_note(note, refused=refused)] == expected


@pytest.mark.parametrize(
    ("kind", "proposed", "expected"),
    [
        ("date_moved", {"due": "6/2027", "other": "x"}, {"due": "2027-06"}),
        ("date_moved", {"due": "soon"}, {"due": "soon"}),
        ("date_moved", {}, {"due": ""}),
        ("clarified", {"text_vi": " a\r\nb "}, {"text_vi": "a\nb", "text_en": "", "basis": ""}),
        ("lead_changed", {"lead": "", "since": "quý 2/2026"},
         {"lead": None, "stage": "", "since": "2026-Q2", "confidence": ""}),
        ("superseded", {"by": ["a", "b", "a"]}, {"by": ["a", "b"], "link": ""}),
        ("superseded", {}, {"by": [], "link": ""}),
        ("withdrawn", {"by": ["a"]}, {}),
        ("renamed", {"a": 1}, {}),
    ],
)  # fmt: skip
def test_spelled_gives_every_key_one_spelling(kind, proposed, expected):
    assert spelled(kind, proposed) == expected


def test_spelled_writes_figures_and_days_alike():
    said = {"value": "10.500", "baseline": "0.0", "baseline_on": "1/5/2026", "value_max": "NaN"}

    new = spelled("target_added", said)

    assert {name: new[name] for name in said} == {
        "value": "10.5", "baseline": "0", "baseline_on": "2026-05-01", "value_max": "NaN",
    }  # fmt: skip


def test_number_of_reads_what_subject_of_wrote():
    assert number_of(subject_of("milestone", 12)) == 12
    assert [number_of(text) for text in ("", "target/x", "target/0", "lead/1")] == [0, 0, 0, 0]
