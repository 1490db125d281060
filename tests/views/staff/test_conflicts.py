"""Two windows, two clicks: nothing is written twice, and neither version is lost."""

import pytest

from commitments.forms.sheet import typed_of
from commitments.models import StatusUpdate
from commitments.services import drafts
from tests import deeds, factories
from tests.factories.clock import NOW
from tests.views.staff.reading import refusal, told, typed

pytestmark = pytest.mark.usefixtures("monday")

ADD = "/en/staff/commitments/test-commitment/updates/add/"
ROW = {"title": "Test page", "url": "https://example.org/page", "relation": "press"}


def edit(update):
    return f"/en/staff/updates/{update.pk}/edit/"


def detail(update):
    return f"/en/staff/updates/{update.pk}/"


def only():
    return StatusUpdate.objects.get()


def other_window(draft, author, **said):
    """Saves the draft from somewhere else."""
    return drafts.save_draft(
        update=draft, author=author, said=deeds.SAID | said, evidence=[deeds.PAGE], measured={},
        version=draft.version, now=NOW,
    )  # fmt: skip


def shown(answer):
    return [tuple(one) for one in answer.context["differences"]]


# The same form twice


@pytest.mark.parametrize("deed", ["save", "submit"])
def test_double_click_makes_one_row(deed, alice, world, as_):
    sent = typed(evidence=[ROW], deed=deed)

    first, second = as_(alice).post(ADD, sent), as_(alice).post(ADD, sent)

    assert StatusUpdate.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url == (edit(only()) if deed == "save" else detail(only()))
    assert only().actions.count() == (0 if deed == "save" else 1)


