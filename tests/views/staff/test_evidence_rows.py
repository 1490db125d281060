"""Rows of evidence in the update form, and saving by itself."""

import pytest

from commitments.models import Evidence, StatusUpdate
from tests import deeds, factories
from tests.views.staff.reading import errors, typed, words
from tests.views.staff.writing import ADD, ROW, detail, edit, only

pytestmark = pytest.mark.usefixtures("monday")


# Rows of evidence


def test_evidence_is_added_and_everything_stays(alice, world, as_):
    sent = typed(evidence=[ROW], as_of_on="someday", stage="paused", deed="evidence-add")

    answer = as_(alice).post(ADD, sent)

    assert (answer.status_code, errors(answer)) == (200, [])
    form, evidence = answer.context["form"], answer.context["evidence"]
    assert (form["as_of_on"].value(), form["stage"].value()) == ("someday", "paused")
    assert [row["title"].value() for row in evidence] == ["Test page", ""]
    assert "staff/updates/form.html" in [template.name for template in answer.templates]
    assert StatusUpdate.objects.count() == 0


def test_evidence_is_removed_by_its_own_button(alice, world, as_):
    rows = [{"title": f"Test {number}"} for number in (1, 2, 3)]

    answer = as_(alice).post(ADD, typed(evidence=rows, deed="evidence-remove-1"))

    assert [row["title"].value() for row in answer.context["evidence"]] == ["Test 1", "Test 3"]


@pytest.mark.parametrize("deed", ["evidence-remove-9", "evidence-remove-x", "evidence-"])
def test_evidence_of_a_tampered_button_stays(deed, alice, world, as_):
    answer = as_(alice).post(ADD, typed(evidence=[ROW], deed=deed))

    assert [row["title"].value() for row in answer.context["evidence"]] == ["Test page"]


def test_evidence_by_htmx_comes_alone(alice, world, as_):
    answer = as_(alice).post(
        ADD, typed(evidence=[ROW], deed="evidence-add"), headers={"HX-Request": "true"}
    )

    assert next(template.name for template in answer.templates) == "staff/updates/_evidence.html"
    assert answer.text.lstrip().startswith("<fieldset")
    assert [row["title"].value() for row in answer.context["evidence"]] == ["Test page", ""]
    assert answer.text.count("autofocus") == 1


def test_evidence_is_kept_with_the_draft(alice, world, as_):
    row = ROW | {"published": "5/2026", "publisher": "Test publisher", "shows": "Test: it shows"}

    as_(alice).post(ADD, typed(evidence=[row, {}]))

    [kept] = Evidence.objects.select_related("source")
    assert (kept.relation, kept.shows, kept.source.title, kept.source.published) == (
        "press", "Test: it shows", "Test page", "2026-05",
    )  # fmt: skip


def test_evidence_cannot_be_counted_past_the_form(alice, world, as_):
    sent = typed() | {"evidence-TOTAL_FORMS": "1000000", "evidence-INITIAL_FORMS": "0"}
    without = {name: value for name, value in typed().items() if "_FORMS" not in name}

    for data in (sent, without):
        answer = as_(alice).post(ADD, data)

        assert (answer.status_code, StatusUpdate.objects.count()) == (422, 0)


# Saving by itself

MISSING = "Not saved yet. Press “Save draft” to see what is missing."
STALE = (
    "Not saved: a newer version was saved from another window. Press “Save draft” to see both "
    "side by side; nothing is lost."
)


def by_itself(client, address, **fields):
    return client.post(
        address, typed(**{"deed": "autosave"} | fields), headers={"HX-Request": "true"}
    )


def test_form_saves_itself_and_goes_on_as_that_draft(alice, world, as_):
    first = by_itself(as_(alice), ADD, summary_en="Test: one")
    second = by_itself(as_(alice), ADD, summary_en="Test: two", version=only().version)
    third = as_(alice).post(ADD, typed(version=only().version, deed="submit"))

    assert words(first.text) == "Saved 09:00"
    assert 'id="version" name="version" value="2" hx-swap-oob="true"' in first.text
    assert 'name="version" value="3" hx-swap-oob="true"' in second.text
    assert f'hx-post="{edit(only())}"' in second.text
    assert (third.url, only().state) == (detail(only()), "submitted")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"as_of_on": "someday"}, MISSING),
        ({"summary_en": "x" * 5001}, MISSING),
        ({"version": 1, "summary_en": "Test: other"}, STALE),
    ],
)
def test_form_that_cannot_save_itself_says_so_and_keeps_its_version(
    fields, said, alice, world, as_
):
    draft = deeds.draft(alice, world.commitment)

    answer = by_itself(as_(alice), edit(draft), **{"version": draft.version} | fields)

    assert answer.status_code == 200
    assert words(answer.text) == said
    assert "hx-swap-oob" not in answer.text
    assert only().summary_en == "Test: work is under way."


def test_form_that_says_what_is_stored_already_is_saved(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answer = by_itself(as_(alice), edit(draft), version=1)

    assert words(answer.text) == "Saved 09:00"
    assert 'name="version" value="2" hx-swap-oob="true"' in answer.text


def test_form_saves_itself_for_nobody_else(alice, dan, bob, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answers = [by_itself(as_(user), edit(draft), version=2).status_code for user in (dan, bob)]

    assert (answers, only().version) == ([403, 404], 2)


# Known publications


def test_known_publication_fills_a_row_without_scripts(alice, world, as_):
    source = factories.SourceFactory(
        title="Test resolution", publisher="Test publisher", url="https://example.org/resolution",
        published="2026-05", published_earliest="2026-05-01", published_latest="2026-05-31",
    )  # fmt: skip
    sent = typed(evidence=[{"shows": "Test: it shows"}]) | {"evidence-0-find": "resolution"}

    found = as_(alice).post(ADD, sent | {"deed": "evidence-find-0"})
    taken = as_(alice).post(ADD, sent | {"deed": f"evidence-take-0-{source.pk}"})

    assert f'value="evidence-take-0-{source.pk}"' in found.text
    [row] = taken.context["evidence"]
    assert {name: row[name].value() for name in row.fields if name != "upload"} == {
        "title": "Test resolution",
        "publisher": "Test publisher",
        "url": "https://example.org/resolution",
        "published": "5/2026",
        "relation": "",
        "shows": "Test: it shows",
        "file": "",
    }
    assert StatusUpdate.objects.count() == 0


def test_search_that_finds_nothing_says_so(alice, world, as_):
    sent = typed(evidence=[{}], deed="evidence-find-0") | {"evidence-0-find": "resolution"}

    answer = as_(alice).post(ADD, sent)

    assert "No publication of the record was found by these words." in answer.text


@pytest.mark.parametrize("deed", ["evidence-take-0-999999", "evidence-take-0", "evidence-take-9-1"])
def test_publication_that_is_not_known_fills_nothing(deed, alice, world, as_):
    answer = as_(alice).post(ADD, typed(evidence=[ROW], deed=deed))

    assert [row["title"].value() for row in answer.context["evidence"]] == ["Test page"]
