"""Requests for changes of plan: the list, one request, and the decision on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import ChangeRequest, Commitment, PublicEvent
from tests import factories
from tests.services.changes.asking import TARGET, WORDING, ask, decide
from tests.views.staff.reading import errors, refusal, rows, sections, told

pytestmark = pytest.mark.usefixtures("monday")

LIST = "/en/staff/changes/"
NOTE = "Test: the source does not say so."


def at(change, deed=""):
    return f"{LIST}{change.pk}/{deed}"


@pytest.fixture
def moved(plan, alice):
    return ask(alice, plan.commitment)


# The list


def test_change_list_shows_what_waits_for_me_first(moved, plan, alice, erin, as_):
    own = ask(erin, plan.commitment, "withdrawn", proposed={})
    refused = decide(
        ask(alice, plan.commitment, "narrowed", proposed=WORDING), erin, "refused", NOTE
    )

    page = as_(erin).get(LIST)

    kicker = "CPT26-001 · Test programme"
    assert rows(page, "requests") == [
        f"{kicker} Due date moved , Test commitment Test commitment Asked for by Alice on"
        " 1 June 2026 Waiting for a decision since today Decide : Due date moved, Test commitment",
        f"{kicker} Withdrawn , Test commitment Test commitment Asked for by Erin on 1 June 2026"
        " Waiting for a decision since today",
        f"{kicker} Wording: narrowed , Test commitment Test commitment Asked for by Alice on"
        " 1 June 2026 Refused",
    ]
    assert [row.pk for row, _heading in page.context["lines"]] == [moved.pk, own.pk, refused.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("programme=test", ["date_moved", "withdrawn"]),
        ("kind=withdrawn", ["withdrawn"]),
        ("state=open", ["date_moved"]),
        ("state=refused", ["withdrawn"]),
        ("state=approved", []),
        ("kind=date_moved&state=refused", []),
    ],
)
def test_change_list_is_filtered(query, found, moved, plan, alice, erin, as_):
    decide(ask(alice, plan.commitment, "withdrawn", proposed={}), erin, "refused", NOTE)

    page = as_(erin).get(f"{LIST}?{query}")

    assert [row.kind for row, _heading in page.context["lines"]] == found


def test_change_list_says_which_filter_cannot_be_read(moved, erin, as_):
    page = as_(erin).get(f"{LIST}?kind=renamed&programme=nowhere")

    assert page.status_code == 400
    assert [field for field, _text in errors(page)] == ["id_programme", "id_kind"]
    assert page.context["lines"] == []


@pytest.mark.parametrize(
    ("name", "count"), [("alice", 1), ("dan", 1), ("erin", 1), ("carol", 1), ("bob", 0)]
)
def test_change_list_is_of_ones_bodies_and_programmes(name, count, moved, as_, request):
    page = as_(request.getfixturevalue(name)).get(LIST)

    assert len(page.context["lines"]) == count
    if not count:
        assert "No change has been asked for" in page.text


def test_change_list_asks_who_it_is(client, world):
    assert client.get(LIST).url == f"/en/staff/log-in/?next={LIST}"


def test_change_list_takes_as_many_queries_with_1_row_as_with_30(plan, alice, erin, as_):
    def grow(number):
        for _each in range(number):
            commitment = factories.CommitmentFactory(programme=plan.programme)
            factories.ChangeRequestFactory(commitment=commitment, requester=alice)

    grow(1)
    browser = as_(erin)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    grow(23)
    with CaptureQueriesContext(connection) as many:
        page = browser.get(LIST)

    assert (len(page.context["lines"]), len(many)) == (24, len(few))


def test_change_list_has_pages(plan, alice, erin, as_):
    for _each in range(26):
        commitment = factories.CommitmentFactory(programme=plan.programme)
        factories.ChangeRequestFactory(commitment=commitment, requester=alice)

    page = as_(erin).get(f"{LIST}?page=2&state=open")

    assert (len(page.context["lines"]), page.context["page"].number) == (1, 2)


# One request


def test_change_detail_shows_what_stands_and_what_is_proposed(moved, erin, as_):
    page = sections(as_(erin).get(at(moved)))

    assert page["Due date moved"] == (
        "Test commitment Asked for by Alice on 1 June 2026Stated on 1 June 2026"
        " Waiting for a decision"
    )
    assert page["What stands and what is proposed"] == "Due Before: 2026 Proposed: June 2027"
    assert page["Why"] == "Test reason Test letter Test publisherdate not stated"
    assert page["Your decision"].endswith("Approve the changeRefuse the change")


def test_change_detail_compares_wordings_word_by_word(plan, alice, erin, as_):
    change = ask(alice, plan.commitment, "clarified", proposed=WORDING)

    page = sections(as_(erin).get(at(change)))

    assert page["What stands and what is proposed"] == (
        "Before Test wording Proposed Test wording [added:] , made clearer [end of what was added]"
    )


def test_change_detail_names_bodies(plan, alice, erin, as_):
    change = ask(alice, plan.commitment, "lead_changed",
                 proposed={"lead": "test-next", "confidence": "probable"})  # fmt: skip

    page = sections(as_(erin).get(at(change)))

    assert page["What stands and what is proposed"] == (
        "Lead Before: Test lead Proposed: Test next lead"
        " How sure this is Before: confirmed Proposed: probable"
    )


@pytest.mark.parametrize(
    ("name", "status", "deeds"),
    [
        ("alice", 200, (False, True)),
        ("dan", 200, (False, False)),
        ("erin", 200, (True, False)),
        ("carol", 200, (False, False)),
        ("bob", 404, None),
    ],
)
def test_change_detail_offers_each_their_own_deed(name, status, deeds, moved, as_, request):
    page = as_(request.getfixturevalue(name)).get(at(moved))

    assert page.status_code == status
    if deeds:
        assert (page.context["may_decide"], page.context["may_take_back"]) == deeds


def test_change_detail_of_a_decided_one_hides_people_from_others(moved, bob, erin, as_):
    decide(moved, erin, "refused", NOTE)

    for_bob, for_erin = as_(bob).get(at(moved)).text, as_(erin).get(at(moved)).text

    assert [name in for_bob for name in ("Alice", "Erin", NOTE)] == [False, False, True]
    assert [name in for_erin for name in ("Alice", "Erin", NOTE)] == [True, True, True]


# Decisions


def test_change_decide_approves(moved, erin, as_):
    answer = as_(erin).post(at(moved, "decide/"), {"decision": "approved", "note": ""})

    assert answer.url == at(moved)
    assert told(answer) == [
        ("success", "Approved. The present plan is changed; the original stays.")
    ]
    assert Commitment.objects.get(slug="test-commitment").due == "2027-06"


def test_change_decide_refuses_with_a_reason(moved, erin, as_):
    answer = as_(erin).post(at(moved, "decide/"), {"decision": "refused", "note": NOTE})

    assert told(answer) == [("success", "Refused. The plan stays as it is; the reason is public.")]
    assert ChangeRequest.objects.get().decision_note == NOTE
    assert Commitment.objects.get(slug="test-commitment").due == "2026"


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"decision": "refused", "note": " "},
         [("id_note", "Please say why it is refused. The reason is public.")]),
        ({"decision": "", "note": NOTE}, [("", "Please choose: approve or refuse.")]),
    ],
)  # fmt: skip
def test_change_decide_answers_at_the_field(sent, found, moved, erin, as_):
    answer = as_(erin).post(at(moved, "decide/"), sent)

    assert answer.status_code == 422
    assert [text for _field, text in errors(answer)] == [text for _field, text in found]
    assert answer.context["form"]["note"].value() == sent["note"]


@pytest.mark.parametrize(("name", "status"), [("alice", 403), ("dan", 403), ("bob", 404)])
def test_change_decide_is_not_for_everybody(name, status, moved, as_, request):
    answer = as_(request.getfixturevalue(name)).post(at(moved, "decide/"), {"decision": "approved"})

    assert (answer.status_code, ChangeRequest.objects.get().decision) == (status, "")


def test_change_decide_is_not_for_ones_own(plan, erin, as_):
    own = ask(erin, plan.commitment)

    answer = as_(erin).post(at(own, "decide/"), {"decision": "approved"})

    assert answer.status_code == 403
    assert refusal(answer) == (
        "This is not yours to do Nobody decides on their own work. Somebody else has to take"
        " this step."
    )


def test_change_decide_twice_is_once(moved, erin, as_):
    for _each in range(2):
        answer = as_(erin).post(at(moved, "decide/"), {"decision": "approved"})

    assert answer.status_code == 409
    assert refusal(answer) == "This was not done This request is no longer open: approved."
    assert PublicEvent.objects.filter(object_kind="change_request").count() == 1


def test_change_decide_keeps_what_was_typed_when_it_was_overtaken(plan, alice, erin, as_):
    change = ask(alice, plan.commitment, "target_changed", subject="target/1", proposed=TARGET)
    type(plan.target).objects.filter(pk=plan.target.pk).update(text_en="Test: meanwhile")

    shown = as_(erin).get(at(change))
    answer = as_(erin).post(at(change, "decide/"), {"decision": "approved", "note": NOTE})

    assert ("Approve the change" in shown.text, shown.context["is_overtaken"]) == (False, True)
    assert answer.status_code == 409
    assert "was changed after it was asked for" in refusal(answer)
    assert answer.context["form"]["note"].value() == NOTE


def test_change_decide_does_nothing_by_get(moved, erin, as_):
    assert as_(erin).get(at(moved, "decide/")).url == at(moved)
    assert ChangeRequest.objects.get().decision == ""


# Taking back


def test_change_take_back_is_the_requesters(moved, alice, as_):
    assert as_(alice).get(at(moved, "take-back/")).url == at(moved)
    assert ChangeRequest.objects.get().decision == ""

    answer = as_(alice).post(at(moved, "take-back/"))

    assert told(answer) == [("success", "Taken back. It was never public.")]
    assert ChangeRequest.objects.get().decision == "taken_back"


@pytest.mark.parametrize(("name", "status"), [("dan", 403), ("erin", 403), ("bob", 404)])
def test_change_take_back_is_for_nobody_else(name, status, moved, as_, request):
    answer = as_(request.getfixturevalue(name)).post(at(moved, "take-back/"))

    assert (answer.status_code, ChangeRequest.objects.get().decision) == (status, "")


def test_change_take_back_is_too_late_after_the_decision(moved, alice, erin, as_):
    decide(moved, erin)

    answer = as_(alice).post(at(moved, "take-back/"))

    assert answer.status_code == 409
    assert refusal(answer) == "This was not done This request is no longer open: approved."
