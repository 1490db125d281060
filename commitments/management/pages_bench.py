"""Measures public pages as readers get them: through the product's server, on loopback.

Everything is stated as a ratio to the smallest answer of the application, a redirect that passes
every middleware and asks nothing of the database: machines differ, ratios stay.
"""

import gzip
import statistics
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from commitments.management.load import Load, ask, one
from commitments.management.serving import served
from commitments.models import Commitment, Programme

SMALLEST = "/"
GZIP = "Accept-Encoding: gzip\r\n"
NO_ROOM = "0.0001"
"""MiB in which no page finds place: each is made anew, or comes out of Redis."""
ROUNDS = 3


class Row(NamedTuple):
    """One line of the table: what was asked how, and what came of it in all rounds."""

    name: str
    path: str
    size: int
    packed: int
    queries: int
    runs: list[Load]
    smallest: float

    @property
    def cells(self) -> tuple[str, ...]:
        times = [took for run in self.runs for took in run.seconds]
        rate = statistics.median(run.rate for run in self.runs)
        return (
            self.name,
            self.path,
            f"{self.size / 1024:.1f}",
            f"{self.packed / 1024:.1f}",
            f"{self.queries}",
            f"{statistics.median(times) * 1000:.1f}",
            f"{rate:,.0f}",
            f"{rate / self.smallest:.3f}",
        )


HEAD = ("Page", "address", "KiB", "KiB gzip", "queries", "p50 ms", "req/s", "ratio")


class Asked(NamedTuple):
    """An address, and how it is asked for; `others` are asked for instead, each once."""

    name: str
    path: str
    headers: str = GZIP
    status: int = 200
    others: Iterator[str] | None = None


SMALLEST_ANSWER = Asked("smallest answer", SMALLEST, status=302)


def measure_pages(seconds: float) -> Iterator[list[Row]]:
    """Each way by itself: unchanged, kept here, kept in Redis, of kept parts, of nothing."""
    paths = dict(addresses())
    with served(PAGES_KEPT_MB="16", REDIS_URL="") as port:
        _status, headers, _body = one(port, paths["list"], GZIP)
        unchanged = f"{GZIP}If-None-Match: {headers['etag']}\r\n"
        yield measured(
            port,
            [
                SMALLEST_ANSWER,
                Asked("list, unchanged (304)", paths["list"], unchanged, 304),
                *(
                    Asked(f"{name}, kept here", path)
                    for name, path in paths.items()
                    if "?" not in path
                ),
            ],
            seconds,
        )
    if settings.REDIS_URL:
        with served(PAGES_KEPT_MB=NO_ROOM) as port:
            kept = [Asked(f"{name}, kept in Redis", paths[name]) for name in ("home", "list")]
            yield measured(port, [SMALLEST_ANSWER, *kept], seconds, PAGES_KEPT_MB=NO_ROOM)
    for how, parts in (("made anew", "16"), ("made of nothing", "0")):
        room = {"PAGES_KEPT_MB": NO_ROOM, "PARTS_KEPT_MB": parts, "REDIS_URL": ""}
        with served(**room) as port:
            fresh = [Asked(f"{name}, {how}", path) for name, path in paths.items()]
            other = Asked("search, other words each time", paths["search"], others=searches())
            yield measured(port, [SMALLEST_ANSWER, *fresh, other], seconds, **room)


def addresses() -> Iterator[tuple[str, str]]:
    """The pages that are measured, in Vietnamese; of a made-up record too, where there is one."""
    with translation.override("vi"):
        yield "home", reverse("home")
        yield "list", reverse("commitment-list")
        first = Commitment.objects.public().order_by("pk").first()
        if first:
            yield "commitment", reverse("commitment-detail", args=[first.slug])
        yield "search", f"{reverse('search')}?q=nghi+quyet"
        if Programme.objects.filter(slug="bench").exists():
            yield "made-up list of 50", f"{reverse('commitment-list')}?programme=bench"
            made = Commitment.objects.filter(slug="bench-0").get()
            yield "made-up commitment", reverse("commitment-detail", args=[made.slug])
            yield "made-up search", f"{reverse('search')}?q=bench+commitment+7"


def searches() -> Iterator[str]:
    """Searches for words that stand in titles, by twos: no two are the same."""
    texts = Commitment.objects.public().real().order_by("pk").values_list("search_text", flat=True)
    words = dict.fromkeys(word for text in texts[:50] for word in text.split() if len(word) > 2)
    with translation.override("vi"):
        path = reverse("search")
    return map(f"{path}?q={{0[0]}}+{{0[1]}}".format, combinations(words, 2))


def measured(port: int, asked: list[Asked], seconds: float, **room: str) -> list[Row]:
    """All of them in turns, several times: what else the machine does then falls on each alike.

    Raises CommandError for an answer of another status than is measured.
    """
    answers = {one_of.name: one(port, one_of.path, one_of.headers) for one_of in asked}
    runs: dict[str, list[Load]] = {one_of.name: [] for one_of in asked}
    for _round in range(ROUNDS):
        for one_of in asked:
            paths = one_of.others or one_of.path
            load = ask(port, paths, headers=one_of.headers, seconds=seconds)
            if load.statuses != {one_of.status}:
                raise CommandError(f"{one_of.path} was answered by {sorted(load.statuses)}.")
            runs[one_of.name].append(load)
    smallest = statistics.median(run.rate for run in runs[asked[0].name])
    return [
        Row(
            one_of.name,
            one_of.path,
            *_sizes(answers[one_of.name]),
            queries_of(one_of, **room),
            runs[one_of.name],
            smallest,
        )
        for one_of in asked
    ]


def queries_of(asked: Asked, **room: str) -> int:
    """How many queries the page takes in a process that was asked for it before."""
    held = {name: float(said) if said else said for name, said in room.items()}
    with override_settings(**held):
        client = Client(headers={"Host": "127.0.0.1"})
        headers = {"Accept-Encoding": "gzip"}
        first = client.get(asked.path, headers=headers)
        if asked.status == 304:
            headers |= {"If-None-Match": first["ETag"]}
        client.get(asked.path, headers=headers)
        with CaptureQueriesContext(connection) as captured:
            client.get(asked.path, headers=headers)
    return len(captured)


def _sizes(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, int]:
    """Bytes as they are read, and as they travel."""
    _status, headers, body = answer
    packed = headers.get("content-encoding") == "gzip"
    return len(gzip.decompress(body) if packed else body), len(body)
