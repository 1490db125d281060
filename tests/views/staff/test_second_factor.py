"""The second factor: set up by who needs it, asked for at log-in, good for one use."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from commitments.models import User
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.factors import (
    ASKS_CODE,
    CONFIRM,
    CONFIRM_CODE,
    FACTORS,
    LOG_IN,
    SECRET,
    code,
    codes_of,
    is_in,
    log_in,
    with_app,
    with_password,
)
from tests.views.staff.reading import errors, words

pytestmark = pytest.mark.usefixtures("monday")

WRONG = ("id_code", "This code is not right, or it was used already.")
TOO_MANY = ("id_code", "There were too many attempts. Please wait some minutes and try again.")
ADD_APP = f"{FACTORS}app/add/"


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


# Who needs one


@pytest.mark.parametrize(
    ("who", "needs"),
    [("alice", False), ("dan", False), ("bob", False), ("erin", True), ("carol", True)],
)
def test_officers_and_administrators_set_one_up_before_anything_else(
    who, needs, required, as_, request
):
    browser = as_(request.getfixturevalue(who))

    pages = ["/en/staff/", "/en/staff/people/", "/en/staff/commitments/test-commitment/"]
    answers = [browser.get(page) for page in pages]

    asked = [answer.status_code == 302 and answer.url == FACTORS for answer in answers]
    assert asked == [needs] * 3
    assert browser.post("/en/staff/reporting/").status_code == (302 if needs else 405)


def test_doors_stay_open_without_a_factor(erin, required, as_):
    browser = as_(erin)

    found = {
        path: browser.get(path).status_code for path in ("/en/staff/account/", FACTORS, "/en/")
    }

    assert found == {"/en/staff/account/": 200, FACTORS: 200, "/en/": 200}
    assert browser.post("/en/staff/log-out/").url == "/en/"


def test_the_admin_asks_for_one_too(required, client, db):
    root = factories.UserFactory(is_staff=True, is_superuser=True)
    client.force_login(root)
    assert client.get("/admin/").url.endswith("/staff/account/factors/")

    TOTP.activate(root, SECRET)
    assert client.get("/admin/").status_code == 200


def test_the_admin_has_no_log_in_of_its_own(client, db):
    """Else its password form would be a way round the second factor."""
    root = with_app(factories.UserFactory(is_staff=True, is_superuser=True))

    shown = client.get("/admin/login/?next=/admin/")
    typed = client.post(
        "/admin/login/", {"username": root.email, "password": "a password of the test"}
    )

    assert [
        (one.status_code, one.url.split("?")[0].split("/", 2)[2]) for one in (shown, typed)
    ] == [(302, "staff/log-in/")] * 2
    assert not is_in(client)


def test_a_recovery_code_alone_is_no_factor(erin, required, as_):
    RecoveryCodes.activate(erin)

    assert as_(erin).get("/en/staff/").url == FACTORS


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_secrets_are_not_kept_in_the_clear(kind, erin):
    with_app(erin)
    row = Authenticator.objects.get(user=erin, type=kind)

    kept = row.data["secret" if kind == "totp" else "seed"]

    assert kept.startswith("gAAAA")
    assert SECRET not in str(row.data)


def test_a_factor_sealed_under_a_lost_key_opens_nothing(erin, client, settings):
    with_app(erin)
    settings.SECRET_KEY = "another secret of the tests"
    log_in(client, erin)

    answer = client.post(ASKS_CODE, {"code": code()})

    assert (answer.status_code, errors(answer), is_in(client)) == (422, [WRONG], False)


def test_setting_the_first_one_up_ends_what_was_opened_without(
    alice, client, django_capture_on_commit_callbacks
):
    """Whoever came in by a stolen password before is out."""
    thief = Client()
    log_in(thief, with_password(alice))
    log_in(client, alice)
    assert is_in(thief)

    secret = client.get(ADD_APP).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD_APP, {"code": code(secret)})

    assert [one.get("/en/staff/account/").status_code for one in (thief, client)] == [302, 200]


# Setting up


def test_setting_up_an_app_takes_its_first_code(erin, required, client):
    log_in(client, with_password(erin))
    page = client.get(ADD_APP)
    secret = page.context["form"].secret
    assert secret in page.text
    assert 'src="data:image/svg+xml;base64,' in page.text

    wrong = client.post(ADD_APP, {"code": "000000"})
    right = client.post(ADD_APP, {"code": code(secret)})

    assert (wrong.status_code, errors(wrong)) == (422, [WRONG])
    assert (right.status_code, right.url) == (302, f"{FACTORS}codes/")
    assert client.get("/en/staff/").status_code == 200


def test_recovery_codes_are_shown_once_and_by_a_button(erin, client):
    log_in(client, with_password(erin))
    secret = client.get(ADD_APP).context["form"].secret
    client.post(ADD_APP, {"code": code(secret)})
    page = f"{FACTORS}codes/"
    codes = codes_of(erin)

    looked, pressed, again = client.get(page), client.post(page), client.post(page)

    assert [any(one in answer.text for one in codes) for answer in (looked, pressed, again)] == [
        False, True, False,
    ]  # fmt: skip
    assert all(one in pressed.text for one in codes)
    assert 'download="cam-ket-recovery-codes.txt"' in pressed.text
    assert "They were shown once and are not shown again." in words(again.text)


def test_new_recovery_codes_void_the_old_ones(erin, client):
    with_app(erin)
    log_in(client, erin)
    client.post(ASKS_CODE, {"code": code()})
    old = codes_of(erin)

    made = client.post(f"{FACTORS}codes/new/")

    assert (made.status_code, made.url) == (302, f"{FACTORS}codes/")
    assert set(codes_of(erin)).isdisjoint(old)


def test_taking_the_only_factor_off_leads_back_to_setting_up(erin, required, client):
    with_app(erin)
    log_in(client, erin)
    client.post(ASKS_CODE, {"code": code()})

    client.post(f"{FACTORS}app/remove/")

    assert Authenticator.objects.count() == 0
    assert client.get("/en/staff/").url == FACTORS


# At log-in


def test_log_in_asks_for_the_code_before_anything_is_open(erin, client):
    answer = log_in(client, with_app(erin), next="/en/staff/reporting/")
    assert (answer.status_code, answer.url, is_in(client)) == (302, ASKS_CODE, False)
    assert client.get("/en/staff/").url == f"{LOG_IN}?next=/en/staff/"

    entered = client.post(ASKS_CODE, {"code": code()})

    assert (entered.status_code, entered.url) == (302, "/en/staff/reporting/")
    assert is_in(client)


@pytest.mark.parametrize("typed", ["", "000000", "abcdef", "１２３４５６", "0" * 500])
def test_a_wrong_code_opens_nothing(typed, erin, client):
    log_in(client, with_app(erin))

    answer = client.post(ASKS_CODE, {"code": typed})

    assert (answer.status_code, is_in(client)) == (422, False)


def test_a_code_works_once(erin, client, django_user_model):
    """Who looks over a shoulder has half a minute less than they need."""
    log_in(client, with_app(erin))
    used = code()
    client.post(ASKS_CODE, {"code": used})
    client.post("/en/staff/log-out/")

    log_in(client, erin)
    answer = client.post(ASKS_CODE, {"code": used})

    assert (answer.status_code, errors(answer), is_in(client)) == (422, [WRONG], False)


def test_a_code_of_another_time_is_wrong(erin, client):
    log_in(client, with_app(erin))

    for steps in (-3, -2, 3, 4):
        client.post(ASKS_CODE, {"code": code(steps=steps)})

    assert not is_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_the_code_before_and_after_is_taken_for_typing_takes_its_time(steps, erin, client):
    with time_machine.travel(NOW, tick=False):
        log_in(client, with_app(erin))
        client.post(ASKS_CODE, {"code": code(steps=steps)})

        assert is_in(client)


def test_a_recovery_code_works_once(erin, client):
    with_app(erin)
    one = codes_of(erin)[0]
    log_in(client, erin)
    assert client.post(ASKS_CODE, {"code": one}).status_code == 302
    client.post("/en/staff/log-out/")

    log_in(client, erin)
    assert client.post(ASKS_CODE, {"code": one}).status_code == 422
    assert not is_in(client)


def test_codes_cannot_be_tried_one_after_the_other(erin, client):
    with_app(erin)
    log_in(client, erin)
    answers = [client.post(ASKS_CODE, {"code": f"{number:06}"}) for number in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert errors(answers[-1]) == [TOO_MANY]
    assert int(answers[-1]["Retry-After"]) >= 60
    right = client.post(ASKS_CODE, {"code": code()})
    assert (right.status_code, is_in(client)) == (429, False)


def test_the_code_is_asked_of_the_one_who_typed_the_password(erin, alice, client):
    """A code of one's own does not open another's account."""
    with_app(erin)
    other = with_app(alice)
    Authenticator.objects.filter(user=other, type="totp").update(
        data={"secret": "KRSXG5DTKRSXG5DTKRSXG5DTKRSXG5DT"}
    )
    log_in(client, other)

    answer = client.post(ASKS_CODE, {"code": code()})

    assert (answer.status_code, is_in(client)) == (422, False)


def test_the_question_expires(erin, client):
    log_in(client, with_app(erin))

    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        answer = client.post(ASKS_CODE, {"code": code()})

    assert (answer.url, is_in(client)) == (LOG_IN, False)


def test_nobody_comes_to_the_question_without_a_password(client, db):
    assert client.get(ASKS_CODE).url == LOG_IN


# Saying it once more


@pytest.mark.parametrize(
    "path", [ADD_APP, f"{FACTORS}passkeys/add/", f"{FACTORS}app/remove/", f"{FACTORS}codes/new/"]
)
def test_changes_of_the_factor_ask_who_it_is_some_time_after_log_in(path, erin, client):
    with_app(erin)
    if path == ADD_APP:
        Authenticator.objects.all().delete()
    log_in(client, erin)
    if path != ADD_APP:
        client.post(ASKS_CODE, {"code": code()})
    assert client.get(path).status_code == 200

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        asked = client.get(path)

        assert (asked.status_code, asked.url) == (302, f"{CONFIRM}?next={path.replace('/', '%2F')}")
        wrong = client.post(CONFIRM, {"password": "wrong", "next": path})
        assert (wrong.status_code, errors(wrong)) == (
            422, [("id_password", "This password is not right.")],
        )  # fmt: skip
        right = client.post(CONFIRM, {"password": "a password of the test", "next": path})
        assert (right.status_code, right.url) == (302, path)
        assert client.get(path).status_code == 200


def test_who_it_is_may_be_said_by_a_code(erin, client):
    with_app(erin)
    log_in(client, erin)
    client.post(ASKS_CODE, {"code": code()})

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        page = f"{FACTORS}codes/"
        answer = client.post(CONFIRM_CODE, {"code": code(), "next": page})

        assert (answer.status_code, answer.url) == (302, page)
        assert client.get(page).status_code == 200


def test_confirming_leads_to_pages_of_ours_only(erin, client):
    log_in(client, with_password(erin))

    answer = client.post(
        CONFIRM, {"password": "a password of the test", "next": "https://elsewhere.example.org/"}
    )

    assert (answer.status_code, answer.url) == (302, "/en/staff/")


def test_a_closed_account_loses_its_open_session_at_once(alice, as_):
    browser = as_(alice)
    assert browser.get("/en/staff/").status_code == 200

    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert browser.get("/en/staff/").status_code == 302
