"""Alarms posted to a real server on loopback: taken, refused, sent elsewhere, nobody there."""

import socket

from commitments.gateways import alarms
from tests.gateways.listener import listening


def test_post_hands_over_json(caplog):
    with listening() as (address, posted):
        taken = alarms.post(address, {"text": "Test: nhắc việc"})

    assert taken is True
    assert posted == [
        ("/hooks/secret", "application/json", b'{"text": "Test: nh\\u1eafc vi\\u1ec7c"}')
    ]
    assert caplog.messages == []


def test_post_logs_a_refusal_without_the_secret(caplog):
    with listening(status=500) as (address, posted):
        taken = alarms.post(address, {})

    assert (taken, len(posted)) == (False, 1)
    assert caplog.messages == ["The alarm was not taken by 127.0.0.1: status 500"]


def test_post_follows_nobody_elsewhere(caplog):
    with (
        listening() as (elsewhere, other),
        listening(status=302, headers=[("Location", elsewhere)]) as (address, posted),
    ):
        taken = alarms.post(address, {})

    assert (taken, len(posted), other) == (False, 1, [])
    assert caplog.messages == ["The alarm was not taken by 127.0.0.1: status 302"]


def test_post_gives_up_on_one_who_does_not_answer(caplog, monkeypatch):
    monkeypatch.setattr(alarms, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        taken = alarms.post(f"http://127.0.0.1:{silent.getsockname()[1]}/", {})

    assert taken is False
    assert caplog.messages == ["The alarm was not taken by 127.0.0.1: timeout"]


def test_post_survives_nobody_and_nonsense(caplog):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    addresses = [f"http://127.0.0.1:{port}/", "http://[/", "file:///etc/hostname", "http://a b/"]

    assert [alarms.post(address, {}) for address in addresses] == [False] * 4
    assert caplog.messages == [
        "The alarm was not taken by 127.0.0.1: unreachable",
        "The alarm was not taken by ?: address",
        "The alarm was not handed on: ALARM_WEBHOOK is no address of the web.",
        "The alarm was not taken by a b: unknown_host",
    ]
