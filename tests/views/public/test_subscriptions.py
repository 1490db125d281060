"""Following by mail without an account: the whole way, and everybody who would abuse it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from commitments.models import CitizenMail, Subscriber, Subscription
from commitments.services import record
from commitments.services.record import EDITORS
from commitments.text.citizen_links import OWN
from commitments.text.citizens import make_stamp, sign
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.citizens.outbox import link_in, send_due, weekly_mails

PAGE = "/en/subscribe/"
ANNA = "anna@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
A_MINUTE_AGO = NOW - timedelta(minutes=1)


@pytest.fixture
def client():
    """Nobody's: it would stumble over a form that needs a cookie."""
    return Client(enforce_csrf_checks=True)


def typed(email=ANNA, *, shown_at=A_MINUTE_AGO, **more):
    return {"email": email, "stamp": make_stamp("test-form", shown_at), "homepage": ""} | more


def rows():
    return list(Subscription.objects.values_list("subscriber__email", "kind", "key"))


def heading(answer):
    return answer.text.partition("<h1>")[2].partition("</h1>")[0]


def asked(client, query="", **more):
    return client.post(f"{PAGE}{query}", typed(**more))


def confirmed(client, query=""):
    asked(client, query)
    [message] = send_due(NOW)
    client.post(link_in(message, "/confirm/"))
    return Subscriber.objects.get()


def own_page(subscriber):
    return f"{PAGE}own/{sign(OWN, subscriber.nonce)}/"


def test_the_whole_way_without_a_cookie(world, client):
    assert 'name="stamp"' in client.get(PAGE).text
    assert asked(client, email=" Anna@Example.ORG ")["Location"] == f"{PAGE}sent/"
    [message] = send_due(NOW)
    assert message.to == [ANNA]
    confirm = link_in(message, "/confirm/")

    assert heading(client.get(confirm)) == "Confirm: changes by mail"
    client.head(confirm)
    assert Subscription.objects.get().confirmed_at is None  # reading acts on nothing
    answers = [client.post(confirm), client.post(confirm)]
    assert [heading(one) for one in answers] == ["You will be told"] * 2
    assert rows() == [(ANNA, "everything", "")]

    record.publish(world.commitment, action="changed", by=EDITORS, effective_on=TODAY, now=NOW)
    [weekly] = weekly_mails(NOW + timedelta(days=7))
    own = re.search("<https?://[^/]+(.*)>", weekly.extra_headers["List-Unsubscribe"])[1]
    assert heading(client.get(own)) == "What you follow"
    assert rows() == [(ANNA, "everything", "")]
    ended = [client.post(own, ONE_CLICK), client.post(own, ONE_CLICK), client.get(own)]
    assert [(one.status_code, heading(one)) for one in ended] == [
        (200, "You follow nothing any more")
    ] * 3
    assert (Subscriber.objects.count(), CitizenMail.objects.count()) == (0, 0)
    assert client.get(confirm).status_code == 410
    assert dict(client.cookies) == {}


def test_answer_is_the_same_whether_the_address_is_known(world, client):
    confirmed(client)
    answers = [asked(client), asked(client, email="new@example.org"), asked(client)]

    assert {(one.status_code, one["Location"], one.content) for one in answers} == {
        (302, f"{PAGE}sent/", b"")
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?topic=commitment&of=test-commitment", ("commitment", "test-commitment")),
        ("?topic=organisation&of=test-lead", ("organisation", "test-lead")),
        ("?topic=priority&of=test/test-priority", ("priority", "test/test-priority")),
        ("?topic=search&q=dien&kind=national_mission&page=2", ("search", "q=dien&kind=national_mission")),
        ("?topic=search&q=q%3Ddien%26order%3Ddue", ("search", "q=dien")),
    ],
)  # fmt: skip
def test_every_thing_can_be_followed(world, client, query, found):
    factories.PriorityFactory(programme=world.programme, slug="test-priority")

    assert asked(client, query).status_code == 302
    assert rows() == [(ANNA, *found)]


