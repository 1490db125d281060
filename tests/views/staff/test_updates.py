"""Review and what follows: each deed by those who may, refused in words to those who may not."""

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
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, sections, told

pytestmark = pytest.mark.usefixtures("monday")

OWN = (
    "This is not yours to do Nobody decides on their own work. Somebody else has to take this step."
)
FORBIDDEN = "This is not yours to do You may see this, but it is not yours to change."


def page(update, deed=""):
    return f"/en/staff/updates/{update.pk}/{deed}"


def accept(row):
    return f"/en/staff/evidence/{row.pk}/accept/"


def state():
    return StatusUpdate.objects.get().state


def superuser(user):
    type(user).objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    return user


def buttons(response):
    """The deeds that are offered, in order."""
    part = response.text.split('<main id="content"')[1].split("</main>")[0]
    return [line.split(">")[1].split("<")[0] for line in part.split("<button")[1:]]


@pytest.fixture
def handed_in(alice, world):
    return deeds.submitted(alice, world.commitment)


@pytest.fixture
def signed(alice, dan, world):
    return deeds.approved(alice, dan, world.commitment)


@pytest.fixture
def complete(alice, dan, erin, world):
    return deeds.published(
        alice, dan, erin, world.commitment, stage="reported_complete", evidence=[deeds.PAGE]
    )


# Seeing


def test_update_detail_shows_what_will_be_public_and_its_way(alice, dan, world, as_):
    update = deeds.returned(
        alice, dan, world.commitment, summary_vi="Thử: đang làm.", evidence=[deeds.PAGE]
    )

    assert sections(as_(alice).get(page(update))) == {
        "Test commitment": "Test leadAliceas of 1 June 2026 Returned",
        "As it will stand in public": "Test: work is under way. In progress Evidence given "
        "As of 1 June 2026, according to Test lead; published after review. "
        "Test page Test publisher · date not stated · another third party "
        "What readers of Vietnamese read Thử: đang làm.",
        "What you can do": "Submit Edit",
        "What happened to it so far": "Submitted Alice, 1 June 2026 09:00 "
        "Returned Dan, 1 June 2026 09:00 Test: please add figures.",
    }


@pytest.mark.parametrize(
    ("who", "make", "status"),
    [
        ("dan", deeds.draft, 200),
        ("erin", deeds.draft, 404),
        ("bob", deeds.draft, 404),
        ("carol", deeds.draft, 404),
        ("erin", deeds.submitted, 200),
        ("bob", deeds.submitted, 404),
        ("carol", deeds.submitted, 404),
    ],
)
def test_update_detail_of_what_is_not_public(who, make, status, alice, world, as_, request):
    update = make(alice, world.commitment)

    answer = as_(superuser(request.getfixturevalue(who))).get(page(update))

    assert answer.status_code == status
    assert ("Test: work is under way." in answer.text) is (status == 200)


def test_update_detail_of_nothing_answers_the_same_as_of_the_unseen(alice, bob, world, as_):
    update = deeds.draft(alice, world.commitment)

    unseen, nothing = as_(bob).get(page(update)), as_(bob).get("/en/staff/updates/999/")

    assert sections(unseen) == sections(nothing)
    assert (unseen.status_code, nothing.status_code) == (404, 404)


def test_published_update_is_seen_by_everybody_who_is_in(complete, bob, as_):
    answer = as_(bob).get(page(complete))

    assert (answer.status_code, buttons(answer)) == (200, [])
    assert "What you can do" not in sections(answer)


@pytest.mark.parametrize(
    ("who", "fixture", "offered"),
    [
        ("alice", "handed_in", []),
        ("dan", "handed_in", ["Approve", "Return to its author"]),
        ("erin", "handed_in", []),
        ("dan", "signed", []),
        ("erin", "signed", ["Publish", "Return to its author"]),
        ("alice", "complete", []),
        ("erin", "complete", ["Accept as independent", "Retract"]),
    ],
)
def test_update_detail_offers_what_the_person_may_do(who, fixture, offered, as_, request):
    update = request.getfixturevalue(fixture)

    answer = as_(request.getfixturevalue(who)).get(page(update))

    assert [text.strip() for text in buttons(answer)] == offered


