"""`manage.py load_facts` on the real fact base and on broken files."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from commitments import models
from commitments.services import record
from tests.imports.small_facts import written

TABLE = """
                        made   unchanged   changed
sources                   94           0         0
organisations             19           0         0
priorities                 4           0         0
tasks                     11           0         0
missions                  22           0         0
instruments               21           0         0
mission acceptances        8           0         0
indicators                33           0         0
points                    67           0         0
updates                   28           0         0
recognitions              16           0         0
contradictions            13           0         0
gaps                      16           0         0

In the record: 33 commitments (24 in 2026, 9 in 2025).
"""


def run(*args, **options):
    """Standard output and error of the command."""
    out, err = StringIO(), StringIO()
    call_command("load_facts", *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def refused(*args, **options):
    """The last line and what was said before it, when the command ends with exit code 1."""
    err = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("load_facts", *args, stdout=StringIO(), stderr=err, **options)
    assert caught.value.returncode == 1
    return str(caught.value), err.getvalue().splitlines()


def counts():
    return {
        name: getattr(models, name).objects.count()
        for name in (
            "Source",
            "Organisation",
            "Instrument",
            "Programme",
            "Priority",
            "Commitment",
            "Wording",
            "Target",
            "Participation",
            "Acceptance",
            "Indicator",
            "IndicatorPoint",
            "StatusUpdate",
            "Evidence",
            "RecordNote",
            "Recognition",
            "Contradiction",
            "Gap",
        )
    }


@pytest.mark.django_db
def test_load_facts_loads_the_whole_fact_base_and_twice_is_once():
    first, _ = run()
    made = counts()
    head = models.RecordHead.objects.get().hash
    second, _ = run()

    assert first.partition("\n\n")[2] == TABLE[1:]
    assert "  points: 67 made\n" in first
    rows = [line.split() for line in TABLE.splitlines()[2:15]]
    assert [line.split() for line in second.splitlines() if line[:1].islower()] == [
        [*row[:-3], "0", row[-3], "0"] for row in rows
    ]
    assert made == {
        "Source": 94,
        "Organisation": 19,
        "Instrument": 21,
        "Programme": 2,
        "Priority": 4,
        "Commitment": 33,
        "Wording": 33,
        "Target": 20,
        "Participation": 28,
        "Acceptance": 8,
        "Indicator": 33,
        "IndicatorPoint": 67,
        "StatusUpdate": 23,
        "Evidence": 32,
        "RecordNote": 5,
        "Recognition": 16,
        "Contradiction": 13,
        "Gap": 16,
    }
    assert counts() == made
    assert models.RecordHead.objects.get().hash == head
    assert list(record.verify()) == []


def test_the_loaded_commitments_stand_as_their_updates_say(facts):
    stated = models.Commitment.objects.exclude(stage="").values_list(
        "slug", "stage", "stage_as_of_on__day", "stage_update__step"
    )

    assert sorted(stated) == [
        ("1matrix-blockchain-traceability-2026", "in_progress", 1, "in_progress"),
        ("ai-sandbox-decree", "in_progress", 30, "issued"),
        ("build-leading-enterprises", "in_progress", 4, "in_progress"),
        ("guidance-for-new-laws", "in_progress", 29, "in_progress"),
        ("ip-and-data-as-collateral", "in_progress", 31, "in_progress"),
        ("procurement-policy-domestic-technology", "in_progress", 25, "in_progress"),
        ("viettel-5g-network-2025", "complete", 22, "fulfilled"),
        ("viettel-chip-fab-2030", "in_progress", 16, "in_progress"),
    ]


def test_the_eight_firms_stand_as_the_facts_have_them(facts):
    programme = models.Programme.objects.get(slug="2026")

    assert programme.missions_said == 8
    assert programme.delivery_unit.slug == "most"
    assert programme.reporting_starts_on is None
    assert list(programme.acceptances.values_list("organisation__slug", "confidence")) == [
        ("cmc", "confirmed"),
        ("1matrix", "confirmed"),
        ("fpt", "confirmed"),
        ("viettel", "probable"),
        ("vnpt", "probable"),
        ("sovico", "probable"),
        ("misa", "unverified"),
        ("vtv", "unverified"),
    ]


def test_figures_of_the_fact_base_are_exact(facts):
    revenue = models.IndicatorPoint.objects.filter(
        indicator__slug="digital-technology-industry-revenue"
    ).order_by("number")

    assert [f"{point.period} {point.value.normalize():f}" for point in revenue] == [
        "2020 124.678",
        "2021 136.153",
        "2023 142",
        "2023 137",
        "2024 151.86",
        "2024 149.3",
        "2025 157.1",
        "2025 198",
    ]
    [uses] = models.Target.objects.filter(commitment__slug="fpt-vietnamese-llm-usage-2026")
    assert f"{uses.value:f}" == "100000000000.000000"


def test_nobody_owes_anything_after_loading(facts):
    assert models.Obligation.objects.count() == 0
    assert models.ReportingPeriod.objects.count() == 0


@pytest.mark.django_db
def test_a_broken_file_is_refused_and_nothing_is_loaded(tmp_path):
    path = written(
        tmp_path, ("kind: ministry", "kind: minstry"), ('date: "2026-03-01"', 'date: "March"')
    )

    last, lines = refused(path)

    assert lines == [
        f"{path}:6: organisations, test-ministry, kind: “minstry” is none of: company, "
        "broadcaster, ministry, central_bank, government, legislature, party_body, association.",
        f"{path}:55: updates, number 1, date: “March” is not a day written like 2026-05-31.",
    ]
    assert last == "2 problems in facts.yaml. Nothing was loaded."
    assert set(counts().values()) == {0}


@pytest.mark.django_db
def test_a_missing_file_is_said_in_one_line(tmp_path):
    path = tmp_path / "none.yaml"

    assert refused(path) == (f"{path}: no such file or directory. Nothing was loaded.", [])


@pytest.mark.django_db
def test_what_the_database_refuses_half_way_leaves_nothing(tmp_path):
    path = written(tmp_path)
    models.LoadedEntry.objects.create(
        list_name="gaps", key="1", digest="0" * 64, loaded_at="2026-06-01T00:00:00Z"
    )

    last, lines = refused(path)

    assert (last.partition(":")[0], lines) == ("The database refused", [])
    assert set(counts().values()) == {0}


@pytest.mark.django_db
def test_a_changed_entry_is_refused_until_a_reason_is_given(tmp_path):
    run(written(tmp_path))
    path = written(tmp_path, ('name_en: "Test firm"', 'name_en: "Test new firm"'))

    assert refused(path) == (
        "1 problem in facts.yaml. Nothing was loaded.",
        [
            f"{path}: organisations, test-firm, name_en: was “Test firm”, is now “Test new firm”.",
            'To correct what changed, give a reason: manage.py load_facts --correct "reason"',
            "(only what may be corrected; the rest has to be put back as it was).",
        ],
    )
    assert refused(path, correct=" ")[0] == (
        "--correct needs a reason that readers of the record can use."
    )
    out, _ = run(path, correct="Test reason")
    assert [line.split() for line in out.splitlines() if line.startswith("organisations")] == [
        ["organisations", "0", "1", "1"]
    ]
    assert models.Organisation.objects.get(slug="test-firm").name_en == "Test new firm"


@pytest.mark.django_db
def test_it_says_what_is_no_longer_in_the_file(tmp_path):
    run(written(tmp_path))
    gap = '  - {text: "Test gap", text_vi: "Khoảng trống thử nghiệm", translated: vi}\n'

    out, _ = run(written(tmp_path, ("gaps:\n" + gap, "gaps: []\n")))

    assert "  gaps: 0 made\n    1: no longer in the file; it stays in the record\n" in out
    assert models.Gap.objects.count() == 1


@pytest.mark.django_db
def test_it_is_silent_when_asked(tmp_path):
    assert run(written(tmp_path), verbosity=0) == ("", "")
