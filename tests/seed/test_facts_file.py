"""The fact base as a file: references, languages, comparators and how much there is of everything."""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml

import commitments

FACTS_FILE = Path(commitments.__file__).parent / "seed" / "facts.yaml"
COMPARATORS = {"at_least", "more_than", "about", "exactly", "range"}


@pytest.fixture(scope="module")
def facts():
    return yaml.safe_load(FACTS_FILE.read_text(encoding="utf-8"))


def tasks(facts):
    return [task for priority in facts["priorities"] for task in priority["tasks"]]


def targets(facts):
    """Each target with the slug of its mission."""
    return [(mission["slug"], t) for mission in facts["missions"] for t in mission["targets"]]


def points(facts):
    """Each point with the slug of its indicator."""
    return [
        (indicator["slug"], p) for indicator in facts["indicators"] for p in indicator["points"]
    ]


def slugs(entries):
    return [entry["slug"] for entry in entries]


def subjects(facts):
    """Everything an update can be about: commitments and record entries share one space of ids."""
    named = (tasks(facts), facts["missions"], facts["instruments"], facts["indicators"])
    return list(chain.from_iterable(slugs(entries) for entries in named))


def texts_in_both_languages(facts):
    """(English, Vietnamese, mark) of every text that the editors translated."""
    kinds = [
        ([target for _, target in targets(facts)], "text"),
        (facts["mission_acceptances"], "reason"),
        (facts["recognitions"], "what"),
        (facts["contradictions"], "topic"),
        (facts["contradictions"], "text"),
        (facts["gaps"], "text"),
    ]
    return [
        (entry.get(key), entry.get(f"{key}_vi"), entry.get("translated"))
        for entries, key in kinds
        for entry in entries
    ]


def entries_with_sources(facts):
    lists = ("organisations", "instruments", "priorities", "missions", "mission_acceptances")
    lists += ("updates", "recognitions", "contradictions")
    return [entry for name in lists for entry in facts[name]] + tasks(facts)


def test_facts_are_all_there(facts):
    on_commitments = set(slugs(tasks(facts)) + slugs(facts["missions"]))
    counts = {name: len(entries) for name, entries in facts.items()}
    counts["tasks"] = len(tasks(facts))
    counts["targets"] = len(targets(facts))
    counts["points"] = len(points(facts))
    counts["updates on commitments"] = sum(
        update["subject"] in on_commitments for update in facts["updates"]
    )

    assert counts == {
        "sources": 94,
        "organisations": 19,
        "instruments": 21,
        "priorities": 4,
        "tasks": 11,
        "missions": 22,
        "targets": 20,
        "mission_acceptances": 8,
        "indicators": 33,
        "points": 67,
        "updates": 28,
        "updates on commitments": 23,
        "recognitions": 16,
        "contradictions": 13,
        "gaps": 16,
    }


def test_missions_fall_in_two_years(facts):
    assert Counter(mission["year"] for mission in facts["missions"]) == {2026: 13, 2025: 9}


def test_ids_are_unique(facts):
    spaces = {
        "sources": [source["id"] for source in facts["sources"]],
        "organisations": slugs(facts["organisations"]),
        "priorities": slugs(facts["priorities"]),
        "subjects": subjects(facts),
    }

    repeated = {
        space: [name for name, times in Counter(names).items() if times > 1]
        for space, names in spaces.items()
    }

    assert repeated == {"sources": [], "organisations": [], "priorities": [], "subjects": []}


def test_every_source_referred_to_exists(facts):
    known = {source["id"] for source in facts["sources"]}
    cited = set(chain.from_iterable(entry["sources"] for entry in entries_with_sources(facts)))
    cited |= {point["source"] for _, point in points(facts)}

    assert cited - known == set()


def test_every_entry_names_a_source(facts):
    assert [entry for entry in entries_with_sources(facts) if not entry["sources"]] == []


def test_every_organisation_referred_to_exists(facts):
    named = {instrument["issuer"] for instrument in facts["instruments"]}
    named |= {task["assigned_to"] for task in tasks(facts)}
    for entry in facts["missions"] + facts["mission_acceptances"] + facts["recognitions"]:
        named |= {entry["organisation"], entry.get("selected_by")}

    assert named - {None} - set(slugs(facts["organisations"])) == set()


def test_every_mission_referred_to_exists(facts):
    named = set(chain.from_iterable(entry["missions"] for entry in facts["mission_acceptances"]))
    named |= {entry["mission"] for entry in facts["recognitions"] if "mission" in entry}

    assert named - set(slugs(facts["missions"])) == set()


