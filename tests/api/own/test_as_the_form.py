"""The API refuses what the form refuses, with the same codes and the same words."""

import pytest

from commitments.errors import Refusal
from commitments.forms.sheet import sheet_handed_in
from commitments.forms.update import Asked, figure_name
from commitments.models import StatusUpdate
from commitments.services import drafts
from tests import factories as make
from tests.factories.clock import TODAY

GOOD = {
    "kind": "progress", "as_of_on": "2026-05-31", "stage": "in_progress", "forecast": "on_track",
    "summary_vi": "Thử nghiệm",
}  # fmt: skip
ROW = {"title": "Test", "relation": "press"}
CASES = {
    "nothing": ({}, [], ""),
    "a day to come": (GOOD | {"as_of_on": "2026-06-02"}, [], ""),
    "a day that is none": (GOOD | {"as_of_on": "2026-02-30"}, [], ""),
    "a year out of range": (GOOD | {"as_of_on": "1930-01-01"}, [], ""),
    "at risk": (GOOD | {"forecast": "at_risk"}, [], ""),
    "off track": (GOOD | {"forecast": "off_track"}, [], ""),
    "no forecast": (GOOD | {"forecast": ""}, [], ""),
    "complete without evidence": (GOOD | {"stage": "reported_complete"}, [], ""),
    "unchanged since nothing": ({"kind": "no_change", "as_of_on": "2026-05-31"}, [], ""),
    "too long": (GOOD | {"summary_en": "x" * 5001, "problem_vi": "x" * 2001}, [], ""),
    "hidden": (GOOD | {"asked_en": "a\u202eb"}, [], ""),
    "evidence half said": (GOOD, [{"title": "Test"}, {"relation": "press"}], ""),
    "evidence too long": (GOOD, [ROW | {"title": "x" * 501, "shows": "x" * 2001}], ""),
    "inner address": (GOOD, [ROW | {"url": "http://10.0.0.1/"}], ""),
    "no address": (GOOD, [ROW | {"url": "ftp://example.org/"}], ""),
    "address twice": (GOOD, [ROW | {"url": "https://example.org/"}] * 2, ""),
    "month 13": (GOOD, [ROW | {"published": "2026-13"}], ""),
    "a file of nobody": (GOOD, [ROW | {"file": 99}], ""),
    "below zero": (GOOD, [], "-1"),
    "too precise": (GOOD, [], "1.1234567"),
    "too large": (GOOD, [], "1" * 25),
    "no figure": (GOOD, [], "many"),
    "all well": (GOOD, [ROW], "22.5"),
}


@pytest.fixture
def target(world):
    return make.TargetFactory(
        commitment=world.commitment, number=1, metric="tests", unit="test", value="100"
    )


def of_form(world, target, said, rows, figure):
    """What the form says at each field when it is handed in."""
    asked = Asked(targets=[target], forecast=True)
    count = {"evidence-TOTAL_FORMS": str(len(rows)), "evidence-INITIAL_FORMS": "0"}
    typed = {
        f"evidence-{index}-{name}": str(value)
        for index, row in enumerate(rows)
        for name, value in row.items()
    }
    sheet = sheet_handed_in(asked, said | count | typed | {figure_name(target.pk): figure})
    sheet.is_valid()
    sheet.ask_for_all()
    missing = drafts.missing_in(
        commitment=world.commitment, body=world.body, corrects=None, said=sheet.said_so_far(),
        evidence_count=sheet.rows_filled(), today=TODAY,
    )  # fmt: skip
    told = [
        (NAMES.get(name, name), one.code, one.messages[0])
        for name, errors in sheet.form.errors.as_data().items()
        for one in errors
    ] + [
        (f"evidence/{index}/{'file' if name == 'upload' else name}", one.code, one.messages[0])
        for index, row in enumerate(sheet.evidence.forms)
        for name, errors in row.errors.as_data().items()
        for one in errors
    ]
    fields = {field for field, _code, _text in told}
    told += [(one.field, one.code, str(one.text)) for one in missing if one.field not in fields]
    return sorted(told)


NAMES = {"target_1": "measurements/0/value"}


@pytest.mark.parametrize("case", CASES)
def test_refusals_are_those_of_the_form(ask, world, target, case):
    said, rows, figure = CASES[case]
    target.refresh_from_db()
    NAMES[figure_name(target.pk)] = "measurements/0/value"
    body = {"commitment": "test-commitment", "submit": True, "evidence": rows} | said
    if figure:
        body["measurements"] = [{"target": 1, "value": figure}]

    answer = ask("post", "updates/", body)

    told = sorted(
        (one["pointer"][2:], one["code"], one["detail_en"])
        for one in answer.json().get("errors", [])
    )
    assert told == of_form(world, target, said, rows, figure)
    assert StatusUpdate.objects.count() == (0 if told else 1)
    assert Refusal
