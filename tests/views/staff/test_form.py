"""The update form: as it is prepared, what is kept of it, what is asked back."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.models import Commitment, Measurement, Source, StatusUpdate
from commitments.services import obligations
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, sections, told, typed, words
from tests.views.staff.writing import ADD, DUE, ROW, SAVED, edit, only, stations

pytestmark = pytest.mark.usefixtures("monday")


# The prepared form


def test_update_create_shows_a_prepared_form_and_writes_nothing(alice, world, as_):
    page = as_(alice).get(ADD)

    form = page.context["form"]
    assert page.status_code == 200
    assert {name: form[name].value() for name in form.fields if form[name].value()} == {
        "kind": "progress",
        "as_of_on": "1/6/2026",
    }
    assert StatusUpdate.objects.count() == 0


def test_update_create_says_for_which_period(alice, erin, world, as_):
    obligations.open_reporting(
        programme=world.programme, commitments=[world.commitment], officer=erin,
        starts_on=date(2026, 5, 1), today=TODAY, now=NOW,
    )  # fmt: skip

    page = as_(alice).get(ADD)

    assert sections(page)["Test commitment"].startswith(
        "For May 2026, due on 15 June 2026 (due in 14 days)"
    )


@pytest.mark.parametrize("who", ["dan", "erin", "bob", "carol"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_update_create_is_for_reporters_of_the_lead(method, who, world, as_, request):
    person = request.getfixturevalue(who)
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)

    answer = getattr(as_(person), method)(ADD, typed() if method == "post" else None)

    assert answer.status_code == 403
    assert "You may not open this page" in sections(answer)
    assert StatusUpdate.objects.count() == 0


def test_update_create_of_what_nobody_may_see_is_not_there(alice, bob, world, as_):
    Commitment.objects.update(published_at=None, reference=None)

    assert as_(bob).get(ADD).status_code == 404
    assert as_(bob).get("/en/staff/commitments/nothing/updates/add/").status_code == 404
    assert as_(alice).get(ADD).status_code == 403  # seen by the lead, but not to be reported on


def test_update_create_leads_on_to_the_draft_that_is_open(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answer = as_(alice).get(ADD)

    assert (answer.status_code, answer.url) == (302, edit(draft))


def test_form_asks_no_forecast_where_there_is_nothing_to_forecast(alice, world, as_):
    page = as_(alice).get(ADD)

    assert "forecast" not in page.context["form"].fields
    assert "neither a due date nor a target with a figure" in page.text


def test_form_asks_a_forecast_where_there_is_a_due_date(alice, world, as_):
    Commitment.objects.update(**DUE)

    page = as_(alice).get(ADD)

    assert [value for value, _label in page.context["form"].fields["forecast"].choices] == [
        "on_track", "at_risk", "off_track",
    ]  # fmt: skip
    assert "The present due date: 2026." in words(page.text)


def test_form_asks_a_figure_for_each_target_with_promise_and_last_value(
    alice, dan, erin, world, as_
):
    target = stations(world)
    factories.TargetFactory(commitment=world.commitment, text_en="Test: without a figure")
    deeds.published(
        alice, dan, erin, world.commitment, forecast="on_track", measured={target.pk: "12500"}
    )

    page = as_(alice).get(ADD)

    figures = words(page.text.split("Figures</legend>")[1].split("</fieldset>")[0])
    assert figures == (
        "As of the day above. Leave a figure empty if there is none; empty is not zero. "
        "Test: 20,000 stations (optional) Promised: at least 20,000 stations. "
        "Published last: 12,500 stations, as of 1 June 2026. stations"
    )


# Saving


def test_first_save_makes_the_draft(alice, world, as_):
    answer = as_(alice).post(ADD, typed())

    draft = only()
    assert (answer.status_code, answer.url, told(answer)) == (302, edit(draft), SAVED)
    assert (draft.state, draft.stage, draft.as_of_on, draft.summary_en, draft.author) == (
        "draft", "in_progress", TODAY, "Test: work is under way.", alice,
    )  # fmt: skip


def test_draft_may_be_half_empty(alice, world, as_):
    answer = as_(alice).post(ADD, typed(stage="", summary_en="", as_of_on=""))

    assert (answer.status_code, only().as_of_on, only().stage) == (302, None, "")


def test_second_save_changes_the_draft(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answer = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: more", stage="paused")
    )

    assert (answer.url, told(answer)) == (edit(draft), SAVED)
    assert (only().summary_en, only().stage, only().version) == ("Test: more", "paused", 3)


def test_form_shows_what_was_saved(alice, world, as_):
    Commitment.objects.update(**DUE)
    target = stations(world)
    draft = deeds.draft(
        alice, Commitment.objects.get(), evidence=[deeds.PAGE], forecast="at_risk",
        problem_vi="Thử", measured={target.pk: "1234.5"},
    )  # fmt: skip

    page = as_(alice).get(edit(draft))

    form, [row] = page.context["form"], page.context["evidence"]
    assert {name: form[name].value() for name in form.fields if form[name].value()} == {
        "kind": "progress",
        "as_of_on": "1/6/2026",
        "stage": "in_progress",
        "forecast": "at_risk",
        "summary_en": "Test: work is under way.",
        "problem_vi": "Thử",
        f"target_{target.pk}": "1234.5",
    }
    assert {name: row[name].value() for name in row.fields if name != "upload"} == {
        "title": "Test page",
        "publisher": "Test publisher",
        "url": "https://example.org/test-page",
        "published": "",
        "relation": "third_party",
        "shows": "",
        "file": "",
    }


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "12,345", "12345"),
        ("vi", "1.234,5", "1234.5"),
        ("vi", "12.345", "12345"),
        ("vi", "1234.5", "1234.5"),
        ("en", "1 234,5", "1234.5"),
    ],
)
def test_figures_are_read_in_the_language_of_the_page(language, written, value, alice, world, as_):
    target = stations(world)

    answer = as_(alice).post(
        ADD.replace("/en/", f"/{language}/"), typed(**{f"target_{target.pk}": written})
    )

    assert answer.status_code == 302
    assert list(Measurement.objects.values_list("value", flat=True)) == [Decimal(value)]


@pytest.mark.parametrize(("language", "written"), [("en", "1.234"), ("vi", "1,234")])
def test_figures_that_can_be_read_in_two_ways_are_asked_back(language, written, alice, world, as_):
    target = stations(world)
    name = f"target_{target.pk}"

    answer = as_(alice).post(
        ADD.replace("/en/", f"/{language}/"), typed(**{name: written, "summary_en": "Test: kept"})
    )

    [error] = answer.context["form"].errors.as_data()[name]
    assert (answer.status_code, error.code) == (422, "ambiguous_figure")
    assert answer.context["form"][name].value() == written
    assert answer.context["form"]["summary_en"].value() == "Test: kept"
    assert StatusUpdate.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "evidence", "found"),
    [
        (
            {"as_of_on": "31/13/2026"},
            [],
            [("id_as_of_on", "There is no month 13. The day comes first, then the month: 31/5/2026.")],
        ),
        (
            {"summary_en": "x" * 5001},
            [],
            [("id_summary_en", "This text has 5001 characters; 5000 is the limit.")],
        ),
        (
            {"stage": "complete"},
            [],
            [("id_stage_0", "Select a valid choice. complete is not one of the available choices.")],
        ),
        (
            {},
            [{"title": "Test", "url": "ftp://example.org/"}],
            [("id_evidence-0-url", "The address must begin with http:// or https://.")],
        ),
        (
            {},
            [{"title": "Test", "url": "https://me:secret@example.org/"}],
            [(
                "id_evidence-0-url",
                "The address contains a user name or a password. "
                "Please give an address that everybody may open.",
            )],
        ),
        (
            {},
            [{"title": "Test", "url": "https://example.org/" + "x" * 2000}],
            [("id_evidence-0-url", "The address is too long: 2000 characters at most.")],
        ),
        (
            {},
            [ROW, ROW | {"title": "Test again"}],
            [("id_evidence-1-url", "This address stands in row 1 already.")],
        ),
        (
            {},
            [{"title": "x" * 501}],
            [("id_evidence-0-title", "This text has 501 characters; 500 is the limit.")],
        ),
        (
            {},
            [{"title": "Test", "published": "soon"}],
            [(
                "id_evidence-0-published",
                "“soon” could not be read as a date. "
                "Please write it like 31/5/2026, 5/2026, Q2/2026 or 2026.",
            )],
        ),
        (
            {},
            [{"title": f"Test {number}"} for number in range(21)],
            [("evidence", "20 pieces of evidence are the most that one update can hold.")],
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_answered_at_its_field(fields, evidence, found, alice, world, as_):
    sent = typed(**{"summary_vi": "Thử: giữ lại"} | fields, evidence=evidence)

    answer = as_(alice).post(ADD, sent)

    assert (answer.status_code, errors(answer)) == (422, found)
    kept = {
        name: value for name, value in sent.items()
        if name not in ("version", "after", "deed") and "_FORMS" not in name
    }  # fmt: skip
    assert shown(answer) == kept
    assert (StatusUpdate.objects.count(), Source.objects.count()) == (0, 0)


def shown(answer):
    """Every value that the form shows again, as it was typed."""
    forms = [answer.context["form"], *answer.context["evidence"]]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    blank = {"summary_vi", "problem_vi", "problem_en", "asked_vi", "asked_en"}
    return {
        name: value
        for name, value in values.items()
        if value or (name not in blank and not name.endswith(("-file", "-upload")))
    }


def test_line_break_counts_as_one_character(alice, world, as_):
    as_(alice).post(ADD, typed(summary_en="x" * 4998 + "\r\n" + "y"))

    assert only().summary_en == "x" * 4998 + "\ny"
