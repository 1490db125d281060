"""Publishing an update, what officers do then, and the whole life."""

from datetime import timedelta

import pytest

from commitments.models import (
    Commitment,
    Completion,
    EvidenceAcceptance,
    PublicEvent,
    Retraction,
    StatusUpdate,
)
from tests import deeds, factories
from tests.factories.clock import TODAY
from tests.views.staff.judging import FORBIDDEN, OWN, accept, page, state, superuser
from tests.views.staff.reading import errors, refusal, sections, told

pytestmark = pytest.mark.usefixtures("monday")


# Publishing


def test_update_publish_puts_it_into_the_record(signed, erin, client, as_):
    answer = as_(erin).post(page(signed, "publish/"), {"version": signed.version})

    assert told(answer) == [("success", "Published. It stands in the public record now.")]
    update = StatusUpdate.objects.get()
    assert (update.state, update.publisher, update.number) == ("published", erin, 1)
    assert list(PublicEvent.objects.values_list("action", "object_key")) == [
        ("published", "test-commitment/1"), ("stage_set", "test-commitment"),
    ]  # fmt: skip
    client.logout()
    assert "Test: work is under way." in client.get("/en/commitments/test-commitment/").text


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_update_publish_of_the_own_work_is_refused_in_words(who, signed, world, as_, request):
    person = superuser(request.getfixturevalue(who))
    factories.MembershipFactory(user=person, organisation=world.unit, role="officer")

    answer = as_(person).post(page(signed, "publish/"))

    assert (answer.status_code, refusal(answer), state()) == (403, OWN, "approved")


@pytest.mark.parametrize(("who", "status"), [("bob", 404), ("carol", 404)])
def test_update_publish_by_others(who, status, signed, as_, request):
    answer = as_(superuser(request.getfixturevalue(who))).post(page(signed, "publish/"))

    assert (answer.status_code, state(), PublicEvent.objects.count()) == (status, "approved", 0)


def test_update_publish_before_approval(handed_in, erin, as_):
    answer = as_(erin).post(page(handed_in, "publish/"))

    assert (answer.status_code, refusal(answer)) == (
        409, "This was not done “published” cannot follow “submitted”.",
    )  # fmt: skip


def test_update_publish_into_a_closed_commitment(signed, erin, as_):
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    answer = as_(erin).post(page(signed, "publish/"))

    assert (answer.status_code, refusal(answer), state()) == (
        409, "This was not done “in progress” cannot follow “withdrawn”.", "approved",
    )  # fmt: skip


# After publication


def test_evidence_accept_confirms_the_source(complete, erin, as_):
    row = complete.evidence.get()

    answer = as_(erin).post(accept(row))

    assert (answer.url, told(answer)) == (
        page(complete), [("success", "Accepted as a source other than the body itself.")],
    )  # fmt: skip
    assert EvidenceAcceptance.objects.get().evidence == row


def test_evidence_accept_refuses_the_bodys_own_page_in_words(complete, erin, as_):
    row = complete.evidence.get()
    row.relation = "own_body"
    row.save()

    answer = as_(erin).post(accept(row))

    assert (answer.status_code, errors(answer)) == (
        422, [("", "A body's own publication alone never confirms what the body says.")],
    )  # fmt: skip
    assert EvidenceAcceptance.objects.count() == 0


@pytest.mark.parametrize("who", ["dan", "bob", "carol"])
def test_evidence_accept_by_others(who, complete, as_, request):
    answer = as_(superuser(request.getfixturevalue(who))).post(accept(complete.evidence.get()))

    assert (answer.status_code, refusal(answer)) == (403, FORBIDDEN)
    assert EvidenceAcceptance.objects.count() == 0


def test_evidence_accept_of_what_is_unseen(alice, bob, world, as_):
    draft = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])

    assert as_(bob).post(accept(draft.evidence.get())).status_code == 404


def test_update_confirm_completes_the_commitment(complete, erin, world, as_):
    as_(erin).post(accept(complete.evidence.get()))

    answer = as_(erin).post(page(complete, "confirm/"))

    assert told(answer) == [
        ("success", "Accepted as a source other than the body itself."),
        ("success", "Confirmed. The commitment stands as complete."),
    ]
    commitment = Commitment.objects.get(pk=world.commitment.pk)
    assert (commitment.stage, commitment.closed_on, Completion.objects.count()) == (
        "complete", TODAY, 1,
    )  # fmt: skip


