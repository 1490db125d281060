"""The kill test of the API: 500 updates posted with keys while the server is killed, and no more.

`python -m tests.drills.api [--posts N] [--kills N] [--seed N]` on SQLite, or on the database that
DATABASE_URL names (`.ci/with-servers`); exit code 1 where an update was lost or made twice.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from tests.drills.servers import Process, free_port, wait_for

CLIENTS = 4
COMMITMENTS = 50
LONGEST = 600
"""Seconds after which what was not answered counts as lost."""


def asked(words=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    return parser.parse_args(words)


def environment(home, port):
    """Of an installation of its own; only the number of calls a minute is not the product's."""
    return {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "VAR_DIR": home,
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "of a drill, never served",
        "HTTPS": "0",
        "API_CALLS_A_MINUTE": "0",
        "ALARM_WEBHOOK": "",
    }


def prepare():
    """A database with a body that leads commitments; the text of a token of its reporter."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from commitments.models import Scope
    from commitments.services.api_tokens import make_token
    from tests import factories as make

    call_command("migrate", verbosity=0, interactive=False)
    programme = make.ProgrammeFactory(slug="test-drill")
    body, holder = make.OrganisationFactory(), make.UserFactory()
    make.MembershipFactory(user=holder, organisation=body, role="reporter")
    for number in range(COMMITMENTS):
        commitment = make.CommitmentFactory(programme=programme, slug=f"drill-{number}")
        make.ParticipationFactory(commitment=commitment, organisation=body)
    made = {"organisation": body, "holder": holder, "name": "Test drill", "days": 1}
    return make_token(scopes=Scope.values, now=timezone.now(), **made)[1]


class Client:
    """Posts each update until it is answered, always with the same key."""

    def __init__(self, port, token, posts):
        self.address = f"http://127.0.0.1:{port}/api/v1/own/updates/"
        self.token, self.posts = token, posts
        self.lock, self.ended = threading.Lock(), threading.Event()
        self.answers, self.said = {}, Counter()
        self.deadline = time.monotonic() + LONGEST

    def work(self):
        try:
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(self.post, range(self.posts)))
        finally:
            self.ended.set()

    def post(self, number):
        body = {
            "commitment": f"drill-{number % COMMITMENTS}",
            "as_of_on": "2026-01-31",
            "stage": "in_progress",
            "summary_en": f"Test update {number}",
            "submit": True,
        }
        while time.monotonic() < self.deadline and number not in self.answers:
            self.send(number, json.dumps(body).encode())

    def send(self, number, body):
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"drill-{number}",
        }
        request = urllib.request.Request(self.address, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                told = json.loads(response.read())
                replayed = response.headers.get("Idempotency-Replayed") == "true"
        except urllib.error.HTTPError as refused:
            self.count(f"refused with {refused.code}")
            time.sleep(0.2)
        except (OSError, HTTPException) as broken:
            self.count(f"broken off ({type(broken).__name__})")
            time.sleep(0.1)
        else:
            self.count("answered again" if replayed else "answered")
            with self.lock:
                self.answers[number] = told["id"]

    def count(self, what):
        with self.lock:
            self.said[what] += 1


def run(given, home):
    port, chance = free_port(), random.Random(given.seed)
    os.environ.update(environment(home, port))
    token = prepare()
    from commitments.management.commands.up import commands

    web = Process("web", commands(port)["web"], home)
    web.start()
    wait_for(port, "The server")
    client = Client(port, token, given.posts)
    worker = threading.Thread(target=client.work)
    began = time.monotonic()
    worker.start()
    try:
        kills = play(given, client, web, chance)
        worker.join(LONGEST)
    finally:
        client.deadline = 0
        web.kill()
    return client, kills, time.monotonic() - began


def play(given, client, web, chance):
    """Kill it at as many moments between the first and the last answer, and start it again."""
    done = 0
    for number in range(given.kills):
        share = given.posts * (number + 0.5) / (given.kills + 0.5)
        while len(client.answers) < share and not client.ended.wait(0.02):
            pass
        if client.ended.is_set():
            return done
        time.sleep(chance.random() / 5)
        web.kill()
        web.start()
        done += 1
        say(f"  {len(client.answers):4d} answered, killed {done}")
    return done


def judge(client):
    """What the database holds, beside what was answered."""
    from django.db import connection

    from commitments.models import ApiAnswer, StatusUpdate

    connection.close()
    rows = StatusUpdate.objects.filter(origin="api").values_list("summary_en", "pk", "state")
    times = Counter(summary for summary, _pk, _state in rows)
    right = {f"Test update {number}": pk for number, pk in client.answers.items()}
    return {
        "updates in the database": len(rows),
        "of them handed in": sum(state == "submitted" for _summary, _pk, state in rows),
        "made twice": sum(count - 1 for count in times.values()),
        "lost": client.posts - len(times),
        "answered with another update": sum(right.get(name) != pk for name, pk, _state in rows),
        "keys remembered": ApiAnswer.objects.count(),
    }


def table(given, client, kills, found, seconds):
    lines = {
        "updates posted, each with its key": given.posts,
        "server killed with SIGKILL": kills,
        **dict(sorted(client.said.items())),
        **found,
        "seconds": round(seconds),
    }
    width = max(map(len, lines))
    head = [f"| {'What':{width}} | {'Number':>6} |", f"|{'-' * (width + 2)}|-------:|"]
    return "\n".join(["", *head, *(f"| {k:{width}} | {v:>6} |" for k, v in lines.items()), ""])


def holds(given, kills, found):
    whole = {"updates in the database", "of them handed in", "keys remembered"}
    wrong = {"made twice", "lost", "answered with another update"}
    return (
        kills == given.kills
        and all(found[name] == given.posts for name in whole)
        and not any(found[name] for name in wrong)
    )


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main():
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    given = asked()
    kind = "PostgreSQL and Redis" if os.environ.get("DATABASE_URL") else "SQLite and no Redis"
    say(f"Kill test of the API with {kind}: {given.posts} updates, seed {given.seed}")
    with tempfile.TemporaryDirectory(prefix="cam-ket-drill.", ignore_cleanup_errors=True) as home:
        client, kills, seconds = run(given, home)
        found = judge(client)
    say(table(given, client, kills, found, seconds))
    sys.exit(0 if holds(given, kills, found) else 1)


if __name__ == "__main__":
    main()
