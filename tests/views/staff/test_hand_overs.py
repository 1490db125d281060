"""Pages of handing over: chosen, looked at, done once, read by who takes over."""

import pytest

from commitments.models import Assignment, HandOver, StatusUpdate
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def ben(world):
    person = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=person, organisation=world.body)
    return person


@pytest.fixture
def charged(alice, world):
    return factories.AssignmentFactory(commitment=world.commitment, person=alice)


def add(giver):
    return f"/en/staff/organisations/test-lead/people/{giver.pk}/hand-over/"


def detail(made):
    return f"/en/staff/hand-overs/{made.pk}/"


def choice(taker, deed="check", after=0, **more):
    return {"taker": taker.pk, "note": "", "deed": deed, "after": after} | more


def test_hand_over_create_says_what_there_is(charged, alice, ben, world, as_):
    deeds.draft(alice, world.commitment)

    page = as_(alice).get(add(alice))

    assert sections(page)["Hand over what Alice has"].startswith(
        "1 charge 1 draft or returned update 0 absences covered Who takes over"
    )
    people = [str(label) for _value, label in page.context["form"].fields["taker"].choices]
    assert people == ["Please choose", "Ben (reporter)"]


def test_hand_over_create_shows_all_that_moves_before_it_does(charged, alice, ben, world, as_):
    deeds.draft(alice, world.commitment)

    page = as_(alice).post(add(alice), choice(ben, giver_leaves="on"))

    found = sections(page)
    assert found["From Alice to Ben"] == "Nothing has been done yet. This is what goes over."
    assert found["Charges"] == "Reports: CPT26-001 Test commitment"
    assert found["Drafts and returned updates"].startswith("Draft: CPT26-001 Test commitment")
    assert "All roles of Alice in this body end today." in page.text
    assert (HandOver.objects.count(), Assignment.objects.get().ended_at) == (0, None)


def test_hand_over_create_names_what_stays(charged, alice, ben, world, as_):
    deeds.draft(alice, world.commitment)
    deeds.draft(ben, world.commitment)

    page = as_(alice).post(add(alice), choice(ben))

    assert sections(page)["What stays where it is"].startswith(
        "CPT26-001 Test commitment: Ben has a draft of their own. The one of Alice stays with "
        "Alice, who can hand it in or discard it."
    )


@pytest.mark.parametrize("who", ["alice", "dan", "erin", "carol"])
def test_hand_over_create_does_it(who, charged, alice, ben, as_, request):
    by = request.getfixturevalue(who)

    answer = as_(by).post(add(alice), choice(ben, "hand_over", note="Test note"))

    made = HandOver.objects.get()
    assert (answer.url, told(answer)) == (
        detail(made), [("success", "Everything is handed over.")],
    )  # fmt: skip
    assert (made.giver, made.taker, made.done_by, made.note) == (alice, ben, by, "Test note")
    assert Assignment.objects.standing().get().person == ben


def test_hand_over_create_twice_is_once_also_for_who_left(charged, alice, ben, as_):
    sent = choice(ben, "hand_over", giver_leaves="on")
    first = as_(alice).post(add(alice), sent)
    again = as_(alice).post(add(alice), sent)

    assert (again.status_code, again.url, HandOver.objects.count()) == (302, first.url, 1)


def test_hand_over_create_goes_back_with_the_choice(charged, alice, ben, as_):
    page = as_(alice).post(add(alice), choice(ben, "back", note="Test note", giver_leaves="on"))

    form = page.context["form"]
    assert (page.status_code, errors(page)) == (200, [])
    assert (form["taker"].value(), form["note"].value()) == (str(ben.pk), "Test note")


