"""The page behind the link in every mail that mutes what may be muted."""

import pytest
from django.core.signing import Signer
from django.test import Client

from commitments.models import Mute
from commitments.text.mutes import mute_url
from tests import factories
from tests.factories.clock import NOW

ALL = ["R1", "R4", "R5", "R7"]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
MUTE, UNMUTE = {"deed": "mute"}, {"deed": "unmute"}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def thi(db):
    return factories.UserFactory(
        email="thi@example.org", full_name="Test Family Thi", language="en"
    )


def page_of(person):
    return mute_url(person.pk).partition("//")[2].partition("/")[2].join(["/", ""])


def muted(person):
    return list(Mute.objects.filter(person=person).values_list("topic", flat=True))


def heading(answer):
    return answer.text.partition("<h1>")[2].partition("</h1>")[0]


def test_reading_the_page_mutes_nothing(thi, client):
    for answer in (client.get(page_of(thi)), client.head(page_of(thi))):
        assert answer.status_code == 200
    shown = client.get(page_of(thi))

    assert muted(thi) == []
    assert heading(shown) == "Mute reminders"
    assert "About the mail that goes to t•••@example.org" in shown.text
    assert "A reporting period has opened" in shown.text
    assert "An update is late" in shown.text
    assert [value for value in ("mute", "unmute") if f'value="{value}"' in shown.text] == ["mute"]


def test_page_tells_nobody_who_it_is(thi, client):
    for answer in (client.get(page_of(thi)), client.post(page_of(thi), ONE_CLICK)):
        said = [word for word in ("Test Family", "Thi", "thi@example.org") if word in answer.text]
        assert said == []


def test_one_click_mutes_all_that_may_be_muted_without_session_or_cookie(thi):
    client = Client(enforce_csrf_checks=True)

    answers = [client.post(page_of(thi), ONE_CLICK), client.post(page_of(thi), ONE_CLICK)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [heading(answer) for answer in answers] == ["These reminders are muted"] * 2
    assert "Done. From now on these reminders do not come any more." in answers[0].text
    assert (muted(thi), dict(client.cookies)) == (ALL, {})
    assert [(one.history_type, one.route, one.history_user) for one in Mute.history.all()] == [
        ("+", "mail_link", None)
    ] * 4


def test_one_click_comes_in_either_encoding(thi, client):
    client.post(page_of(thi), "List-Unsubscribe=One-Click", content_type=FORM)

    assert muted(thi) == ALL


def test_button_of_the_page_mutes_and_takes_it_back(thi):
    factories.MuteFactory(person=thi, topic="R5", since_at=NOW)
    client = Client(enforce_csrf_checks=True)
    assert client.get(page_of(thi)).text.count("</form>") == 2

    assert client.post(page_of(thi), MUTE).status_code == 200
    assert muted(thi) == ALL
    assert 'value="unmute"' in client.get(page_of(thi)).text

    answer = client.post(page_of(thi), UNMUTE)
    assert (answer.status_code, heading(answer), muted(thi)) == (200, "Mute reminders", [])
    assert "Done. From now on all reminders come again." in answer.text
    assert client.post(page_of(thi), UNMUTE).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", FORM),
        ("List-Unsubscribe=one-click", FORM),
        ("list-unsubscribe=One-Click", FORM),
        ("url=1&List-Unsubscribe=", FORM),
        ("deed=publish", FORM),
        ('{"List-Unsubscribe": "One-Click"}', "application/json"),
        ("List-Unsubscribe=One-Click", "text/plain"),
    ],
)
def test_a_scanner_that_posts_something_else_changes_nothing(body, kind, thi, client):
    answer = client.post(f"{page_of(thi)}?List-Unsubscribe=One-Click", body, content_type=kind)

    assert (answer.status_code, heading(answer), muted(thi)) == (422, "Mute reminders", [])


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(method, thi, client):
    assert getattr(client, method)(page_of(thi)).status_code == 405
    assert muted(thi) == []


def test_token_that_was_not_made_here_is_a_page_that_is_not_found(thi, client):
    own = page_of(thi)
    nobody = Signer(sep=".", salt="commitments.mutes")
    wrong = [
        own.replace(f"{thi.pk}.", f"{thi.pk + 1}."),
        own[:-2] + "/",
        f"/mail/mute/{thi.pk}/",
        f"/mail/mute/{nobody.sign(str(thi.pk + 9))}/",
        "/mail/mute/%00/",
    ]

    assert [client.post(path, ONE_CLICK).status_code for path in wrong] == [404] * len(wrong)
    assert [client.get(path).status_code for path in wrong] == [404] * len(wrong)
    assert muted(thi) == []


def test_page_is_in_the_language_of_the_mail_and_in_the_other(thi, client):
    thi.language = "vi"
    thi.save()

    answers = [
        client.get(page_of(thi) + asked) for asked in ("", "?lang=en", "?lang=vi", "?lang=x")
    ]

    shown = [answer.text.partition('<html lang="')[2][:2] for answer in answers]
    assert shown == ["vi", "en", "vi", "vi"]
    assert [answer["Content-Language"] for answer in answers] == shown
    assert all(f'href="?lang={code}"' in answers[0].text for code in ("vi", "en"))
    assert 'action="?lang=en"' in answers[1].text


def test_answer_is_kept_and_found_nowhere(thi, client):
    for answer in (client.get(page_of(thi)), client.post(page_of(thi), ONE_CLICK)):
        names = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
        assert [answer[name] for name in names] == ["no-store", "no-referrer", "noindex"]
        assert '<meta name="robots" content="noindex">' in answer.text


def test_whoever_left_can_still_mute(thi, client):
    thi.is_active = False
    thi.save()

    assert client.post(page_of(thi), ONE_CLICK).status_code == 200
    assert muted(thi) == ALL


def test_a_forwarded_link_acts_for_its_person_whoever_is_logged_in(thi, alice, client):
    client.force_login(alice)

    answer = client.post(page_of(thi), MUTE)

    assert (answer.status_code, muted(thi), muted(alice)) == (200, ALL, [])
    assert {one.history_user for one in Mute.history.all()} == {None}
    assert "Alice" not in answer.text
