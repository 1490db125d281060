"""Loading facts: rows, stages, events; twice is once, and people's work stays."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commitments import models
from commitments.errors import Refusals
from commitments.services import record
from commitments.services.facts import load_facts
from tests.factories import OrganisationFactory, SourceFactory
from tests.imports.small_facts import TODAY, read

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


def load(tmp_path, *replacements, **options):
    """Load the small file, changed; {list: (made, unchanged, changed)} where something is said."""
    facts = read(tmp_path, *replacements)
    outcomes = load_facts(facts=facts, now=NOW, today=TODAY, **options)
    return {one.list_name: (one.made, one.unchanged, one.changed) for one in outcomes}


def refused(tmp_path, *replacements, **options):
    with pytest.raises(Refusals) as caught:
        load(tmp_path, *replacements, **options)
    return [str(one) for one in caught.value.refusals]


def events(kind, key):
    """(action, effective on) of every event of an object."""
    rows = models.PublicEvent.objects.filter(object_kind=kind, object_key=key)
    return list(rows.values_list("action", "effective_on"))


def counts():
    tables = ("Source", "Commitment", "StatusUpdate", "PublicEvent", "LoadedEntry", "Programme")
    return {name: getattr(models, name).objects.count() for name in tables}


def test_load_facts_makes_every_entry_once(tmp_path):
    first = load(tmp_path)
    rows = counts()
    second = load(tmp_path)

    assert first == {
        "sources": (2, 0, 0),
        "organisations": (2, 0, 0),
        "priorities": (1, 0, 0),
        "tasks": (1, 0, 0),
        "missions": (1, 0, 0),
        "instruments": (1, 0, 0),
        "mission_acceptances": (1, 0, 0),
        "indicators": (1, 0, 0),
        "points": (2, 0, 0),
        "updates": (3, 0, 0),
        "recognitions": (1, 0, 0),
        "contradictions": (1, 0, 0),
        "gaps": (1, 0, 0),
    }
    assert second == {name: (0, made, 0) for name, (made, _, _) in first.items()}
    assert counts() == rows
    assert list(record.verify()) == []


def test_load_facts_makes_a_mission_with_wording_targets_and_lead(tmp_path):
    load(tmp_path)

    mission = models.Commitment.objects.get(slug="test-mission")
    assert {
        "reference": mission.reference,
        "kind": mission.kind,
        "programme": mission.programme.slug,
        "speaker": mission.speaker,
        "due": (mission.due, mission.due_earliest, mission.due_latest),
        "original_due": mission.original_due,
        "sources": sorted(source.slug for source in mission.sources.all()),
        "search_text": mission.search_text,
    } == {
        "reference": "CP26-001",
        "kind": "corporate_pledge",
        "programme": "2026",
        "speaker": "body",
        "due": ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        "original_due": "2026",
        "sources": ["test-law", "test-press"],
        "search_text": " nhiem vu thu nghiem test mission cp26 001 test firm",
    }
    assert list(mission.wordings.values_list("number", "basis", "text_vi", "text_en")) == [
        (1, "summarised", "Mô tả thử nghiệm", "Test description")
    ]
    assert list(
        mission.targets.values_list("number", "comparator", "value", "value_max", "unit", "due")
    ) == [
        (1, "at_least", Decimal(100_000_000_000), None, "uses", "2026-Q2"),
        (2, "range", Decimal(55), Decimal("60.5"), "percent", "2026"),
    ]
    assert list(
        mission.participations.values_list("organisation__slug", "role", "stage", "confidence")
    ) == [("test-firm", "lead", "accepted", "probable")]


def test_load_facts_makes_a_task_of_its_priority(tmp_path):
    load(tmp_path)

    task = models.Commitment.objects.get(slug="test-task")
    lead = task.lead
    assert (task.reference, task.priority.slug, task.speaker, task.note, task.due) == (
        "GT26-001",
        "test-priority",
        "government",
        "Test note",
        "",
    )
    assert (lead.organisation.slug, lead.stage, lead.confidence) == (
        "test-ministry",
        "assigned",
        "confirmed",
    )
    assert [instrument.slug for instrument in task.instruments.all()] == ["test-decree"]
    assert task.wordings.get().text_en == "Test task"


def test_a_task_that_names_no_body_has_no_lead(tmp_path):
    load(tmp_path, ("assigned_to: test-ministry", "assigned_to: null"))

    assert models.Commitment.objects.get(slug="test-task").lead is None


def test_load_facts_numbers_updates_by_date_and_moves_the_stage(tmp_path):
    load(tmp_path)

    mission = models.Commitment.objects.get(slug="test-mission")
    assert list(
        mission.updates.order_by("number").values_list(
            "number", "as_of_on", "stage", "step", "kind", "origin", "body__slug", "state"
        )
    ) == [
        (1, date(2026, 1, 5), "", "announced", "progress", "fact_import", "test-firm", "published"),
        (
            2,
            date(2026, 3, 1),
            "in_progress",
            "in_progress",
            "progress",
            "fact_import",
            "test-firm",
            "published",
        ),
    ]
    assert (mission.stage, mission.stage_as_of_on, mission.stage_update.number) == (
        "in_progress",
        date(2026, 3, 1),
        2,
    )
    assert [evidence.source.slug for evidence in mission.stage_update.evidence.all()] == [
        "test-press"
    ]


@pytest.mark.parametrize(
    ("step", "speaker", "stage", "closed_on"),
    [
        ("announced", "company", "", None),
        ("accepted", "press", "", None),
        ("context", "government", "", None),
        ("issued", "government", "in_progress", None),
        ("fulfilled", "company", "reported_complete", None),
        ("fulfilled", "government", "complete", date(2026, 3, 1)),
        ("fulfilled", "press", "complete", date(2026, 3, 1)),
    ],
)
def test_a_loaded_step_moves_the_stage_as_it_says(tmp_path, step, speaker, stage, closed_on):
    said = "status_hint: in_progress, stated_by: company"
    load(tmp_path, (said, f"status_hint: {step}, stated_by: {speaker}"))

    mission = models.Commitment.objects.get(slug="test-mission")
    assert (mission.stage, mission.closed_on) == (stage, closed_on)


def test_news_on_an_instrument_is_a_record_note(tmp_path):
    load(tmp_path)

    assert list(
        models.RecordNote.objects.values_list("number", "instrument__slug", "step", "said_on")
    ) == [(1, "test-decree", "in_force", date(2026, 3, 2))]


def test_events_count_from_the_day_that_the_facts_state(tmp_path):
    load(tmp_path)

    assert {
        name: events(*name)
        for name in [
            ("programme", "2025"),
            ("source", "test-law"),
            ("source", "test-press"),
            ("organisation", "test-firm"),
            ("instrument", "test-decree"),
            ("commitment", "test-mission"),
            ("indicator_point", "test-revenue/1"),
            ("status_update", "test-mission/2"),
            ("record_note", "1"),
            ("gap", "1"),
        ]
    } == {
        ("programme", "2025"): [("loaded", date(2025, 1, 15))],
        ("source", "test-law"): [("loaded", date(2025, 12, 20))],
        ("source", "test-press"): [("loaded", date(2026, 3, 31))],
        ("organisation", "test-firm"): [("loaded", date(2025, 1, 15))],
        ("instrument", "test-decree"): [("loaded", date(2026, 1, 2))],
        ("commitment", "test-mission"): [
            ("loaded", date(2025, 12, 30)),
            ("stage_set", date(2026, 1, 5)),
            ("stage_set", date(2026, 3, 1)),
        ],
        ("indicator_point", "test-revenue/1"): [("loaded", date(2025, 12, 20))],
        ("status_update", "test-mission/2"): [("loaded", date(2026, 3, 1))],
        ("record_note", "1"): [("loaded", date(2026, 3, 2))],
        ("gap", "1"): [("loaded", date(2025, 12, 30))],
    }


def test_a_second_load_leaves_what_people_changed(tmp_path):
    load(tmp_path)
    models.Organisation.objects.filter(slug="test-firm").update(name_vi="Test by staff")

    again = load(tmp_path)

    assert again["organisations"] == (0, 2, 0)
    assert models.Organisation.objects.get(slug="test-firm").name_vi == "Test by staff"


def test_an_added_entry_is_loaded_wherever_it_stands(tmp_path):
    load(tmp_path)
    gap = 'gaps:\n  - {text: "Test new gap", text_vi: "Khoảng trống mới", translated: vi}\n'
    update = (
        'updates:\n  - {date: "2026-04-01", subject: test-task, status_hint: drafting, '
        'stated_by: press, summary_en: "Test draft", summary_vi: "Dự thảo", sources: [test-law]}\n'
    )

    outcome = load(tmp_path, ("gaps:\n", gap), ("updates:\n", update))

    assert {name: said for name, said in outcome.items() if said[0]} == {
        "updates": (1, 3, 0),
        "gaps": (1, 1, 0),
    }
    assert list(models.Gap.objects.values_list("number", "text_en")) == [
        (1, "Test gap"),
        (2, "Test new gap"),
    ]
    assert models.Commitment.objects.get(slug="test-task").stage == "in_progress"


def test_a_new_commitment_is_linked_with_an_instrument_loaded_before(tmp_path):
    load(tmp_path)
    task = (
        '      - {slug: test-task-2, title_en: "Test task 2", title_vi: "Việc 2", '
        "instruments: [test-decree], sources: [test-law]}\n\nmissions:\n"
    )

    load(tmp_path, ("\nmissions:\n", task))

    decree = models.Instrument.objects.get(slug="test-decree")
    assert sorted(one.slug for one in decree.commitments.all()) == ["test-task", "test-task-2"]
    assert events("instrument", "test-decree") == [
        ("loaded", date(2026, 1, 2)),
        ("loaded", date(2025, 12, 30)),
    ]
    assert list(record.verify()) == []


def test_an_entry_left_out_is_reported_and_stays(tmp_path):
    load(tmp_path)
    left_out = '  - {text: "Test gap", text_vi: "Khoảng trống thử nghiệm", translated: vi}\n'
    facts = read(tmp_path, ("gaps:\n" + left_out, "gaps: []\n"))

    outcomes = load_facts(facts=facts, now=NOW, today=TODAY)

    assert {one.list_name: one.removed for one in outcomes if one.removed} == {"gaps": ("1",)}
    assert models.Gap.objects.count() == 1


def test_an_id_that_people_gave_already_is_refused(tmp_path):
    OrganisationFactory(slug="test-firm")
    SourceFactory(slug="test-law")
    rows = counts()

    assert refused(tmp_path) == [
        "sources, test-law: the record has one with this id that was not loaded from the fact "
        "file.",
        "organisations, test-firm: the record has one with this id that was not loaded from the "
        "fact file.",
    ]
    assert counts() == rows
