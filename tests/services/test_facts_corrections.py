"""Corrections: refused with a list, written with a reason, never over what stays for ever."""

from datetime import date

import pytest

from commitments import models
from commitments.services import record
from tests.imports.small_facts import TODAY
from tests.services.test_facts import NOW, counts, events, load, refused

pytestmark = pytest.mark.django_db

NAMES = (
    ('name_en: "Test firm"', 'name_en: "Test new firm"'),
    ('title_en: "Test mission"', 'title_en: "Test new mission"'),
    ('text: "Test gap"', 'text: "Test wider gap"'),
)


def test_a_changed_entry_is_refused_with_what_changed(tmp_path):
    load(tmp_path)
    rows = counts()

    assert refused(tmp_path, *NAMES) == [
        "organisations, test-firm, name_en: was “Test firm”, is now “Test new firm”.",
        "missions, test-mission, title_en: was “Test mission”, is now “Test new mission”.",
        "gaps, number 1, text: was “Test gap”, is now “Test wider gap”.",
    ]
    assert counts() == rows


def test_a_correction_rewrites_what_changed_and_nothing_else(tmp_path):
    load(tmp_path)
    models.Organisation.objects.filter(slug="test-firm").update(website="https://staff.example.org")

    outcome = load(tmp_path, *NAMES, reason="Test reason")

    assert {name: said for name, said in outcome.items() if said[2]} == {
        "organisations": (0, 1, 1),
        "missions": (0, 0, 1),
        "gaps": (0, 0, 1),
    }
    firm = models.Organisation.objects.get(slug="test-firm")
    assert (firm.name_en, firm.website, firm.search_text) == (
        "Test new firm",
        "https://staff.example.org",
        " test new firm",
    )
    assert events("organisation", "test-firm")[1:] == [("corrected", TODAY)]
    assert events("gap", "1")[1:] == [("corrected", TODAY)]
    assert load(tmp_path, *NAMES)["organisations"] == (0, 2, 0)


def test_the_reason_is_kept_with_what_was_said_before(tmp_path):
    load(tmp_path)
    load(tmp_path, NAMES[0], reason="Test reason")

    entry = models.LoadedEntry.objects.get(list_name="organisations", key="test-firm")
    assert entry.corrections == [
        {
            "corrected_at": "2026-06-01T02:00:00.000000Z",
            "reason": "Test reason",
            "before": {"name_en": "Test firm"},
        }
    ]
    assert entry.content["name_en"] == "Test new firm"


def test_a_changed_title_is_found_by_search(tmp_path):
    load(tmp_path)
    load(tmp_path, NAMES[1], reason="Test reason")

    mission = models.Commitment.objects.get(slug="test-mission")
    assert mission.search_text == " nhiem vu thu nghiem test new mission cp26 001 test firm"
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'description_en: "Test description"',
            'description_en: "Test other"',
            "missions, test-mission, description_en: was “Test description”, is now “Test other”. "
            "Cannot be corrected: the original wording, due date and targets stay for ever; a "
            "later one goes through a change request.",
        ),
        (
            'title_en: "Test task"',
            'title_en: "Test other"',
            "tasks, test-task, title_en: was “Test task”, is now “Test other”. Cannot be "
            "corrected: the original wording, due date and targets stay for ever; a later one "
            "goes through a change request.",
        ),
        (
            'due: "2026-Q2"',
            'due: "2027"',
            "missions, test-mission, targets[1].due: was “2026-Q2”, is now “2027”. Cannot be "
            "corrected: the original wording, due date and targets stay for ever; a later one "
            "goes through a change request.",
        ),
        (
            "year: 2026\n",
            "year: 2025\n",
            "missions, test-mission, year: was “2026”, is now “2025”. Cannot be corrected: the "
            "reference was given for this programme and kind.",
        ),
        (
            "organisation: test-firm\n",
            "organisation: test-ministry\n",
            "missions, test-mission, organisation: was “test-firm”, is now “test-ministry”. Cannot "
            "be corrected: another body takes it over by a change request; only a body where none "
            "was named is added.",
        ),
        (
            "value: 124.678",
            "value: 124.679",
            "points, test-revenue number 1, value: was “124.678”, is now “124.679”. Cannot be "
            "corrected: a published figure stays; add the new one as a point of its own.",
        ),
        (
            'unit: "billion USD"',
            'unit: "million USD"',
            "indicators, test-revenue, unit: was “billion USD”, is now “million USD”. Cannot be "
            "corrected: every published figure is in this unit; add an indicator of its own.",
        ),
    ],
)
def test_what_stays_for_ever_is_refused_with_a_reason_too(tmp_path, old, new, line):
    load(tmp_path)
    rows = counts()

    assert refused(tmp_path, (old, new), reason="Test reason") == [line]
    assert counts() == rows


