"""`manage.py up` as a person starts it: it answers, ends without a trace, and refuses in one line."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.db import connection

from commitments.management.commands.up import child_environment
from tests.house.floors import HOME
from tracker.broker import Broker

START, STOP = 120, 20
"""Seconds that a start and an end may take on a busy machine."""


def environment(var_dir, **more):
    """What a person's shell holds, less what this run of the tests was given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"VAR_DIR": str(var_dir)} | more


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refusal(*options, **env):
    """Exit code and lines of a start that must not come to anything."""
    done = subprocess.run(
        [sys.executable, "manage.py", "up", *options],
        cwd=HOME, env=env, capture_output=True, text=True, timeout=START,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()


def get(address):
    with urllib.request.urlopen(address, timeout=30) as response:
        return response.status, response.read().decode()


class Up:
    """One running copy; every process of it has the data directory in its environment."""

    def __init__(self, var_dir):
        self.var_dir, self.port, self.lines = var_dir, free_port(), []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(self.port)],
            cwd=HOME, env=environment(var_dir),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        self.address = f"http://127.0.0.1:{self.port}"

    def wait_for_answer(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("Cam Kết answers"):
                return self
        raise AssertionError("\n".join(self.lines))

    def pids(self):
        mark = f"VAR_DIR={self.var_dir}\0".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                pass  # it has just ended
        return found

    def pid_of(self, word):
        """The first child whose command line holds the word."""
        for pid in sorted(self.pids()):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if word.encode() in words and pid != self.process.pid:
                return pid
        raise AssertionError(f"no {word} among {self.pids()}")

    def end_by(self, number, pid=None):
        """Send a signal and return the exit code, the last line and what is left running."""
        os.kill(pid or self.process.pid, number)
        rest = self.process.communicate(timeout=STOP)[0]
        deadline = time.monotonic() + STOP
        while self.pids() and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.process.returncode, rest.splitlines()[-1:], self.pids()


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    """One data directory for the module: its first start is slow, the others are second starts."""
    return tmp_path_factory.mktemp("up")


@pytest.fixture
def running(var_dir):
    up = Up(var_dir)
    try:
        yield up.wait_for_answer()
    finally:
        for pid in up.pids():
            with suppress(ProcessLookupError):  # one that ends takes the others with it
                os.kill(pid, signal.SIGKILL)
        up.process.communicate()


def tables_of(database):
    """What every table and index is made of; a column that came later is added as the last one."""
    rows = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND name NOT IN ('django_migrations', 'sqlite_sequence')"
    )
    inner = {name: re.sub(r"^[^(]*\(|\)$", "", sql) for name, sql in rows.fetchall()}
    return {name: sorted(re.split(r",\s*", parts)) for name, parts in inner.items()}


def test_up_makes_its_database_answers_twice_and_ends_at_sigterm(running, db):
    """Its migrations lead to the tables that the tests run on, which are made from the models."""
    with closing(sqlite3.connect(running.var_dir / "cam-ket.sqlite3")) as database:
        made = tables_of(database)
    health = json.loads(get(f"{running.address}/healthz")[1])
    pages = {path: get(running.address + path)[0] for path in ("/vi/", "/en/")}
    second = refusal("--port", str(free_port()), **environment(running.var_dir))
    ended = running.end_by(signal.SIGTERM)

    assert health["status"] == "ok"
    assert pages == {"/vi/": 200, "/en/": 200}
    assert second == (
        1,
        [
            f"CommandError: Another copy runs with the data directory {running.var_dir}. "
            "End it, or set VAR_DIR to another directory."
        ],
    )
    assert (ended[0], ended[2]) == (0, [])
    if connection.vendor == "sqlite":  # on PostgreSQL the tests run on migrated tables anyway
        with connection.cursor() as cursor:
            assert made == tables_of(cursor)


def test_up_ends_all_at_interrupt(running):
    code, _last, left = running.end_by(signal.SIGINT)

    assert (code, left) == (0, [])


def test_up_ends_all_when_it_is_killed(running):
    code, _last, left = running.end_by(signal.SIGKILL)

    assert (code, left) == (-signal.SIGKILL, [])


def test_up_ends_all_when_one_ends(running):
    code, last, left = running.end_by(signal.SIGKILL, running.pid_of("beat"))

    assert (code, left) == (1, [])
    assert last == ["beat ended by itself (exit code -9), so the others were ended too."]


def test_up_refuses_a_taken_port(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, lines = refusal("--port", str(port), **environment(tmp_path))

    assert (code, len(lines)) == (1, 1)
    assert re.fullmatch(
        rf"CommandError: Port {port} is taken by another program. Take another: "
        r"PORT=\d+ make run",
        lines[0],
    )


@pytest.mark.parametrize(
    ("env", "line"),
    [
        (
            {"PORT": "eighty"},
            "CommandError: PORT=eighty is not a port. Take a number from 1024 to 65535.",
        ),
        (
            {"DATABASE_URL": "nonsense", "SECRET_KEY": "test"},
            "ImproperlyConfigured: DATABASE_URL must begin with postgres:// or sqlite:///.",
        ),
        (
            {"DATABASE_URL": "postgres://test@127.0.0.1:1/test"},
            "ImproperlyConfigured: SECRET_KEY is empty. Set it (see .env.example).",
        ),
        (
            {"VAR_DIR": "/dev/null/test"},
            "ImproperlyConfigured: The data directory /dev/null/test cannot be written "
            "(Not a directory). Set VAR_DIR.",
        ),
    ],
)
def test_up_refuses_a_wrong_setting_in_one_line(tmp_path, env, line):
    given = environment(tmp_path) | {"PORT": str(free_port())} | env

    assert refusal(**given) == (1, [line])


def test_up_says_that_the_database_cannot_be_reached(tmp_path):
    env = {"DATABASE_URL": "postgres://test@127.0.0.1:1/test", "SECRET_KEY": "test"}
    code, lines = refusal("--port", str(free_port()), **environment(tmp_path, **env))

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("CommandError: The database at 127.0.0.1:1 cannot be reached: ")


def test_up_says_that_the_broker_cannot_be_reached(var_dir):
    env = {"REDIS_URL": "redis://:hidden@127.0.0.1:1/0"}
    code, lines = refusal("--port", str(free_port()), **environment(var_dir, **env))

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(
        "CommandError: The broker (the given one, redis://:**@127.0.0.1:1/0) cannot be reached: "
    )


@pytest.mark.parametrize(
    ("demo", "given", "expected"),
    [(True, None, "0"), (True, "1", "1"), (False, None, None), (False, "1", "1")],
)
def test_the_second_factor_is_left_out_of_a_trial_only(demo, given, expected, monkeypatch):
    monkeypatch.delenv("SECOND_FACTOR_REQUIRED", raising=False)
    if given:
        monkeypatch.setenv("SECOND_FACTOR_REQUIRED", given)

    env = child_environment(8000, Broker("test", "memory://"), demo=demo)

    assert env.get("SECOND_FACTOR_REQUIRED") == expected
