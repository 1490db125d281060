"""Is everything that the API answers what its document says? schemathesis asks, with all checks.

`python -m tests.drills.contract [--examples N] [--seed N]` on SQLite, or on the database that
DATABASE_URL names (`.ci/with-servers`): the facts, the demonstration and the sandbox, behind the
product's own server; first as anybody, then with the sandbox's token. Exit code 1 on a failure.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.drills.api import environment as of_a_drill
from tests.drills.servers import Process, free_port, wait_for

CONFIGURED = Path(__file__).with_name("contract.toml")
CASES = re.compile(r"^  (?P<cases>\d+) generated, (?P<said>.*)$", re.MULTILINE)
OPERATIONS = re.compile(r"^  Tested: (?P<tested>\d+)", re.MULTILINE)
OWN = "/own/"


def asked(words=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=25, help="made up for an operation")
    parser.add_argument("--seed", type=int, default=20261122)
    return parser.parse_args(words)


def environment(home, port):
    """As for the other drill of the API, with the demonstration and without any limit."""
    return of_a_drill(home, port) | {"DEMO": "1", "API_READS_A_MINUTE": "0"}


def prepare():
    """The real record, the demonstration and the sandbox; the text of the sandbox's token."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from commitments.services.demo.sandbox import reset_sandbox

    call_command("migrate", verbosity=0, interactive=False)
    with Path(os.devnull).open("w") as nowhere:
        for command in ("load_facts", "load_demo"):
            call_command(command, stdout=nowhere)
    token = reset_sandbox(now=timezone.now()).token
    connection.close()
    return token


def examine(port, given, *options):
    """What schemathesis says, its exit code and the seconds that it took."""
    command = [
        Path(sys.executable).with_name("schemathesis"), "--config-file", CONFIGURED, "run",
        f"http://127.0.0.1:{port}/api/schema/?lang=en", "--no-color",
        "--seed", given.seed, "--max-examples", given.examples, *options,
    ]  # fmt: skip
    began = time.monotonic()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.stdout + done.stderr, done.returncode, time.monotonic() - began


def row_of(name, told, code, seconds):
    tested, cases = OPERATIONS.search(told), CASES.search(told)
    if not (tested and cases):
        raise SystemExit(f"schemathesis could not examine anything:\n{told}")
    verdict = "0 failures" if code == 0 else cases["said"]
    return (
        f"| {name} | {tested['tested']:>10} | {cases['cases']:>6} | {verdict} | {seconds:.0f} s |"
    )


def run(given, home):
    """Both tables' rows, and whether all was well."""
    port = free_port()
    os.environ.update(environment(home, port))
    token = prepare()
    from commitments.management.commands.up import commands

    web = Process("web", commands(port)["web"], home).start()
    rows, codes = [], []
    try:
        wait_for(port, "The server")
        header = ("--header", f"Authorization: Bearer {token}")
        for name, options in {
            "anonymous ": (),
            "with token": (*header, "--include-path-regex", OWN),
        }.items():
            told, code, seconds = examine(port, given, *options)
            codes.append(code)
            rows.append(row_of(name, told, code, seconds))
            if code:
                say(told.replace(token, "[the token]"))
            say(rows[-1])
    finally:
        web.end()
    return rows, not any(codes)


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main():
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    given = asked()
    kind = "PostgreSQL and Redis" if os.environ.get("DATABASE_URL") else "SQLite and no Redis"
    say(f"The API against its document with {kind}: all checks, seed {given.seed}")
    with tempfile.TemporaryDirectory(prefix="cam-ket-drill.", ignore_cleanup_errors=True) as home:
        rows, holds = run(given, home)
    say(
        "\n".join(
            ["", "| Who | Operations | Cases | Result | Time |", "|---|--:|--:|---|--:|", *rows]
        )
    )
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