@pytest.mark.parametrize(
    "query",
    [
        "?topic=commitment&of=nothing",
        "?topic=commitment&of=%00",
        "?topic=commitment",
        "?topic=everything&of=x",
        "?topic=nonsense&of=x",
        "?topic=priority&of=/",
        "?topic=search",
        "?topic=search&stage=nonsense",
        f"?topic=search&q={'x' * 1000}",
        "?topic=%ff&of=%ff",
    ],
)
def test_what_is_not_there_cannot_be_followed(world, client, query):
    for answer in (client.get(f"{PAGE}{query}"), asked(client, query)):
        assert (answer.status_code, heading(answer)) == (404, "This cannot be followed")
    assert rows() == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": ""}, "Please enter your e-mail address."),
        ({"email": "anna"}, "Please enter an e-mail address such as name@example.org."),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "such as name@example.org."),
        ({"email": f"{'a' * 250}@example.org"}, "such as name@example.org."),
        ({"email": "a@example.org,b@example.org"}, "such as name@example.org."),
        ({"homepage": "https://spam.example.org"}, "A field that nobody sees was filled in"),
        ({"stamp": ""}, "This form was not complete."),
        ({"stamp": "nonsense.nonsense"}, "This form was not complete."),
        ({"shown_at": NOW}, "This was sent faster than people type."),
        ({"shown_at": NOW - timedelta(days=2)}, "This page was open for more than a day."),
    ],
)
def test_refused_and_nothing_typed_is_lost(db, client, said, words):
    answer = client.post(PAGE, typed(**said))

    assert (answer.status_code, words in answer.text) == (422, True)
    assert rows() == []
    if said.get("email") is None:
        assert f'value="{ANNA}"' in answer.text
        stamp = re.search('name="stamp" value="([^"]+)"', answer.text)[1]
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            assert client.post(PAGE, typed(stamp=stamp)).status_code == 302


def test_a_network_can_send_only_so_many(db, client, settings):
    settings.CITIZEN_FORMS_PER_HOUR = 2
    answers = [asked(client, email=f"a{number}@example.org") for number in range(3)]

    assert [one.status_code for one in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert 'value="a2@example.org"' in answers[2].text
    assert Subscriber.objects.count() == 2
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert asked(other, email="b@example.org").status_code == 302


def test_forged_and_foreign_tokens_are_no_page(world, client):
    subscriber = confirmed(client)
    forged = [
        f"{PAGE}own/{subscriber.nonce}/",
        f"{PAGE}own/{subscriber.nonce}.AAAA/",
        f"{PAGE}confirm/1.AAAA/",
        own_page(subscriber).replace("/own/", "/confirm/"),
        f"/en/report-error/confirm/{sign(OWN, subscriber.nonce)}/",
    ]

    assert [client.post(path, ONE_CLICK).status_code for path in forged] == [404] * 5
    assert Subscriber.objects.count() == 1


def test_own_page_ends_one_changes_the_language_and_names_nobody(world, client):
    subscriber = confirmed(client)
    other = factories.SubscriptionFactory()
    mine = factories.SubscriptionFactory(
        subscriber=subscriber, kind="commitment", key="test-commitment"
    )
    page = own_page(subscriber)
    shown = client.get(page)

    assert ("a•••@example.org" in shown.text, ANNA in shown.text) == (True, False)
    assert shown["Cache-Control"] == "private, no-store"
    assert shown["Referrer-Policy"] == "no-referrer"
    assert sign(OWN, subscriber.nonce) not in shown.text.partition("<body")[0]
    client.post(page, {"deed": "language", "language": "vi"})
    client.post(page, {"deed": "language", "language": "xx"})
    client.post(page, {"deed": "end", "which": other.pk})
    client.post(page, {"deed": "end", "which": "1' OR 1=1"})
    client.post(page, {"deed": "end", "which": mine.pk})
    assert client.post(page, {"deed": "nonsense"}).status_code == 422

    assert Subscriber.objects.get(email=ANNA).language == "vi"
    assert [kind for _email, kind, _key in rows()] == ["everything", "everything"]


def test_link_that_lapsed_confirms_nothing(db, client):
    asked(client)
    [message] = send_due(NOW)
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        answer = client.post(link_in(message, "/confirm/"))

    assert (answer.status_code, heading(answer)) == (410, "This link is of no more use")
    assert Subscription.objects.get().confirmed_at is None
    assert len(mail.outbox) == 1


def test_mail_is_in_the_language_of_the_form(db, client):
    client.post("/vi/subscribe/", typed())
    [message] = send_due(NOW)

    assert "/vi/subscribe/confirm/" in message.body
    assert message.extra_headers["Content-Language"] == "vi"
