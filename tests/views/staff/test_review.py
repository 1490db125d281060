"""Seeing an update, approving and returning it."""

import pytest

from commitments.models import (
    StatusUpdate,
)
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.judging import FORBIDDEN, OWN, buttons, page, state, superuser
from tests.views.staff.reading import errors, refusal, sections, told

pytestmark = pytest.mark.usefixtures("monday")


# Seeing


def test_update_detail_shows_what_will_be_public_and_its_way(alice, dan, world, as_):
    update = deeds.returned(
        alice, dan, world.commitment, summary_vi="Thử: đang làm.", evidence=[deeds.PAGE]
    )

    assert sections(as_(alice).get(page(update))) == {
        "Test commitment": "Test leadAliceas of 1 June 2026 Returned",
        "What changed since it was returned": "returned by Dan on 1 June 2026 "
        "Test: please add figures. No field says anything else. "
        "Unchanged: Kind, As of, Stage, Summary in Vietnamese, Summary in English, Evidence",
        "What changed since the last published update": "This is the first update of this "
        "commitment. Nothing has been published before it.",
        "As it will stand in public": "Test: work is under way. In progress Evidence given "
        "As of 1 June 2026, according to Test lead; published after review. "
        "Test page Test publisher · date not stated · another third party "
        "What readers of Vietnamese read Thử: đang làm.",
        "What you can do": "Submit Edit",
        "What happened to it so far": "Submitted Alice, 1 June 2026 09:00 "
        "Returned Dan, 1 June 2026 09:00 Test: please add figures.",
        "Internal notes": "never public No notes yet. Write a note Note Never public. It cannot be "
        "changed or deleted later. You can enter up to 4000 characters "
        "Who may read it? Only Test lead Test lead and Test delivery unit Keep the note",
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
    ("who", "sees"), [("alice", True), ("erin", True), ("carol", True), ("bob", False)]
)
def test_names_and_comments_of_review_stay_in_the_two_houses(
    who, sees, alice, dan, erin, world, as_, request
):
    back = deeds.returned(alice, dan, world.commitment, comment="Test: not like this.")
    again = updates.submit_update(update=back, author=alice, today=TODAY, now=NOW)
    signed = updates.approve_update(update=again, approver=dan, now=NOW)
    out = updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)
    browser = as_(request.getfixturevalue(who))

    answer = browser.get(page(out))
    listed = browser.get("/en/staff/commitments/test-commitment/")

    seen = ["Test: not like this." in answer.text, *(
        name in text for name in ("Alice", "Dan", "Erin") for text in [_main(answer)]
    ), "Alice" in _main(listed)]  # fmt: skip
    assert seen == [sees] * 5


def _main(answer):
    """The page without the masthead, which names the reader."""
    return answer.text.partition("<main")[2]


@pytest.mark.parametrize(
    ("who", "fixture", "offered"),
    [
        ("alice", "handed_in", []),
        ("dan", "handed_in", ["Approve", "Return to its author"]),
        ("erin", "handed_in", []),
        ("dan", "signed", []),
        ("erin", "signed", ["Publish", "Set the time", "Return to its author"]),
        ("alice", "complete", []),
        ("erin", "complete", ["Accept as independent", "Retract"]),
    ],
)
def test_update_detail_offers_what_the_person_may_do(who, fixture, offered, dan, as_, request):
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
