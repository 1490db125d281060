"""The method defines every value that a reader can meet, and no published version changes."""

import hashlib
from datetime import date

import pytest
from django.utils import translation

from commitments.models import Forecast, Reporting, Stage, Step, Verification
from commitments.reports import definitions
from commitments.reports.definitions import VERSIONS
from commitments.reports.standings import WORST_FIRST
from commitments.templatetags.ui.bars import distribution

PUBLISHED = {
    1: "fed0bd890b88c4191acc47408280eef987603cfb83fa7e863459aa4a1273a82f",
    2: "728b7baee4c309ac7123ceb0de0ffab8e6b3f834a635815d50342aebad073517",
}
"""SHA-256 of each version's English text. A new rule is a new version: never mend a hash."""


def _texts(method):
    yield f"{method.version} {method.valid_from}"
    for axis in method.axes:
        yield from (axis.axis, axis.name, axis.question, axis.set_by)
        for definition in axis.values:
            yield from definition
    for section in method.sections:
        yield from (section.key, section.heading, *section.texts)
        for rule in section.imports:
            yield from (*rule.steps, rule.follows)
        for reminder in section.reminders:
            yield from reminder
    yield from method.changes


def test_published_versions_say_what_they_said():
    with translation.override("en"):
        found = {
            method.version: hashlib.sha256(
                "\n".join(str(text) for text in _texts(method)).encode()
            ).hexdigest()
            for method in VERSIONS
        }

    assert found == PUBLISHED


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 6, 1), 1),
        (date(2026, 11, 21), 1),
        (date(2026, 11, 22), 2),
        (date(2030, 1, 1), 2),
    ],
)
def test_version_on_is_the_one_that_held(day, number):
    assert definitions.version_on(day).version == number


def test_versions_follow_each_other_without_a_gap():
    first, second = VERSIONS

    assert definitions.valid_until(first) == date(2026, 11, 21)
    assert definitions.valid_until(second) is None
    assert [definitions.version_with(number) for number in (1, 2, 3)] == [first, second, None]


def test_a_version_keeps_the_anchors_of_the_one_before():
    keys = [{section.key for section in method.sections} for method in VERSIONS]

    assert keys[0] - keys[1] == set()
    assert [len(method.sections) for method in VERSIONS] == [len(found) for found in keys]


@pytest.mark.parametrize("method", VERSIONS)
def test_every_value_of_every_axis_is_defined_once(method):
    defined = {axis.axis: [definition.value for definition in axis.values] for axis in method.axes}

    assert {axis: sorted(values) for axis, values in defined.items()} == {
        "stage": sorted(["", *Stage.values]),
        "forecast": sorted(Forecast.values),
        "reporting": sorted(Reporting.values),
        "verification": sorted(["", *Verification.values]),
        "outcome": sorted(
            [
                "",
                "achieved",
                "largely_achieved",
                "partly_achieved",
                "not_achieved",
                "cannot_be_assessed",
                "withdrawn",
            ]
        ),
    }


@pytest.mark.parametrize("method", VERSIONS)
def test_every_imported_step_has_its_consequence(method):
    rules = [rule for section in method.sections for rule in section.imports]

    assert sorted(step for rule in rules for step in rule.steps) == sorted(Step.values)


def test_the_order_of_the_present_version_is_the_order_of_the_lists():
    order = next(one for one in VERSIONS[-1].sections if one.key == "order")
    with translation.override("en"):
        shown = [distribution([(word, 1)], "").rpartition("1 ")[2] for word in WORST_FIRST]
        words = [text.partition("<")[0] for text in shown]

        assert ", ".join(words) in str(order.texts[0])