@pytest.mark.parametrize("deed", ["check", "hand_over"])
def test_hand_over_create_answers_at_the_field(deed, charged, alice, dan, as_):
    nobody = as_(alice).post(add(alice), {"deed": deed, "after": 0})
    lacking = as_(alice).post(add(alice), choice(dan, deed))

    assert (nobody.status_code, errors(nobody)) == (
        422, [("id_taker", "Please choose who takes over.")],
    )  # fmt: skip
    assert (lacking.status_code, errors(lacking)) == (
        422,
        [("id_taker", "Dan would have to be reporter of this body to take this over.")],
    )
    assert HandOver.objects.count() == 0


def test_hand_over_create_of_nothing(alice, ben, as_):
    answer = as_(alice).post(add(alice), choice(ben))

    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done There is nothing to hand over: no charge, draft or cover hangs on "
        "this person.",
    )


@pytest.mark.parametrize("who", ["ben", "bob"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_hand_over_create_is_for_nobody_else(method, who, charged, alice, ben, as_, request):
    person = request.getfixturevalue(who)

    answer = getattr(as_(person), method)(add(alice), choice(ben, "hand_over"))

    assert (answer.status_code, HandOver.objects.count()) == (403, 0)


def test_hand_over_create_of_who_is_no_member(bob, erin, world, as_):
    assert as_(erin).get(add(bob)).status_code == 403


# Reading it


@pytest.fixture
def made(alice, ben, world):
    return factories.HandOverFactory(
        organisation=world.body, giver=alice, taker=ben, done_by=alice, note="Test note",
        moved={"charges": 2, "updates": 1, "covers": 0},
    )  # fmt: skip


def test_hand_over_detail_says_what_went_over(made, ben, as_):
    page = as_(ben).get(detail(made))

    found = sections(page)
    assert found["From Alice to Ben"] == (
        "Handed over on 1 June 2026 at 09:00 by Alice. Test note Alice"
    )
    assert found["What went over"].startswith(
        "2 charges 1 draft or returned update 0 absences covered"
    )
    assert "I have read it" in page.text


def test_hand_over_detail_names_what_stayed_as_long_as_it_does(made, alice, ben, world, as_):
    draft = deeds.draft(alice, world.commitment)
    HandOver.objects.update(moved={"kept_updates": [draft.pk]}, giver_leaves=True)

    page = as_(ben).get(detail(made))

    assert "What stayed behind" in sections(page)
    StatusUpdate.objects.update(author=ben)
    assert "What stayed behind" not in sections(as_(ben).get(detail(made)))


def test_hand_over_detail_is_for_those_concerned(made, alice, ben, dan, erin, bob, as_):
    people = (alice, ben, dan, erin, bob)

    answers = [as_(person).get(detail(made)).status_code for person in people]

    assert answers == [200, 200, 200, 200, 404]


def test_hand_over_seen_is_for_the_taker(made, alice, ben, as_):
    refused = as_(alice).post(f"{detail(made)}seen/")
    answer = as_(ben).post(f"{detail(made)}seen/")

    made.refresh_from_db()
    assert (refused.status_code, answer.url, made.seen_at) == (403, "/en/staff/", NOW)
    assert "Read by Ben on 1 June 2026." in words(as_(ben).get(detail(made)).text)
    assert as_(ben).get(f"{detail(made)}seen/").url == detail(made)


# Going on with what somebody left


def test_update_take_over_is_offered_when_the_author_left(alice, ben, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment)
    page = f"/en/staff/updates/{update.pk}/"
    before = as_(ben).get(page).text
    alice.memberships.update(ended_on=TODAY)

    offered = as_(ben).get(page)
    answer = as_(ben).post(f"{page}take-over/")

    assert "take-over" not in before
    assert "Alice no longer reports for this body." in offered.text
    assert told(answer) == [("success", "You are its author now and can go on with it.")]
    assert StatusUpdate.objects.get().author == ben


def test_update_take_over_while_the_author_reports(alice, ben, world, as_):
    update = deeds.draft(alice, world.commitment)

    answer = as_(ben).post(f"/en/staff/updates/{update.pk}/take-over/")

    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done Its author still reports for this body and can go on with it.",
    )