def test_double_click_on_an_open_draft_submits_once(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    sent = typed(version=draft.version, evidence=[ROW], deed="submit")

    as_(alice).post(edit(draft), sent)
    again = as_(alice).post(edit(draft), sent)

    assert (again.url, told(again)[-1]) == (
        detail(draft), ("info", "This update was handed in already."),
    )  # fmt: skip
    assert only().actions.count() == 1


def test_form_that_was_saved_then_submitted_from_the_first_page_goes_on(alice, world, as_):
    as_(alice).post(ADD, typed())

    answer = as_(alice).post(ADD, typed(deed="submit"))

    assert (answer.url, only().state) == (detail(only()), "submitted")


# Another window saved meanwhile


def test_stale_form_shows_both_versions_and_writes_nothing(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    other_window(draft, alice, summary_en="Test: other window", stage="paused")
    before = typed_of(only())

    answer = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: this window", as_of_on="31/5/2026")
    )  # fmt: skip

    assert answer.status_code == 409
    assert shown(answer) == [
        ("as_of_on", "As of which day is this true?", "", "31/5/2026", "1/6/2026"),
        ("stage", "Stage: what has happened?", "", "In progress", "Paused"),
        ("summary_en", "What has happened, in English", "en", "Test: this window",
         "Test: other window"),
        ("evidence", "Evidence", "", "",
         "Test page · Test publisher · https://example.org/test-page · Another third party"),
    ]  # fmt: skip
    for text in ("Test: this window", "Test: other window", "Neither version is lost"):
        assert text in answer.text
    assert typed_of(only()) == before


def test_stale_form_carries_every_letter_along(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    other_window(draft, alice)
    sent = typed(version=draft.version, summary_en="  Test \r\n two lines", evidence=[ROW])

    answer = as_(alice).post(edit(draft), sent)

    assert answer.context["typed"].fields["summary_en"] == "  Test \r\n two lines"
    assert answer.context["typed"].rows == [
        {"publisher": "", "published": "", "shows": "", "file": ""} | ROW
    ]


def merge(answer, choices):
    """Sends the page of two versions back with a choice for each difference."""
    hidden = answer.context["typed"]
    fields = dict(hidden.fields)
    return typed(
        version=answer.context["update"].version, evidence=hidden.rows, deed="merge",
        **fields | {f"take-{name}": value for name, value in choices.items()},
    )  # fmt: skip


def test_choice_between_versions_goes_back_into_the_form_unsaved(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    other_window(draft, alice, summary_en="Test: other window", stage="paused")
    stale = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: this window", evidence=[ROW])
    )

    page = as_(alice).post(
        edit(draft), merge(stale, {"summary_en": "mine", "stage": "stored", "evidence": "stored"})
    )

    form, [row] = page.context["form"], page.context["evidence"]
    assert page.status_code == 200
    assert (form["summary_en"].value(), form["stage"].value(), row["title"].value()) == (
        "Test: this window", "paused", "Test page",
    )  # fmt: skip
    assert row["url"].value() == deeds.PAGE.url
    assert only().summary_en == "Test: other window"

    saved = as_(alice).post(
        edit(draft),
        typed(version=page.context["update"].version, summary_en="Test: this window", stage="paused"),
    )  # fmt: skip
    assert (saved.status_code, only().summary_en, only().stage) == (
        302, "Test: this window", "paused",
    )  # fmt: skip


def test_choice_is_shown_again_when_a_third_window_saved(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    second = other_window(draft, alice, summary_en="Test: second window")
    stale = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: this window")
    )
    sent = merge(stale, {"summary_en": "mine"})
    other_window(second, alice, summary_en="Test: third window")

    answer = as_(alice).post(edit(draft), sent)

    assert answer.status_code == 409
    assert shown(answer)[0][3:] == ("Test: this window", "Test: third window")
    assert only().summary_en == "Test: third window"


def test_text_that_looks_like_a_choice_is_none(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    other_window(draft, alice, summary_en="Test: other window")
    stale = as_(alice).post(edit(draft), typed(version=draft.version, summary_en="stored"))

    page = as_(alice).post(edit(draft), merge(stale, {"summary_en": "mine"}))

    assert page.context["form"]["summary_en"].value() == "stored"


def test_stale_form_that_says_the_same_is_no_conflict(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    page = {"relation": "third_party", "publisher": "Test publisher", "url": deeds.PAGE.url}
    other_window(draft, alice)

    answer = as_(alice).post(
        edit(draft), typed(version=draft.version, evidence=[page | {"title": "Test page"}])
    )

    assert (answer.status_code, answer.url) == (302, edit(draft))


def test_source_of_the_record_is_no_conflict_with_its_own_title(alice, world, as_):
    factories.SourceFactory(url=ROW["url"], title="Test: the record's own title")
    sent = typed(evidence=[ROW])

    first, second = as_(alice).post(ADD, sent), as_(alice).post(ADD, sent)

    assert (first.url, second.url) == (edit(only()), edit(only()))


def test_two_first_forms_become_one_draft_with_a_choice(alice, world, as_):
    as_(alice).post(ADD, typed(summary_en="Test: first window"))

    answer = as_(alice).post(ADD, typed(summary_en="Test: second window"))

    assert answer.status_code == 409
    assert shown(answer) == [
        ("summary_en", "What has happened, in English", "en", "Test: second window",
         "Test: first window")
    ]  # fmt: skip
    assert answer.context["desk"].address == edit(only())
    assert StatusUpdate.objects.count() == 1


# Another window handed it in meanwhile


def test_text_typed_while_another_window_submitted_is_kept(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    as_(alice).post(edit(draft), typed(version=draft.version, deed="submit"))

    answer = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: more to say")
    )

    assert answer.status_code == 409
    assert refusal(answer) == (
        "This was not done An update was handed in from another window meanwhile and can no "
        "longer be changed. What you typed here is kept below: saving it begins a further update."
    )
    assert answer.context["form"]["summary_en"].value() == "Test: more to say"
    assert (only().state, only().summary_en) == ("submitted", "Test: work is under way.")

    desk = answer.context["desk"]
    further = as_(alice).post(desk.address, typed(after=desk.after, summary_en="Test: more to say"))
    newest = StatusUpdate.objects.order_by("-pk").first()
    assert (further.status_code, newest.state, newest.summary_en) == (
        302, "draft", "Test: more to say",
    )  # fmt: skip


def test_draft_about_something_else_is_not_overwritten(alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment)
    after = as_(alice).get(f"{ADD}?corrects=1").context["desk"].after
    draft = deeds.draft(alice, world.commitment, summary_en="Test: a new report")

    answer = as_(alice).post(
        f"{ADD}?corrects=1", typed(after=after, correction_reason_en="Test: counted twice")
    )

    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done You have begun another draft here. Hand it in or discard it first.",
    )
    assert answer.context["form"]["correction_reason_en"].value() == "Test: counted twice"
    draft.refresh_from_db()
    assert draft.summary_en == "Test: a new report"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
def test_tampered_version_is_a_stale_one(version, alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answer = as_(alice).post(edit(draft), typed(version=version, summary_en="Test: tampered"))

    assert (answer.status_code, only().summary_en) == (409, "Test: work is under way.")