def test_update_confirm_needs_an_accepted_source(complete, erin, as_):
    offered = as_(erin).get(page(complete))
    answer = as_(erin).post(page(complete, "confirm/"))

    assert "first accept a source that is not the body's own" in offered.text.replace("&#x27;", "'")
    assert (answer.status_code, errors(answer)) == (
        422, [("", "First accept a source that is not the body's own publication.")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "said"), [("alice", OWN), ("dan", OWN), ("bob", FORBIDDEN), ("carol", FORBIDDEN)]
)
@pytest.mark.parametrize("deed", ["confirm/", "retract/"])
def test_update_confirm_and_retract_are_for_another_officer(
    deed, who, said, complete, erin, world, as_, request
):
    person = superuser(request.getfixturevalue(who))
    if said == OWN:
        factories.MembershipFactory(user=person, organisation=world.unit, role="officer")

    answer = as_(person).post(page(complete, deed), {"reason_en": "Test"})

    assert (answer.status_code, refusal(answer)) == (403, said)
    assert (Completion.objects.count(), Retraction.objects.count()) == (0, 0)


def test_update_retract_puts_the_reason_before_the_text(complete, erin, client, as_):
    answer = as_(erin).post(
        page(complete, "retract/"), {"reason_vi": "", "reason_en": "Test: wrong body"}
    )

    assert told(answer) == [("success", "Retracted. Your reason stands before the text in public.")]
    client.logout()
    public = client.get("/en/commitments/test-commitment/updates/1/").text.split("<h1>")[1]
    assert public.index("Test: wrong body") < public.index("Test: work is under way.")


def test_update_retract_needs_a_reason(complete, erin, as_):
    answer = as_(erin).post(page(complete, "retract/"), {"reason_vi": " ", "reason_en": ""})

    assert (answer.status_code, errors(answer)) == (
        422, [("id_reason_en", "Please give the public reason.")],
    )  # fmt: skip
    assert Retraction.objects.count() == 0


def test_update_retract_twice(complete, erin, as_):
    as_(erin).post(page(complete, "retract/"), {"reason_en": "Test"})

    answer = as_(erin).post(page(complete, "retract/"), {"reason_en": "Test"})

    assert (answer.status_code, refusal(answer)) == (
        409, "This was not done This update was retracted already.",
    )  # fmt: skip


# The whole life


def test_update_goes_its_whole_life_through_the_pages(alice, dan, erin, world, as_, client):
    add = "/en/staff/commitments/test-commitment/updates/add/"
    sent = {
        "kind": "progress", "as_of_on": "31/5/2026", "stage": "reported_complete",
        "summary_en": "Test: done.", "evidence-TOTAL_FORMS": 1, "evidence-INITIAL_FORMS": 0,
        "evidence-0-title": "Test page", "evidence-0-url": "https://example.org/test-page",
        "evidence-0-relation": "third_party", "after": 0,
    }  # fmt: skip
    as_(alice).post(add, sent | {"deed": "save"})
    update = StatusUpdate.objects.get()
    as_(alice).post(page(update, "submit/"))
    as_(dan).post(page(update, "approve/"), {"version": 2})
    as_(erin).post(page(update, "return/"), {"version": 2, "comment": "Test: which page?"})
    as_(alice).post(
        page(update, "edit/"),
        sent | {"version": 3, "evidence-0-shows": "Test: the last line", "deed": "submit"},
    )
    as_(dan).post(page(update, "approve/"), {"version": 4})
    as_(erin).post(page(update, "publish/"), {"version": 4})
    as_(erin).post(accept(update.evidence.get()))
    as_(erin).post(page(update, "confirm/"))

    update.refresh_from_db()
    assert list(update.actions.values_list("deed", "person")) == [
        ("submitted", alice.pk), ("approved", dan.pk), ("returned", erin.pk),
        ("submitted", alice.pk), ("approved", dan.pk), ("published", erin.pk),
    ]  # fmt: skip
    assert (update.as_of_on, update.author, update.approver, update.publisher) == (
        TODAY - timedelta(days=1), alice, dan, erin,
    )  # fmt: skip
    assert list(PublicEvent.objects.values_list("action", "object_kind")) == [
        ("published", "source"), ("published", "status_update"), ("published", "evidence"),
        ("stage_set", "commitment"), ("accepted", "evidence_acceptance"),
        ("completed", "completion"), ("completed", "commitment"),
    ]  # fmt: skip
    client.logout()
    public = sections(client.get("/en/commitments/test-commitment/"))
    assert "Complete" in public["Where it stands"]
    assert "Test: done." in public["History"]
