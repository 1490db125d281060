"""A session that ended loses no text: it waits for the same person, and for nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from commitments.models import StatusUpdate
from commitments.views.staff import _kept
from tests import deeds, factories
from tests.factories.clock import NOW
from tests.views.staff.reading import told, typed
from tests.views.staff.writing import ADD, ROW, edit, only

pytestmark = pytest.mark.usefixtures("monday")

TEXT = "Test: typed before the session ended"
WAIT = "You were logged out. What you typed is kept: log in, and it stands in the form again."
AGAIN = "What you typed before stands in the form again. It is not saved yet: please save it."


def sent(person, **fields):
    return typed(**{"summary_en": TEXT, "writer": _kept.writer_word(person)} | fields)


def log_in(client, person, to):
    """By the session alone, as every way of logging in does in the end."""
    kept = dict(client.session.items())
    client.force_login(person)
    session = client.session
    session.update({name: value for name, value in kept.items() if not name.startswith("_auth")})
    session.save()
    return client.get(to)


def test_text_of_a_full_post_comes_back_after_log_in(alice, world, client):
    answer = client.post(ADD, sent(alice, evidence=[ROW], deed="submit"))

    assert (answer.status_code, answer.url) == (302, f"/en/staff/log-in/?next={ADD}")
    assert told(answer) == [("warning", WAIT)]
    assert StatusUpdate.objects.count() == 0
    page = log_in(client, alice, ADD)
    assert page.context["form"]["summary_en"].value() == TEXT
    assert [row["title"].value() for row in page.context["evidence"]] == ["Test page"]
    assert AGAIN in page.text
    saved = client.post(ADD, sent(alice))
    assert (saved.status_code, only().summary_en) == (302, TEXT)
    assert client.get(edit(only())).context["form"]["summary_en"].value() == TEXT
    assert AGAIN not in client.get(ADD, follow=True).text


def test_text_comes_back_through_the_real_log_in(alice, world, client):
    alice.set_password("test, not a secret")
    alice.save()
    client.post(ADD, sent(alice))

    page = client.post(
        "/en/staff/log-in/",
        {"username": alice.email, "password": "test, not a secret", "next": ADD},
        follow=True,
    )

    assert page.context["form"]["summary_en"].value() == TEXT


def test_text_of_a_draft_comes_back_into_the_draft(alice, world, client):
    draft = deeds.draft(alice, world.commitment)
    client.post(edit(draft), sent(alice, version=draft.version))

    page = log_in(client, alice, edit(draft))

    assert page.context["form"]["summary_en"].value() == TEXT
    assert f'name="version" value="{draft.version}"' in page.text
    assert only().summary_en == "Test: work is under way."


def test_newer_version_is_not_overwritten_by_what_was_kept(alice, world, client):
    draft = deeds.draft(alice, world.commitment)
    client.post(edit(draft), sent(alice, version=draft.version - 1))

    page = log_in(client, alice, edit(draft))

    assert page.status_code == 409
    assert [one.name for one in page.context["differences"]] == ["summary_en"]


def test_first_form_meets_the_draft_that_saved_itself(alice, world, client):
    client.post(ADD, sent(alice, version=0))
    deeds.draft(alice, world.commitment)

    page = log_in(client, alice, ADD)

    assert (page.status_code, [one.name for one in page.context["differences"]]) == (
        409, ["summary_en"],
    )  # fmt: skip


@pytest.mark.parametrize("who", ["dan", "bob", "erin"])
def test_nobody_else_sees_what_was_kept(who, alice, world, client, request):
    draft = deeds.draft(alice, world.commitment)
    client.post(edit(draft), sent(alice))

    page = log_in(client, request.getfixturevalue(who), edit(draft))

    assert page.status_code in (403, 404)
    assert TEXT not in page.text


def test_colleague_who_may_report_too_gets_a_form_of_their_own(alice, world, client):
    colleague = factories.UserFactory(email="colleague@example.org")
    factories.MembershipFactory(user=colleague, organisation=world.body, role="reporter")
    client.post(ADD, sent(alice))

    page = log_in(client, colleague, ADD)

    assert page.status_code == 200
    assert TEXT not in page.text


def test_nobody_saves_in_the_name_of_who_is_logged_in(alice, dan, world, as_):
    draft = deeds.draft(alice, world.commitment)

    answer = as_(alice).post(edit(draft), sent(dan, version=draft.version))

    assert (answer.status_code, only().summary_en) == (403, "Test: work is under way.")
    assert "Somebody else is logged in by now" in answer.text


def test_what_saves_itself_is_told_that_the_session_ended(alice, world, client):
    answer = client.post(ADD, sent(alice, deed="autosave"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (401, b"")
    assert Session.objects.count() == 0


@pytest.mark.parametrize("writer", ["", "x", "1:2", "WzFd:abc:def"])
def test_form_of_nobody_is_kept_for_nobody(writer, alice, world, client):
    answer = client.post(ADD, sent(alice, writer=writer))

    assert (answer.status_code, answer.url) == (302, f"/en/staff/log-in/?next={ADD}")
    assert _kept.KEY not in client.session


def test_too_much_is_not_kept_and_says_so(alice, world, client):
    answer = client.post(ADD, sent(alice, summary_vi="x" * 300_000))

    assert answer.status_code == 401
    assert "too much text to be kept" in answer.text
    assert Session.objects.count() == 0


def test_a_session_keeps_the_newest_three(alice, world, client):
    for number in range(4):
        client.post(f"{ADD}?corrects={number}", sent(alice))

    assert list(client.session[_kept.KEY]) == [f"{ADD}?corrects={number}" for number in (1, 2, 3)]


def test_nothing_is_kept_longer_than_a_day(alice, world, client):
    client.post(ADD, sent(alice))

    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        page = log_in(client, alice, ADD)

    assert TEXT not in page.text


def test_form_opened_before_a_new_log_in_comes_back_unsaved(alice, world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    answer = client.post(ADD, sent(alice))
    page = client.get(answer.url)

    assert (answer.status_code, answer.url) == (302, ADD)
    assert page.context["form"]["summary_en"].value() == TEXT
    assert StatusUpdate.objects.count() == 0


def test_forged_form_is_refused_without_being_kept(alice, world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    answer = client.post(ADD, typed(summary_en=TEXT))

    assert (answer.status_code, _kept.KEY in client.session) == (403, False)


def test_text_kept_by_the_browser_is_put_back_into_the_form(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    page = as_(alice).post(
        edit(draft), sent(alice, version=draft.version, evidence=[ROW, ROW], deed="restore")
    )

    assert (page.status_code, len(page.context["evidence"])) == (200, 2)
    assert 'data-unsaved="yes"' in page.text
    assert only().summary_en == "Test: work is under way."


def test_text_kept_by_the_browser_stands_beside_what_is_newer(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)

    page = as_(alice).post(edit(draft), sent(alice, version=1, deed="restore"))

    assert page.status_code == 409
    assert [one.name for one in page.context["differences"]] == ["summary_en"]
