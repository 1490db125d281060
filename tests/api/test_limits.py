"""The API counts what it makes anew, by address and by token, and says how much is left."""

import pytest

from tests import factories as make
from tests.factories.clock import NOW

GAPS = "/api/v1/gaps/"


@pytest.fixture(autouse=True)
def few(settings, db, time_machine):
    time_machine.move_to(NOW, tick=False)
    settings.API_READS_A_MINUTE, settings.API_CALLS_A_MINUTE = 2, 1


def test_reading_is_counted_by_address_and_minute(client, time_machine):
    answers = [client.get(GAPS) for _again in range(3)]
    elsewhere = client.get(GAPS, REMOTE_ADDR="192.0.2.9")
    time_machine.move_to(NOW.replace(minute=1), tick=False)

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == [
        '"address";r=1;t=60',
        '"address";r=0;t=60',
        '"address";r=0;t=60',
    ]
    assert answers[0]["RateLimit-Policy"] == '"address";q=2;w=60'
    assert (answers[2]["Retry-After"], answers[2]["Access-Control-Allow-Origin"]) == ("60", "*")
    assert answers[2].json()["type"].endswith("/api/problems/too-many-requests/")
    assert (elsewhere.status_code, client.get(GAPS).status_code) == (200, 200)


def test_kept_pages_are_not_counted_and_hold_nobodys_count(client, settings):
    settings.PAGES_KEPT_MB = 1
    make.RecordHeadFactory(sequence=1)
    first, again = client.get(GAPS), client.get(GAPS)

    assert (first["RateLimit"], again.get("RateLimit")) == ('"address";r=1;t=60', None)
    assert first.content == again.content


def test_what_a_token_opens_is_counted_by_token(client):
    def refused(token):
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/api/v1/own/nothing/", headers=headers)

    assert refused("one")["RateLimit"] == '"token";r=0;t=60'
    assert (refused("one").status_code, refused("other").status_code) == (429, 404)
    assert client.get("/")["Location"] == "/vi/"
    assert client.get("/").get("RateLimit") is None


def test_tokens_that_are_none_are_counted_by_address(client, settings):
    settings.API_CALLS_A_MINUTE = 2

    def asked(token, address="192.0.2.7"):
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/api/v1/own/updates/", headers=headers, REMOTE_ADDR=address)

    answers = [asked(token) for token in ("one", "two", "three")]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[2]["RateLimit"] == '"no-token";r=0;t=60'
    assert asked("four", "192.0.2.8").status_code == 401