def test_a_changed_update_is_corrected_by_a_new_one(tmp_path):
    load(tmp_path)
    wrong = 'date: "2026-03-01", subject: test-mission, status_hint: in_progress'
    right = 'date: "2026-03-05", subject: test-mission, status_hint: context'

    outcome = load(tmp_path, (wrong, right), reason="Test reason", language="en")

    assert outcome["updates"] == (0, 2, 1)
    mission = models.Commitment.objects.get(slug="test-mission")
    assert list(
        mission.updates.order_by("number").values_list(
            "number", "as_of_on", "stage", "corrects__number", "correction_reason_en", "origin"
        )
    ) == [
        (1, date(2026, 1, 5), "", None, "", "fact_import"),
        (2, date(2026, 3, 1), "in_progress", None, "", "fact_import"),
        (3, date(2026, 3, 5), "", 2, "Test reason", "fact_import"),
    ]
    assert mission.stage == ""
    assert events("status_update", "test-mission/3") == [("corrected", TODAY)]
    assert list(record.verify()) == []


def test_an_update_corrected_twice_names_the_correction_before(tmp_path):
    load(tmp_path)
    first = ('summary_en: "Test progress"', 'summary_en: "Test progress, corrected"')
    second = ('summary_en: "Test progress"', 'summary_en: "Test progress, corrected twice"')
    load(tmp_path, first, reason="Test reason")
    load(tmp_path, second, reason="Test second reason")

    mission = models.Commitment.objects.get(slug="test-mission")
    assert list(
        mission.updates.order_by("number").values_list("number", "corrects__number", "summary_en")
    ) == [
        (1, None, "Test announcement"),
        (2, None, "Test progress"),
        (3, 2, "Test progress, corrected"),
        (4, 3, "Test progress, corrected twice"),
    ]
    assert load(tmp_path, second)["updates"] == (0, 3, 0)


def test_a_changed_note_is_corrected_in_its_place(tmp_path):
    load(tmp_path)

    load(tmp_path, ('summary_en: "Test effect"', 'summary_en: "Test later"'), reason="Test reason")

    assert list(models.RecordNote.objects.values_list("number", "summary_en")) == [
        (1, "Test later")
    ]
    assert events("record_note", "1") == [("loaded", date(2026, 3, 2)), ("corrected", TODAY)]


def test_how_sure_we_are_is_corrected_on_the_part(tmp_path):
    load(tmp_path)

    load(tmp_path, ("confidence: probable\n", "confidence: confirmed\n"), reason="Test reason")

    mission = models.Commitment.objects.get(slug="test-mission")
    assert mission.lead.confidence == "confirmed"
    assert events("participation", "test-mission/lead/test-firm")[1:] == [("corrected", TODAY)]
    assert events("commitment", "test-mission")[3:] == []


def test_a_body_now_named_is_added(tmp_path):
    load(tmp_path)

    load(tmp_path, ("selected_by: null", "selected_by: test-ministry"), reason="Test reason")

    mission = models.Commitment.objects.get(slug="test-mission")
    assert list(mission.participations.values_list("organisation__slug", "role", "stage")) == [
        ("test-firm", "lead", "accepted"),
        ("test-ministry", "selected_by", ""),
    ]
    assert list(record.verify()) == []


def test_links_follow_the_file_and_those_of_people_stay(tmp_path):
    load(tmp_path)
    mission = models.Commitment.objects.get(slug="test-mission")
    theirs = models.Source.objects.create(slug="test-staff", title="Test staff", published_at=NOW)
    record.publish(theirs, action="published", by=record.EDITORS, effective_on=TODAY, now=NOW)
    mission.sources.add(theirs)
    sources = "sources: [test-law, test-press]\n\nmission_acc"

    load(
        tmp_path,
        (sources, "instruments: [test-decree]\n    sources: [test-press]\n\nmission_acc"),
        ("instruments: [test-decree], ", ""),
        reason="Test reason",
    )

    assert sorted(source.slug for source in mission.sources.all()) == ["test-press", "test-staff"]
    decree = models.Instrument.objects.get(slug="test-decree")
    assert [one.slug for one in decree.commitments.all()] == ["test-mission"]
    assert list(record.verify()) == []
