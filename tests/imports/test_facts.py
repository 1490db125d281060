"""Reading the fact file: every value from its text, every problem with file, list, entry, field."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import commitments
from commitments.errors import Refusals
from commitments.imports.facts import read_facts
from commitments.rules.dates import LimitedDate
from tests.imports.small_facts import TODAY, read, written

SEED = Path(commitments.__file__).parent / "seed" / "facts.yaml"


def problems(path):
    """What reading refuses, one text a problem, without the directory."""
    with pytest.raises(Refusals) as refused:
        read_facts(path, today=TODAY)
    return [str(one).replace(f"{path.parent}/", "") for one in refused.value.refusals]


def test_read_facts_counts_what_stands_inside_other_entries(tmp_path):
    facts = read(tmp_path)

    assert {name: len(entries) for name, entries in facts.items()} == {
        "sources": 2,
        "organisations": 2,
        "priorities": 1,
        "tasks": 1,
        "missions": 1,
        "instruments": 1,
        "mission_acceptances": 1,
        "indicators": 1,
        "points": 2,
        "updates": 3,
        "recognitions": 1,
        "contradictions": 1,
        "gaps": 1,
    }


def test_read_facts_takes_figures_from_their_text(tmp_path):
    facts = read(
        tmp_path,
        ("value: 35000,", "value: 0.1,"),
        ("value: 124.678,", "value: 123456789012345678901234.123456,"),
    )

    targets = facts["missions"][0].said["targets"]
    assert [target["value"] for target in targets] == [Decimal("100000000000"), Decimal(55)]
    assert targets[1]["value_max"] == Decimal("60.5")
    assert [str(point.said["value"]) for point in facts["points"]] == [
        "123456789012345678901234.123456",
        "0.1",
    ]


def test_read_facts_keeps_dates_as_precise_as_they_are(tmp_path):
    facts = read(tmp_path)

    assert [target["due"] for target in facts["missions"][0].said["targets"]] == [
        LimitedDate("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        LimitedDate("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ]
    assert [point.said["period"].text for point in facts["points"]] == ["2020", "2026-01-10"]


def test_an_entry_keeps_what_the_file_spells_without_what_is_null(tmp_path):
    source = read(tmp_path)["sources"][0]

    assert source.content == {
        "id": "test-law",
        "title": "Test law",
        "url": "https://example.org/law",
        "published": "2025-12-20",
        "language": "vi",
        "excerpt_only": True,
    }
    assert source.place == "sources, test-law"


def test_null_and_absent_give_the_same_digest(tmp_path):
    given = read(tmp_path)["sources"][0]
    absent = read(tmp_path, ("publisher: null, ", ""))["sources"][0]

    assert given.digest == absent.digest


def test_words_that_look_like_other_types_stay_text(tmp_path):
    facts = read(tmp_path, ("Test Press", "2026-01-02"), ('number: "1/TEST"', "number: 007"))

    assert facts["sources"][1].said["publisher"] == "2026-01-02"
    assert facts["instruments"][0].said["number"] == "007"


BROKEN = {
    "an unknown source": (
        [
            (
                "sources: [test-law, test-press]\n\nmission",
                "sources: [test-law, test-pres]\n\nmission",
            )
        ],
        [
            "facts.yaml:25: missions, test-mission, sources[2]: “test-pres” is the id of nothing among the sources."
        ],
    ),
    "an unknown organisation": (
        [("organisation: test-firm\n", "organisation: firm\n")],
        [
            "facts.yaml:25: missions, test-mission, organisation: “firm” is the id of nothing among the organisations."
        ],
    ),
    "a programme that is none": (
        [("year: 2026\n", "year: 2024\n")],
        [
            "facts.yaml:25: missions, test-mission, year: “2024” is the id of nothing among the programmes."
        ],
    ),
    "a day that is not in the calendar": (
        [('date: "2026-03-01"', 'date: "2026-02-30"')],
        [
            "facts.yaml:55: updates, number 1, date: “2026-02-30” is not a day written like 2026-05-31."
        ],
    ),
    "a day still to come": (
        [('date: "2026-03-01"', 'date: "2026-06-02"')],
        ["facts.yaml:55: updates, number 1, date: 2026-06-02 lies in the future."],
    ),
    "a date in another spelling": (
        [('published: "2026-03"', 'published: "3/2026"')],
        [
            "facts.yaml:3: sources, test-press, published: “3/2026” is not a date written like 2026, 2026-Q2, 2026-05 or 2026-05-31."
        ],
    ),
    "a figure in another spelling": (
        [("value: 124.678", 'value: "124,678"')],
        [
            "facts.yaml:51: points, test-revenue number 1, value: “124,678” is not a figure written like 1234 or 22.5."
        ],
    ),
    "a figure cut in two by its comma": (
        [("value: 124.678", "value: 124,678")],
        ["facts.yaml:51: points, test-revenue number 1, 678: There is no such field."],
    ),
    "no number": (
        [("value: 124.678", "value: .nan")],
        [
            "facts.yaml:51: points, test-revenue number 1, value: “.nan” is not a figure written like 1234 or 22.5."
        ],
    ),
    "a figure too precise": (
        [("value: 124.678", "value: 124.6780001")],
        [
            "facts.yaml:51: points, test-revenue number 1, value: Ensure that there are no more than 6 decimal places."
        ],
    ),
    "an unknown kind": (
        [("kind: ministry", "kind: minstry")],
        [
            "facts.yaml:6: organisations, test-ministry, kind: “minstry” is none of: company, broadcaster, ministry, central_bank, government, legislature, party_body, association."
        ],
    ),
    "an unknown step": (
        [("status_hint: announced", "status_hint: done")],
        [
            "facts.yaml:56: updates, number 2, status_hint: “done” is none of: announced, accepted, drafting, consultation, in_progress, issued, in_force, fulfilled, context."
        ],
    ),
    "a missing field": (
        [('    title_en: "Test mission"\n', "")],
        ["facts.yaml:25: missions, test-mission, title_en: This field is required."],
    ),
    "a misspelt field": (
        [('title_en: "Test mission"', 'titel_en: "Test mission"')],
        [
            "facts.yaml:25: missions, test-mission, titel_en: There is no such field.",
            "facts.yaml:25: missions, test-mission, title_en: This field is required.",
        ],
    ),
    "a field within a list": (
        [("value_max: 60.5, ", "")],
        [
            "facts.yaml:25: missions, test-mission, targets[2].value_max: A range has one, nothing else has."
        ],
    ),
    "metric without unit": (
        [("unit: percent, ", "")],
        [
            "facts.yaml:25: missions, test-mission, targets[2].value: Metric, value and unit: all or none."
        ],
    ),
    "an id given twice": (
        [("organisations:\n", '  - {id: test-law, title: "Test other law"}\n\norganisations:\n')],
        ["facts.yaml:5: sources, test-law, id: “test-law” is also the id of the entry on line 2."],
    ),
    "an id of a shared space given twice": (
        [
            (
                "indicators:\n",
                'indicators:\n  - {slug: test-task, name_en: "Test", unit: test, points: []}\n',
            )
        ],
        [
            "facts.yaml:46: indicators, test-task, slug: “test-task” is also the id of the entry on line 22."
        ],
    ),
    "the same gap twice": (
        [
            (
                "gaps:\n",
                'gaps:\n  - {text: "Test gap", text_vi: "Khoảng trống thử nghiệm", translated: vi}\n',
            )
        ],
        ["facts.yaml:67: gaps, number 2: This is said already by the entry on line 66."],
    ),
    "a source named twice": (
        [
            (
                'website: "https://example.org", sources: [test-press]',
                'website: "https://example.org", sources: [test-press, test-press]',
            )
        ],
        ["facts.yaml:7: organisations, test-firm, sources: “test-press” stands twice."],
    ),
    "text where a list stands": (
        [
            (
                'website: "https://example.org", sources: [test-press]',
                'website: "https://example.org", sources: test-press',
            )
        ],
        [
            'facts.yaml:7: organisations, test-firm, sources: Expected a list of items but got type "str".'
        ],
    ),
    "an entry that is text": (
        [("gaps:\n", "gaps:\n  - Test gap\n")],
        ["facts.yaml: gaps, number 1: An entry must have named fields."],
    ),
    "a misspelt list": (
        [("gaps:\n", "gasp:\n")],
        [
            "facts.yaml: gasp: There is no such list.",
            "facts.yaml: gaps: This list is missing, or is no list.",
        ],
    ),
    "an inner list left out": (
        [("    points:\n      -", "    dots:\n      -")],
        [
            "facts.yaml:46: points of test-revenue: This list is missing, or is no list.",
            "facts.yaml:46: indicators, test-revenue, dots: There is no such field.",
        ],
    ),
    "an address that is none": (
        [('url: "https://example.org/law"', 'url: "ftp://example.org/law"')],
        ["facts.yaml:2: sources, test-law, url: The address must begin with http:// or https://."],
    ),
    "a key given twice": (
        [("stage: accepted", "stage: accepted\n    stage: selected")],
        ["facts.yaml:32:5: broken YAML: the key “stage” stands twice"],
    ),
    "broken YAML": (
        [("gaps:\n", "gaps: [\n")],
        ["facts.yaml:66:3: broken YAML: did not find expected node content"],
    ),
    "a tag that makes it a float": (
        [("value: 124.678", "value: !!float 124.678")],
        [
            "facts.yaml:51:29: broken YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:float'"
        ],
    ),
    "two problems at once": (
        [("kind: ministry", "kind: minstry"), ("value: 124.678", 'value: "x"')],
        [
            "facts.yaml:6: organisations, test-ministry, kind: “minstry” is none of: company, broadcaster, ministry, central_bank, government, legislature, party_body, association.",
            "facts.yaml:51: points, test-revenue number 1, value: “x” is not a figure written like 1234 or 22.5.",
        ],
    ),
    "a merger without its date": (
        [
            (
                "website: null, sources: [test-law]",
                "website: null, merged_into: test-firm, sources: [test-law]",
            )
        ],
        [
            "facts.yaml:6: organisations, test-ministry, merged: “merged_into” and “merged” are "
            "both given, or neither is.",
        ],
    ),
}
"""What is broken: how the file is changed, and what is said of it."""


@pytest.mark.parametrize("name", BROKEN)
def test_read_facts_names_file_line_list_entry_and_field(tmp_path, name):
    replacements, lines = BROKEN[name]

    assert problems(written(tmp_path, *replacements)) == lines


def test_read_facts_says_in_one_line_that_a_file_cannot_be_read(tmp_path):
    not_text = tmp_path / "latin.yaml"
    not_text.write_bytes("gaps: [Khoảng trống]".encode("utf-16"))
    (tmp_path / "empty.yaml").touch()

    assert problems(tmp_path / "none.yaml") == ["none.yaml: no such file or directory"]
    assert problems(not_text) == ["latin.yaml: is not UTF-8 text (byte 0)"]
    assert problems(tmp_path / "empty.yaml") == [
        "empty.yaml: The file must hold the lists of the fact base."
    ]


def test_the_fact_base_itself_is_whole():
    facts = read_facts(SEED, today=date(2026, 7, 1))

    assert sum(len(entries) for entries in facts.values()) == 352