def test_every_update_is_about_something_known(facts):
    assert {update["subject"] for update in facts["updates"]} - set(subjects(facts)) == set()


def test_translated_texts_have_both_languages_and_say_who_translated(facts):
    texts = texts_in_both_languages(facts)
    incomplete = [
        text
        for text in texts
        if not (text[0] and text[0].strip() and text[1] and text[1].strip() and text[2] == "vi")
    ]

    assert len(texts) == 20 + 8 + 16 + 13 + 13 + 16
    assert incomplete == []


def test_no_text_stands_in_for_its_translation(facts):
    assert [en for en, vi, _ in texts_in_both_languages(facts) if en == vi] == []


def test_equal_texts_are_translated_alike(facts):
    translations = {}
    for en, vi, _ in texts_in_both_languages(facts):
        translations.setdefault(en, set()).add(vi)

    assert [en for en, said in translations.items() if len(said) > 1] == []


def test_ids_quoted_in_a_text_are_quoted_in_its_translation(facts):
    ids = {source["id"] for source in facts["sources"]} | {"excerpt_only"}

    def quoted(text):
        return ids & set(re.findall(r"[\w-]+", text))

    pairs = [(quoted(en), quoted(vi)) for en, vi, _ in texts_in_both_languages(facts)]

    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    assert set().union(*(en for en, _ in pairs)) == {
        "seed-000",
        "sggp-viettel",
        "cafef-national-missions",
        "excerpt_only",
    }


def test_comparators_come_from_the_agreed_set(facts):
    used = {
        entry["comparator"] for _, entry in targets(facts) + points(facts) if "comparator" in entry
    }

    assert used - COMPARATORS == set()


def test_range_is_what_has_an_upper_value(facts):
    disagreeing = [
        entry
        for _, entry in targets(facts) + points(facts)
        if (entry.get("comparator") == "range") != (entry.get("value_max") is not None)
    ]

    assert disagreeing == []


def test_comparators_of_targets_are_those_of_the_prose(facts):
    said = [
        (slug, target["value"], target.get("comparator"))
        for slug, target in targets(facts)
        if target["value"] is not None
    ]

    assert said == [
        ("fpt-long-chau-health-assistant-2026", 10_000_000, "about"),
        ("fpt-civil-service-assistant-2026", 100_000, "more_than"),
        ("fpt-vietnamese-llm-usage-2026", 100_000_000_000, "at_least"),
        ("viettel-5g-expansion-2026", 15_000, None),
        ("viettel-5g-expansion-2026", 85, "about"),
        ("vnpt-5g-coverage-2026", 55, "range"),
        ("most-vietnamese-llm-100b-2026", 100_000_000_000, "at_least"),
        ("viettel-5g-network-2025", 20_000, "at_least"),
        ("vnpt-genai-llm-2027", 100_000_000_000, "at_least"),
        ("misa-llm-100b", 100_000_000_000, "at_least"),
        ("misa-llm-100b", 2_500_000_000_000, None),  # "over five years" is a span, not a bound
    ]


def test_a_target_without_a_value_has_no_comparator(facts):
    assert [t for _, t in targets(facts) if t["value"] is None and "comparator" in t] == []


def test_comparators_of_points_are_those_of_their_notes(facts):
    said = [
        (slug, point["value"], point["comparator"])
        for slug, point in points(facts)
        if "comparator" in point
    ]

    assert said == [
        ("digital-technology-workforce", 1_900_000, "more_than"),
        ("overseas-revenue", 10, "about"),
        ("firms-with-overseas-revenue", 2100, "more_than"),
        ("5g-population-coverage", 59, "about"),
        ("5g-population-coverage", 91, "more_than"),
        ("5g-base-stations", 35000, "more_than"),
        ("cashless-transactions", 20, "more_than"),
        ("science-technology-sector-monthly-revenue", 499, "about"),
        ("digital-economy-share-of-gdp", 30, "at_least"),
        ("science-technology-contribution-to-gdp", 16.4, "more_than"),
        ("high-tech-export-share", 45, "at_least"),
        ("high-tech-export-share", 50, "at_least"),
        ("tfp-share-of-growth", 55, "more_than"),
        ("world-level-digital-firms", 5, "at_least"),
        ("strategic-products-commercialised", 5, "at_least"),
        ("vtvgo-installs", 50, "more_than"),
    ]