def test_update_detail_of_the_own_published_update_offers_a_correction(complete, alice, as_):
    answer = as_(alice).get(page(complete))

    assert 'href="/en/staff/commitments/test-commitment/updates/add/?corrects=1"' in answer.text


def test_update_detail_of_an_imported_update(world, erin, as_):
    update = factories.StatusUpdateFactory(
        commitment=world.commitment, is_imported=True, summary_en="Test: imported"
    )

    answer = as_(erin).get(page(update))

    assert (answer.status_code, [text.strip() for text in buttons(answer)]) == (200, ["Retract"])


# Approving and returning


def test_update_approve_signs_off(handed_in, dan, as_):
    answer = as_(dan).post(page(handed_in, "approve/"), {"version": handed_in.version})

    assert (answer.url, told(answer)) == (
        page(handed_in),
        [("success", "Approved. The delivery unit reviews and publishes it next.")],
    )
    update = StatusUpdate.objects.get()
    assert (update.state, update.approver, update.approved_at) == ("approved", dan, NOW)


def test_update_approve_of_the_own_work_is_refused_in_words(handed_in, alice, world, as_):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")

    answer = as_(superuser(alice)).post(page(handed_in, "approve/"))

    assert (answer.status_code, refusal(answer), state()) == (403, OWN, "submitted")


@pytest.mark.parametrize(("who", "status"), [("erin", 403), ("bob", 404), ("carol", 404)])
def test_update_approve_by_others(who, status, handed_in, as_, request):
    answer = as_(superuser(request.getfixturevalue(who))).post(page(handed_in, "approve/"))

    assert (answer.status_code, state()) == (status, "submitted")
    assert refusal(answer) == (FORBIDDEN if status == 403 else None)


def test_update_approve_twice_says_that_it_is_done(handed_in, dan, as_):
    as_(dan).post(page(handed_in, "approve/"))

    answer = as_(dan).post(page(handed_in, "approve/"))

    assert answer.status_code == 409
    assert refusal(answer) == "This was not done “approved” cannot follow “approved”."
    assert StatusUpdate.objects.get().actions.filter(deed="approved").count() == 1


def test_update_approve_of_a_text_that_changed_since_shows_the_new_one(
    handed_in, alice, dan, world, as_
):
    read = handed_in.version
    updates.return_update(update=handed_in, reviewer=dan, comment="Test", now=NOW)
    StatusUpdate.objects.update(summary_en="Test: another text")
    updates.submit_update(update=handed_in, author=alice, today=TODAY, now=NOW)

    answer = as_(dan).post(page(handed_in, "approve/"), {"version": read})

    assert (answer.status_code, state()) == (409, "submitted")
    assert refusal(answer) == (
        "This was not done The text was changed since you read it. "
        "Please read it again as it is now."
    )
    assert "Test: another text" in answer.text


def test_update_return_gives_the_comment_to_the_author(handed_in, dan, as_):
    answer = as_(dan).post(page(handed_in, "return/"), {"comment": " Test: which month? "})

    assert told(answer) == [("success", "Returned. Its author is told of it with your comment.")]
    action = StatusUpdate.objects.get().actions.last()
    assert (state(), action.comment, action.person) == ("returned", "Test: which month?", dan)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("  ", "Please say what has to change before it can go on."),
        ("x" * 2001, "This text has 2001 characters; 2000 is the limit."),
    ],
)
def test_update_return_answers_at_the_comment(comment, said, handed_in, dan, as_):
    answer = as_(dan).post(page(handed_in, "return/"), {"comment": comment, "version": ""})

    assert (answer.status_code, errors(answer)) == (422, [("id_comment", said)])
    assert (answer.context["return_form"]["comment"].value(), state()) == (comment, "submitted")


def test_update_return_by_the_officer_keeps_what_was_typed_on_a_conflict(signed, erin, dan, as_):
    updates.return_update(update=signed, reviewer=erin, comment="Test", now=NOW)

    answer = as_(erin).post(page(signed, "return/"), {"comment": "Test: once more"})

    assert (answer.status_code, refusal(answer)) == (
        409, "This was not done “returned” cannot follow “returned”.",
    )  # fmt: skip


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
    assert "Test: done." in public["What was said of it"]
