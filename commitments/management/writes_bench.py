"""Measures what changes the record: updates handed in by API, and their publication."""

import json
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from http.client import HTTPConnection
from itertools import count

from django.core.management import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from commitments.management.load import ask
from commitments.management.pages_bench import SMALLEST_ANSWER
from commitments.management.serving import served
from commitments.models import (
    Commitment,
    Membership,
    Organisation,
    Role,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.services.demo.rows import Ground, make_commitment
from commitments.services.demo.sandbox import BODY, COMMITMENT, reset_sandbox
from commitments.services.demo.timeline import Timeline
from commitments.services.updates import approve_update, publish_update

CLIENTS = 4
COMMITMENTS = 50
ROUNDS = 5
PUBLISHED = 100
Told = tuple[str, ...]
HEAD: Told = ("What", "a second", "p50 ms", "p99 ms", "of the smallest")


def measure_writes(seconds: float) -> Iterator[Told]:
    """Rows of HEAD: the smallest answer, updates handed in beside it, and publications."""
    token = reset_sandbox(now=timezone.now()).token
    slugs = list(_commitments(COMMITMENTS))
    connection.close()
    smallest, handed_in, times = [], [], []
    with served(API_CALLS_A_MINUTE="0", API_READS_A_MINUTE="0") as port:
        for _round in range(ROUNDS):
            load = ask(port, SMALLEST_ANSWER.path, headers=SMALLEST_ANSWER.headers, seconds=seconds)
            smallest.append(load.rate)
            took = _post(port, token, slugs, seconds)
            handed_in.append(len(took) / seconds)
            times += took
    base = statistics.median(smallest)
    yield ("smallest answer", f"{base:,.0f}", "", "", "1")
    yield _row("an update handed in by API", statistics.median(handed_in), times, base)
    took = _publish()
    yield _row("approved and published, with its event", len(took) / sum(took), took, base)


def _commitments(number: int) -> Iterator[str]:
    """So many of the sandbox, as a body that reports has them."""
    body = Organisation.objects.get(slug=BODY.slug)
    commitment = Commitment.objects.get(slug=COMMITMENT.slug)
    ground = Ground(
        programme=commitment.programme,
        bodies={body.slug: body},
        source=commitment.sources.earliest("pk"),
        timeline=Timeline(timezone.now()),
    )
    run = time.time_ns()
    for one in range(number):
        yield make_commitment(replace(COMMITMENT, slug=f"bench-{run}-{one}"), ground).slug


def _row(name: str, rate: float, times: list[float], base: float) -> Told:
    cuts = statistics.quantiles(times, n=100)
    return (
        name, f"{rate:,.1f}", f"{cuts[49] * 1000:,.1f}", f"{cuts[98] * 1000:,.1f}",
        f"{rate / base:.3f}",
    )  # fmt: skip


def _post(port: int, token: str, slugs: list[str], seconds: float) -> list[float]:
    """How long each took that was handed in within so many seconds."""
    until = time.monotonic() + seconds
    said = {
        "as_of_on": localdate().isoformat(), "stage": "in_progress",
        "forecast": "on_track", "summary_en": "Measured.", "submit": True,
    }  # fmt: skip
    keys, run = count(), time.time_ns()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def work(_client: int) -> list[float]:
        line, took = HTTPConnection("127.0.0.1", port), []
        while time.monotonic() < until:
            began = time.monotonic()
            number = next(keys)
            key = {"Idempotency-Key": f"bench-{run}-{number}"}
            body = json.dumps(said | {"commitment": slugs[number % len(slugs)]})
            line.request("POST", "/api/v1/own/updates/", body, headers | key)
            answer = line.getresponse()
            told = answer.read()
            if answer.status != 201:
                raise CommandError(f"An update was answered with {answer.status}: {told[:300]!r}")
            took.append(time.monotonic() - began)
        return took

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [one for took in pool.map(work, range(CLIENTS)) for one in took]


def _publish() -> list[float]:
    """One after the other in this process, as the chain of events demands."""
    commitment = Commitment.objects.get(slug=COMMITMENT.slug)
    rows = StatusUpdate.objects.filter(body__slug=BODY.slug, state=UpdateState.SUBMITTED)
    bodies = Membership.objects.current().filter(
        organisation__participations__commitment=commitment
    )
    approver = User.objects.get(memberships__in=bodies.filter(role=Role.APPROVER))
    units = Membership.objects.current().filter(organisation=commitment.programme.delivery_unit)
    officer = units.filter(role=Role.OFFICER)[0].user
    return [_published(row, approver, officer, timezone.now()) for row in rows[:PUBLISHED]]


def _published(update: StatusUpdate, approver: User, officer: User, now: datetime) -> float:
    began = time.monotonic()
    approve_update(update=update, approver=approver, now=now)
    publish_update(update=update, publisher=officer, today=localdate(), now=now)
    return time.monotonic() - began
