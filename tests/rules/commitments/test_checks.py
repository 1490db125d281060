"""What the sheet of a commitment is refused for, and at which field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commitments.rules.commitments import (
    CommitmentSaid,
    Known,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
    check_draft,
    check_publication,
    in_order,
    remarks,
    with_known_sources,
)
from commitments.rules.dates import LimitedDate
from tests.factories.clock import TODAY
from tests.plans import LEAD, MILESTONE, SOURCE, TARGET, sheet

KNOWN = Known(
    organisations={"test-lead": 1, "test-unit": 2, "test-gone": 3},
    merged={"test-gone": "Test unit"},
    priorities={"test-priority": 1},
    sources={"test-source": 1},
    slugs={"taken", "own"},
    addresses={"https://example.org/known": "test-source"},
)
ASSIGNER = PartSaid(organisation="test-unit", role="assigned_by")
DAY = LimitedDate.parse


def found(refusals):
    return [(one.code, one.field) for one in refusals]


def draft(said, **options):
    return found(check_draft(said, KNOWN, today=TODAY, **options))


def publication(said, **options):
    return found(check_publication(said, KNOWN, today=TODAY, **options))


def test_whole_sheets_pass():
    task = sheet(kind="government_task", priority="test-priority", parts=(LEAD, ASSIGNER))
    sheets = [sheet(), sheet(kind="national_mission"), task, replace(task, parts=(ASSIGNER,))]

    assert [publication(one) for one in sheets] == [[], [], [], []]


def test_a_draft_needs_a_kind_and_a_title_only():
    assert draft(CommitmentSaid()) == [("kind_missing", "kind"), ("title_missing", "title_vi")]
    assert draft(CommitmentSaid(kind="national_mission", title_vi="Thử")) == []


LONG = "x" * 301


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"kind": "other"}, [("kind_unknown", "kind")]),
        ({"speaker": "other"}, [("speaker_unknown", "speaker")]),
        ({"basis": "other"}, [("basis_unknown", "basis")]),
        ({"basis": ""}, [("basis_missing", "basis")]),
        ({"title_en": LONG}, [("too_long", "title_en")]),
        ({"title_en": "a\nb"}, [("several_lines", "title_en")]),
        ({"title_vi": "a\u202e"}, [("hidden_character", "title_vi")]),
        ({"text_en": "x" * 20_001}, [("too_long", "text_en")]),
        ({"note": "\x00"}, [("hidden_character", "note")]),
        ({"slug": "Test"}, [("slug_unreadable", "slug")]),
        ({"slug": "a--b"}, [("slug_unreadable", "slug")]),
        ({"slug": "x" * 101}, [("too_long", "slug")]),
        ({"slug": "taken"}, [("slug_taken", "slug")]),
        ({"slug": "own"}, []),
        ({"priority": "other"}, [("priority_unknown", "priority")]),
        ({"kind": "government_task"}, [("priority_missing", "priority")]),
        ({"stated_on": date(2026, 6, 2)}, [("stated_in_future", "stated_on")]),
        ({"text_vi": "", "text_en": " "}, [("stated_without_text", "stated_on")]),
        ({"targets": (TARGET,) * 21}, [("too_many_rows", "targets")] + [
            ("number_twice", f"targets-{index}-number") for index in range(1, 21)
        ]),
    ],
)  # fmt: skip
def test_check_draft_of_the_whole(changes, refusals):
    assert draft(sheet(**changes), own_slug="own") == refusals


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"organisation": ""}, [("organisation_missing", "organisation")]),
        ({"organisation": "other"}, [("organisation_unknown", "organisation")]),
        ({"organisation": "test-gone"}, [("organisation_merged", "organisation")]),
        ({"role": ""}, [("choice_missing", "role")]),
        ({"role": "other"}, [("choice_unknown", "role")]),
        ({"stage": "other"}, [("choice_unknown", "stage")]),
        ({"stage": ""}, []),
        ({"confidence": ""}, [("choice_missing", "confidence")]),
        ({"confidence": "other"}, [("choice_unknown", "confidence")]),
        ({"since": DAY("2027")}, [("since_after_due", "since")]),
        ({"since": DAY("2026")}, []),
        ({"since": None}, []),
    ],
)
def test_check_draft_of_a_part(changes, refusals):
    assert draft(sheet(parts=(replace(LEAD, **changes),))) == [
        (code, f"parts-0-{field}") for code, field in refusals
    ]


def test_check_draft_of_two_parts():
    partner = replace(LEAD, role="partner")
    other = replace(LEAD, organisation="test-unit")

    assert draft(sheet(parts=(LEAD, partner))) == []
    assert draft(sheet(parts=(partner, partner))) == [("part_twice", "parts-1-organisation")]
    assert draft(sheet(parts=(LEAD, other))) == [("two_leads", "parts-1-role")]


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"text_en": ""}, [("text_missing", "text_vi")]),
        ({"text_en": "x" * 1001}, [("too_long", "text_en")]),
        ({"metric": "x\u2066"}, [("hidden_character", "metric")]),
        ({"metric": ""}, [("metric_missing", "metric"), ("baseline_without_metric", "baseline")]),
        ({"unit": ""}, [("unit_missing", "unit")]),
        ({"value": None}, [("value_missing", "value"), ("comparator_without_value", "comparator")]),
        ({"value": Decimal(10) ** 24}, [("figure_too_large", "value")]),
        ({"value": Decimal("NaN")}, [("figure_too_large", "value")]),
        ({"value": Decimal("0.0000001")}, [("figure_too_precise", "value")]),
        ({"value": Decimal("123456789012345678901234.123456")}, []),
        ({"comparator": "other"}, [("choice_unknown", "comparator")]),
        ({"comparator": "range"}, [("upper_missing", "value_max")]),
        ({"comparator": "range", "value_max": Decimal(20000)}, [("range_out_of_order", "value_max")]),
        ({"comparator": "range", "value_max": Decimal(20001)}, []),
        ({"value_max": Decimal(20001)}, [("upper_without_range", "value_max")]),
        ({"direction": "other"}, [("choice_unknown", "direction")]),
        ({"cumulation": "other"}, [("choice_unknown", "cumulation")]),
        ({"baseline": None}, [("baseline_missing", "baseline")]),
        ({"baseline_on": date(2026, 6, 2)}, [("baseline_in_future", "baseline_on")]),
        ({"due": DAY("2025")}, [("baseline_after_due", "baseline_on")]),
        ({"number": 0}, [("number_out_of_range", "number")]),
        ({"number": 10_000}, [("number_out_of_range", "number")]),
    ],
)  # fmt: skip
def test_check_draft_of_a_target(changes, refusals):
    assert draft(sheet(targets=(replace(TARGET, **changes),))) == [
        (code, f"targets-0-{field}") for code, field in refusals
    ]


def test_check_draft_of_a_target_without_a_figure():
    assert draft(sheet(targets=(TargetSaid(number=7, text_vi="Thử"),))) == []


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"title_en": ""}, [("title_missing", "title_vi")]),
        ({"title_en": LONG}, [("too_long", "title_en")]),
        ({"due": None}, [("due_missing", "due")]),
    ],
)
def test_check_draft_of_a_milestone(changes, refusals):
    assert draft(sheet(milestones=(replace(MILESTONE, **changes),))) == [
        (code, f"milestones-0-{field}") for code, field in refusals
    ]


@pytest.mark.parametrize(
    ("row", "refusals"),
    [
        (SourceSaid(slug="test-source"), []),
        (SourceSaid(slug="other"), [("source_unknown", "slug")]),
        (SourceSaid(), [("source_title_missing", "title")]),
        (replace(SOURCE, title="x" * 501), [("too_long", "title")]),
        (replace(SOURCE, publisher="a\x07"), [("hidden_character", "publisher")]),
        (replace(SOURCE, language="fr"), [("choice_unknown", "language")]),
        (replace(SOURCE, kind="other thing"), [("choice_unknown", "kind")]),
        (replace(SOURCE, url="http://localhost/x"), [("address_not_public", "url")]),
        (replace(SOURCE, url=""), []),
    ],
)
def test_check_draft_of_a_source(row, refusals):
    assert draft(sheet(sources=(row,))) == [
        (code, f"sources-0-{field}") for code, field in refusals
    ]


def test_check_draft_of_sources_that_stand_twice():
    known = SourceSaid(slug="test-source")

    assert draft(sheet(sources=(known, SOURCE, known, SOURCE))) == [
        ("source_twice", "sources-2-slug"),
        ("source_twice", "sources-3-url"),
    ]


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"text_vi": "", "text_en": "", "stated_on": None}, [("text_missing", "text_vi")]),
        ({"sources": ()}, [("sources_missing", "sources")]),
        ({"parts": ()}, [("lead_missing", "parts")]),
        ({"parts": (replace(LEAD, since=None),)}, [("since_missing", "parts-0-since")]),
        ({"parts": (replace(LEAD, stage=""),)}, []),
        ({"kind": "national_mission", "parts": (ASSIGNER,)}, [("lead_missing", "parts")]),
        (
            {"kind": "national_mission", "parts": (ASSIGNER, replace(LEAD, stage=""))},
            [("taken_on_missing", "parts-1-stage")],
        ),
        ({"kind": "national_mission", "parts": (replace(LEAD, since=None),)}, []),
        (
            {"kind": "government_task", "priority": "test-priority"},
            [("assigner_missing", "parts")],
        ),
        ({"due": None, "targets": (), "milestones": (), "title_vi": "", "text_vi": ""}, []),
    ],
)
def test_check_publication(changes, refusals):
    assert publication(sheet(**changes)) == refusals


def test_check_publication_says_why_a_quotation_needs_a_source():
    found = check_publication(sheet(basis="quoted", sources=()), KNOWN, today=TODAY)

    assert [str(one.text) for one in found] == [
        "A quotation needs the source that it is quoted from."
    ]


def test_remarks_name_what_is_unusual_and_may_stay():
    late = MilestoneSaid(number=2, title_en="Test late", due=DAY("2027-01"))
    said = sheet(
        kind="government_task", parts=(ASSIGNER,), milestones=(MILESTONE, late),
        targets=(replace(TARGET, due=DAY("2027")),), title_vi="", text_en="",
    )  # fmt: skip

    assert [(one.code, one.field) for one in remarks(said)] == [
        ("after_due", "milestones-1-due"),
        ("after_due", "targets-0-due"),
        ("no_lead", "parts"),
        ("one_language", "title_vi"),
        ("one_language", "text_en"),
    ]
    assert str(remarks(said)[0].text) == (
        "Milestone 2 falls after the commitment's own due date, 2026-12-31."
    )
    assert found(remarks(sheet(due=None, targets=()))) == [
        ("no_due", "due"), ("no_targets", "targets"),
    ]  # fmt: skip
    assert remarks(sheet()) == []


def test_in_order_makes_sheets_comparable():
    rows = {
        "parts": (ASSIGNER, LEAD),
        "targets": (replace(TARGET, number=2), TARGET),
        "milestones": (replace(MILESTONE, number=2), MILESTONE),
        "sources": (SOURCE, SourceSaid(slug="b"), SourceSaid(slug="a")),
    }
    turned = {name: tuple(reversed(row)) for name, row in rows.items()}

    assert in_order(sheet(**rows)) == in_order(sheet(**turned))
    assert [one.role for one in in_order(sheet(**rows)).parts] == ["lead", "assigned_by"]


def test_with_known_sources_names_what_has_that_address():
    new = replace(SOURCE, url="https://example.org/known")

    assert with_known_sources(sheet(sources=(new, SOURCE)), KNOWN).sources == (
        SourceSaid(slug="test-source"), SOURCE,
    )  # fmt: skip
