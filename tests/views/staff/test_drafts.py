"""Writing an update: the prepared form, what is kept of it, what is asked back, handing it in."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.models import Commitment, Evidence, Measurement, Source, StatusUpdate
from commitments.services import obligations
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, sections, told, typed, words

pytestmark = pytest.mark.usefixtures("monday")

ADD = "/en/staff/commitments/test-commitment/updates/add/"
SAVED = [("success", "The draft is saved. Nobody else has been told yet.")]
SUBMITTED = [
    ("success", "The update is submitted. An approver of your organisation reviews it next.")
]
ROW = {"title": "Test page", "url": "https://example.org/page", "relation": "press"}
DUE = {"due": "2026", "due_earliest": date(2026, 1, 1), "due_latest": date(2026, 12, 31)}


def edit(update):
    return f"/en/staff/updates/{update.pk}/edit/"


def detail(update):
    return f"/en/staff/updates/{update.pk}/"


def only():
    return StatusUpdate.objects.get()


def stations(world, **columns):
    return factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000,
        comparator="at_least", text_en="Test: 20,000 stations", **columns,
    )  # fmt: skip


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
    assert {name: row[name].value() for name in row.fields} == {
        "title": "Test page",
        "publisher": "Test publisher",
        "url": "https://example.org/test-page",
        "published": "",
        "relation": "third_party",
        "shows": "",
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
    return {name: value for name, value in values.items() if value or name not in blank}


def test_line_break_counts_as_one_character(alice, world, as_):
    as_(alice).post(ADD, typed(summary_en="x" * 4998 + "\r\n" + "y"))

    assert only().summary_en == "x" * 4998 + "\ny"


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


# Submitting


def test_submit_hands_in_from_the_first_form(alice, world, as_):
    answer = as_(alice).post(ADD, typed(evidence=[ROW], deed="submit"))

    update = only()
    assert (answer.url, told(answer)) == (detail(update), SUBMITTED)
    assert (update.state, update.submitted_at) == ("submitted", NOW)


def test_submit_of_a_body_without_approver_goes_to_the_delivery_unit(alice, world, as_):
    type(world.body).objects.update(skips_approver=True)

    answer = as_(alice).post(ADD, typed(deed="submit"))

    assert told(answer) == [
        ("success", "The update is submitted. The delivery unit reviews it next.")
    ]


def test_submit_says_all_that_is_missing_and_keeps_the_draft(alice, world, as_):
    Commitment.objects.update(**DUE)
    sent = typed(
        as_of_on="2/6/2026", stage="", forecast="off_track", evidence=[{"publisher": "Test"}],
        deed="submit",
    )  # fmt: skip

    answer = as_(alice).post(ADD, sent)

    assert answer.status_code == 422
    assert errors(answer) == [
        ("id_as_of_on", "The as-of date lies in the future. Please give today or an earlier day."),
        ("id_stage_0", "Please choose the stage."),
        ("id_problem_en", "Please name the problem that puts the date or target at risk."),
        (
            "id_asked_en",
            "Please say what is asked of whom, so that it can get back on track.",
        ),
        ("id_evidence-0-title", "Please give the title of the publication."),
        ("id_evidence-0-relation", "Please say who published it; only then can anybody judge it."),
    ]
    draft = only()
    assert (draft.state, draft.summary_en, draft.forecast) == (
        "draft", "Test: work is under way.", "off_track",
    )  # fmt: skip
    assert answer.context["desk"].address == edit(draft)
    assert f'name="version" value="{draft.version}"' in answer.text


def test_submit_of_completion_asks_for_evidence_above_the_rows(alice, world, as_):
    answer = as_(alice).post(ADD, typed(stage="reported_complete", deed="submit"))

    assert (answer.status_code, errors(answer)) == (
        422,
        [(
            "evidence",
            "Please add at least one piece of evidence that the commitment is complete.",
        )],
    )  # fmt: skip


def test_submit_of_related_news_drops_stage_and_forecast_as_it_says(alice, world, as_):
    Commitment.objects.update(**DUE)

    as_(alice).post(ADD, typed(kind="context", stage="paused", forecast="on_track", deed="submit"))

    update = only()
    assert (update.state, update.kind, update.stage, update.forecast) == (
        "submitted", "context", "", "not_given",
    )  # fmt: skip


def test_submit_of_no_change_before_anything_was_published(alice, world, as_):
    answer = as_(alice).post(ADD, typed(kind="no_change", stage="", summary_en="", deed="submit"))

    assert (answer.status_code, errors(answer)) == (
        422,
        [(
            "id_kind_0",
            "“No material change” needs an earlier published update of your organisation. "
            "Please report progress this time.",
        )],
    )  # fmt: skip


def test_submit_of_no_change_repeats_what_was_published(alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment, stage="paused")
    page = as_(alice).get(ADD)

    answer = as_(alice).post(
        ADD,
        typed(
            kind="no_change", stage="", summary_en="", deed="submit",
            after=page.context["desk"].after,
        ),
    )  # fmt: skip

    newest = StatusUpdate.objects.order_by("-pk").first()
    assert (told(answer), newest.stage) == (SUBMITTED, "paused")


def test_submit_meets_the_obligation(alice, erin, world, as_):
    obligations.open_reporting(
        programme=world.programme, commitments=[world.commitment], officer=erin,
        starts_on=date(2026, 5, 1), today=TODAY, now=NOW,
    )  # fmt: skip

    as_(alice).post(ADD, typed(deed="submit"))

    obligation = world.commitment.obligations.get(period__starts_on=date(2026, 5, 1))
    assert (obligation.met_by, obligation.met_at) == (only(), NOW)


def test_submit_into_a_commitment_closed_meanwhile_keeps_the_text(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    answer = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: more", deed="submit")
    )

    assert answer.status_code == 409
    assert refusal(answer) == (
        "This was not done This commitment is closed (withdrawn); only related news can be added."
    )
    assert answer.context["form"]["summary_en"].value() == "Test: more"
    assert (only().state, only().summary_en) == ("draft", "Test: more")


def test_update_submit_hands_in_what_is_stored(alice, world, as_):
    draft = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])

    answer = as_(alice).post(f"/en/staff/updates/{draft.pk}/submit/")

    assert (answer.url, told(answer), only().state) == (detail(draft), SUBMITTED, "submitted")


def test_update_submit_shows_the_form_where_something_is_missing(alice, world, as_):
    draft = deeds.draft(alice, world.commitment, stage="", summary_en="Test: kept")

    answer = as_(alice).post(f"/en/staff/updates/{draft.pk}/submit/")

    assert (answer.status_code, errors(answer)) == (
        422, [("id_stage_0", "Please choose the stage.")],
    )  # fmt: skip
    assert answer.context["form"]["summary_en"].value() == "Test: kept"
    assert only().state == "draft"


# Whose draft it is


@pytest.mark.parametrize(("who", "status"), [("dan", 403), ("erin", 404), ("bob", 404), ("carol", 404)])  # fmt: skip
@pytest.mark.parametrize("page", ["edit/", "submit/", "discard/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_draft_of_somebody_else(method, page, who, status, alice, world, as_, request):
    draft = deeds.draft(alice, world.commitment)
    person = request.getfixturevalue(who)
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)

    answer = getattr(as_(person), method)(f"{detail(draft)}{page}")

    assert answer.status_code == status
    assert "Test: work" not in answer.text
    assert (only().state, only().version) == ("draft", draft.version)


def test_draft_of_a_colleague_can_be_read_not_written(alice, world, as_):
    colleague = factories.MembershipFactory(organisation=world.body, role="reporter").user
    draft = deeds.draft(alice, world.commitment)

    assert "Test: work is under way." in as_(colleague).get(detail(draft)).text
    assert as_(colleague).get(edit(draft)).status_code == 403


def test_update_edit_of_what_was_handed_in_leads_to_its_page(alice, world, as_):
    update = deeds.submitted(alice, world.commitment)

    answer = as_(alice).get(edit(update))

    assert (answer.status_code, answer.url) == (302, detail(update))


def test_what_came_back_shows_the_comment_and_is_handed_in_again(alice, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment, comment="Test: which month?")

    page = as_(alice).get(edit(update))
    answer = as_(alice).post(
        edit(update), typed(version=only().version, summary_en="Test: May", deed="submit")
    )

    assert "Returned by Dan Test: which month?" in words(page.text)
    assert told(answer) == SUBMITTED
    assert (only().state, only().summary_en) == ("submitted", "Test: May")


# Discarding


def test_discard_asks_first_and_then_leaves_nothing(alice, world, as_):
    draft = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])
    address = f"/en/staff/updates/{draft.pk}/discard/"

    asked = as_(alice).get(address)
    still = StatusUpdate.objects.count()
    answer = as_(alice).post(address)

    assert "Test: work is under way." in sections(asked)["Discard this draft?"]
    assert (still, StatusUpdate.objects.count(), Source.objects.count()) == (1, 0, 0)
    assert (answer.url, told(answer)) == (
        "/en/staff/commitments/test-commitment/", [("success", "The draft is discarded.")],
    )  # fmt: skip


def test_discard_is_not_for_what_was_handed_in(alice, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment)

    answer = as_(alice).post(f"/en/staff/updates/{update.pk}/discard/")

    assert (answer.url, StatusUpdate.objects.count()) == (detail(update), 1)


# Corrections


def test_correction_begins_with_what_was_published(alice, dan, erin, world, as_):
    target = stations(world)
    deeds.published(
        alice, dan, erin, world.commitment, forecast="on_track", evidence=[deeds.PAGE],
        measured={target.pk: "12"},
    )  # fmt: skip

    page = as_(alice).get(f"{ADD}?corrects=1")

    form, [row] = page.context["form"], page.context["evidence"]
    assert "Correction of update 1" in words(page.text)
    assert (form["summary_en"].value(), form[f"target_{target.pk}"].value()) == (
        "Test: work is under way.", "12",
    )  # fmt: skip
    assert (row["title"].value(), form["correction_reason_en"].value()) == ("Test page", "")


def test_correction_goes_its_way_with_a_reason(alice, dan, erin, world, as_):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    after = as_(alice).get(f"{ADD}?corrects=1").context["desk"].after

    without = as_(alice).post(f"{ADD}?corrects=1", typed(after=after, deed="submit"))
    draft = StatusUpdate.objects.get(state="draft")
    answer = as_(alice).post(
        edit(draft),
        typed(version=draft.version, correction_reason_en="Test: counted twice", deed="submit"),
    )

    assert errors(without) == [
        ("id_correction_reason_en", "Please give the public reason of the correction.")
    ]
    assert told(answer) == SUBMITTED
    draft.refresh_from_db()
    assert (draft.state, draft.corrects, draft.correction_reason_en) == (
        "submitted", wrong, "Test: counted twice",
    )  # fmt: skip


@pytest.mark.parametrize("number", ["2", "x", "-1", "99999999999999999999"])
def test_correction_of_nothing_is_not_there(number, alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment)

    assert as_(alice).get(ADD, {"corrects": number}).status_code == 404


@pytest.mark.parametrize("who", ["dan", "erin", "bob"])
def test_correction_is_for_reporters_of_the_body(who, alice, dan, erin, world, as_, request):
    deeds.published(alice, dan, erin, world.commitment)

    answer = as_(request.getfixturevalue(who)).get(f"{ADD}?corrects=1")

    assert answer.status_code == 403


def test_correction_beside_another_draft_leads_to_that_one(alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment)
    draft = deeds.draft(alice, world.commitment)

    answer = as_(alice).get(f"{ADD}?corrects=1")

    assert (answer.url, told(answer)) == (
        edit(draft),
        [(
            "warning",
            "You have begun another draft here. Hand it in or discard it first.",
        )],
    )  # fmt: skip


# Saving by itself


def by_itself(client, address, **fields):
    return client.post(
        address, typed(**{"deed": "autosave"} | fields), headers={"HX-Request": "true"}
    )


def test_form_saves_itself_and_goes_on_as_that_draft(alice, world, as_):
    first = by_itself(as_(alice), ADD, summary_en="Test: one")
    second = by_itself(as_(alice), ADD, summary_en="Test: two", version=only().version)
    third = as_(alice).post(ADD, typed(version=only().version, deed="submit"))

    assert words(first.text) == "Saved as a draft at 09:00."
    assert 'id="version" name="version" value="2" hx-swap-oob="true"' in first.text
    assert 'name="version" value="3" hx-swap-oob="true"' in second.text
    assert f'hx-post="{edit(only())}"' in second.text
    assert (third.url, only().state) == (detail(only()), "submitted")


@pytest.mark.parametrize(
    "fields", [{"as_of_on": "someday"}, {"summary_en": "x" * 5001}, {"version": 1}]
)
def test_form_that_cannot_save_itself_says_so_and_keeps_its_version(fields, alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answer = by_itself(as_(alice), edit(draft), **{"version": draft.version} | fields)

    assert answer.status_code == 200
    assert words(answer.text) == "Not saved yet. Press “Save draft” to see what is missing."
    assert "hx-swap-oob" not in answer.text
    assert only().summary_en == "Test: work is under way."


def test_form_saves_itself_for_nobody_else(alice, dan, bob, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answers = [by_itself(as_(user), edit(draft), version=2).status_code for user in (dan, bob)]

    assert (answers, only().version) == ([403, 404], 2)
