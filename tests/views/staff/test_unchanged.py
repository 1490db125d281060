"""No material change in one act, the prefilled form, and the preview."""

import pytest

from commitments.models import Commitment, StatusUpdate
from commitments.services import updates
from tests import deeds
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import refusal, told, words
from tests.views.staff.writing import ADD, DUE, SUBMITTED, detail, edit

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/en/staff/commitments/test-commitment/updates/unchanged/"


@pytest.fixture
def said(alice, dan, erin, world):
    """What the body published last: at risk, with its problem."""
    Commitment.objects.update(**DUE)
    return deeds.published(
        alice, dan, erin, Commitment.objects.get(), forecast="at_risk", problem_vi="Thử: chậm",
    )  # fmt: skip


def newest():
    return StatusUpdate.objects.order_by("-pk").first()


# The prepared form


def test_form_begins_with_what_the_body_said_last(said, alice, world, as_):
    page = as_(alice).get(ADD)

    form = page.context["form"]
    assert {name: form[name].value() for name in form.fields if form[name].value()} == {
        "kind": "progress",
        "as_of_on": "1/6/2026",
        "stage": "in_progress",
        "forecast": "at_risk",
        "problem_vi": "Thử: chậm",
    }
    text = words(page.text)
    assert "Stage, forecast and problem stand as in your update 1 as of 1 June 2026." in text
    assert "What you said last, as of 1 June 2026 Test: work is under way." in text


def test_form_begins_with_nothing_that_others_said(world, alice, as_):
    page = as_(alice).get(ADD)

    assert page.context["before"] is None
    assert "No material change</a>" not in page.text


def test_form_begins_with_nothing_that_was_retracted(said, erin, alice, world, as_):
    updates.retract_update(update=said, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    assert as_(alice).get(ADD).context["before"] is None


# No material change


def test_page_says_what_will_be_said_and_does_nothing(said, alice, world, as_):
    page = as_(alice).get(PAGE)

    text = words(page.text)
    assert page.status_code == 200
    for part in ("as of 1 June 2026", "In progress", "At risk", "Thử: chậm", "Update 1"):
        assert part in text
    assert newest() == said


def test_one_button_says_it(said, alice, world, as_):
    after = as_(alice).get(PAGE).context["after"]

    answer = as_(alice).post(PAGE, {"after": after})

    made = newest()
    assert (answer.status_code, answer.url, told(answer)) == (302, detail(made), SUBMITTED)
    assert (made.state, made.kind, made.stage, made.forecast, made.problem_vi) == (
        "submitted", "no_change", "in_progress", "at_risk", "Thử: chậm",
    )  # fmt: skip


def test_two_clicks_say_it_once(said, alice, world, as_):
    after = as_(alice).get(PAGE).context["after"]

    as_(alice).post(PAGE, {"after": after})
    again = as_(alice).post(PAGE, {"after": after})

    assert (again.url, told(again)[-1]) == (
        detail(newest()), ("info", "This update was handed in already."),
    )  # fmt: skip
    assert StatusUpdate.objects.count() == 2


def test_open_draft_comes_first(said, alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    page = as_(alice).get(PAGE)
    answer = as_(alice).post(PAGE, {"after": draft.pk})

    assert f'href="{edit(draft)}"' in page.text
    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done You have begun another draft here. Hand it in or discard it first.",
    )


def test_without_an_earlier_update_it_says_why_not(alice, world, as_):
    page, answer = as_(alice).get(PAGE), as_(alice).post(PAGE, {"after": "0"})

    why = "“No material change” needs an earlier published update of your organisation."
    assert why in page.text
    assert (answer.status_code, why in (refusal(answer) or "")) == (422, True)
    assert StatusUpdate.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("dan", 403), ("erin", 403), ("bob", 403)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_reporter_of_the_lead_says_it(method, who, status, said, world, as_, request):
    person = request.getfixturevalue(who)

    assert getattr(as_(person), method)(PAGE).status_code == status
    assert newest() == said


def test_nobody_logged_in_is_asked_to_log_in(said, client):
    client.logout()

    assert client.get(PAGE).url == f"/en/staff/log-in/?next={PAGE}"
