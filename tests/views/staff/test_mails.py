"""Pages of mail that did not arrive: tried again, and addresses that work again."""

from datetime import timedelta

import pytest

from commitments.models import Digest, MailFault
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.reading import sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

ALL = "/en/staff/reminders/mails/retry/"


@pytest.fixture
def dead(world, alice):
    """Two mails to Alice that were given up, each with something in it."""
    made = [
        factories.DigestFactory(recipient=alice, state="dead", kind=kind)
        for kind in ("daily", "single")
    ]
    for number, digest in enumerate(made):
        factories.NoticeFactory(
            digest=digest, recipient=alice, commitment=world.commitment, cycle=f"test-{number}"
        )
    return made


def retry(digest):
    return f"/en/staff/reminders/mails/{digest.pk}/retry/"


def states():
    return list(Digest.objects.order_by("pk").values_list("state", flat=True))


def test_digest_retry_says_what_follows(dead, erin, as_):
    answer = as_(erin).post(retry(dead[0]))

    assert (answer.url, told(answer), states()) == (
        "/en/staff/reminders/",
        [("success", "The mail to Alice is tried again within a few minutes.")],
        ["planned", "dead"],
    )


def test_digest_retry_says_why_not(dead, erin, as_):
    Digest.objects.update(day_on=NOW - timedelta(days=3))

    answer = as_(erin).post(retry(dead[0]))

    assert (told(answer), states()) == (
        [
            (
                "error",
                "This mail is of an earlier day and does not go out any more. "
                "What is still owed goes with the person’s next mail of the day.",
            )
        ],
        ["dead", "dead"],
    )


def test_digest_retry_all_takes_all(dead, erin, as_):
    answer = as_(erin).post(ALL)

    assert (answer.url, told(answer), states()) == (
        "/en/staff/reminders/",
        [("success", "2 mails are tried again within a few minutes.")],
        ["planned", "planned"],
    )
    assert told(as_(erin).post(ALL))[1:] == [
        ("info", "No mail is given up that could be tried again.")
    ]


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_digest_retry_is_for_officers(who, dead, as_, request):
    person = request.getfixturevalue(who)

    codes = [as_(person).post(url).status_code for url in (retry(dead[0]), ALL)]

    assert (codes, states()) == ([404, 403], ["dead", "dead"])


def test_digest_retry_never_acts_on_get(dead, erin, as_):
    codes = [as_(erin).get(url).status_code for url in (retry(dead[0]), ALL)]

    assert (codes, states()) == ([405, 405], ["dead", "dead"])


@pytest.fixture
def three(alice):
    """Three mails to Alice came back, one to her former address."""
    for number in range(3):
        factories.MailFaultFactory(
            person=alice, address=alice.email, kind="bounced", code="5.1.1",
            said=f"Test no such user {number}", happened_at=NOW - timedelta(days=number),
        )  # fmt: skip
    factories.MailFaultFactory(person=alice, address="old@example.org", said="Test old")
    return alice


def page_of(person):
    return f"/en/staff/people/{person.pk}/"


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_person_detail_shows_mail_that_did_not_arrive_and_clears_it(who, three, as_, request):
    by = as_(request.getfixturevalue(who))

    page = by.get(page_of(three))
    text = words(page.text)

    assert "Mail that did not arrive" in sections(page)
    assert "Mail does not reach alice@example.org at present." in text
    assert "Came back (5.1.1) Test no such user 0 1 June 2026 09:00" in text
    assert "Test old" not in text

    answer = by.post(f"{page_of(three)}address/clear/")

    assert (answer.url, told(answer)) == (
        page_of(three), [("success", "It is noted that the address works again.")],
    )  # fmt: skip
    cleared = MailFault.objects.order_by("pk").values_list("cleared_at", flat=True)
    assert list(cleared) == [NOW, NOW, NOW, None]
    assert "Mail that did not arrive" not in sections(by.get(page_of(three)))


def test_person_detail_with_fewer_says_that_some_did_not_arrive(three, erin, as_):
    MailFault.objects.latest("happened_at").delete()
    MailFault.objects.filter(said="Test no such user 2").delete()

    assert "Some mail to alice@example.org did not arrive." in words(
        as_(erin).get(page_of(three)).text
    )


def test_person_detail_shows_it_to_nobody_else(three, world, as_):
    ben = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=ben, organisation=world.body)

    page = as_(ben).get(page_of(three))

    assert (page.status_code, "Mail that did not arrive" in sections(page)) == (200, False)
    assert as_(ben).post(f"{page_of(three)}address/clear/").status_code == 403
    assert MailFault.objects.standing().count() == 4


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bob", 404), ("carol", 403)])
def test_address_clear_is_for_who_looks_after_them(who, status, three, as_, request):
    by = as_(request.getfixturevalue(who))

    assert by.post(f"{page_of(three)}address/clear/").status_code == status
    assert MailFault.objects.standing().count() == 4


def test_account_says_that_mail_came_back(three, dan, as_):
    assert "Mail to you came back" in sections(as_(three).get("/en/staff/account/"))
    text = words(as_(three).get("/en/staff/account/").text)
    assert "Reminders to alice@example.org did not arrive." in text
    assert "The address works again" not in text
    assert "Mail to you came back" not in sections(as_(dan).get("/en/staff/account/"))
