"""Measures public pages as readers get them: through the product's server, on loopback.

Everything is stated as a ratio to the smallest answer of the application, a redirect that passes
every middleware and asks nothing of the database: machines differ, ratios stay.
"""

import gzip
import statistics
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
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
            f"{statistics.median(times) * 1000:.1f}",
            f"{rate:,.0f}",
            f"{rate / self.smallest:.3f}",
        )


HEAD = ("Page", "address", "KiB", "KiB gzip", "p50 ms", "req/s", "ratio")


class Asked(NamedTuple):
    """An address, and how it is asked for."""

    name: str
    path: str
    headers: str = GZIP
    fresh: bool = False


def measure_pages(seconds: float) -> Iterator[list[Row]]:
    """Each way by itself: unchanged, kept here, kept in Redis, made anew."""
    paths = dict(addresses())
    with served(PAGES_KEPT_MB="16", REDIS_URL="") as port:
        _status, headers, _body = one(port, paths["list"], GZIP)
        unchanged = f"{GZIP}If-None-Match: {headers['etag']}\r\n"
        yield _measured(
            port,
            [
                Asked("smallest answer", SMALLEST),
                Asked("list, unchanged (304)", paths["list"], unchanged),
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
            yield _measured(port, [Asked("smallest answer", SMALLEST), *kept], seconds)
    with served(PAGES_KEPT_MB=NO_ROOM, REDIS_URL="") as port:
        fresh = [Asked(f"{name}, made anew", path) for name, path in paths.items()]
        yield _measured(port, [Asked("smallest answer", SMALLEST), *fresh], seconds)


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


def _measured(port: int, asked: list[Asked], seconds: float) -> list[Row]:
    """All of them in turns, several times: what else the machine does then falls on each alike."""
    answers = {one_of.name: one(port, one_of.path, one_of.headers) for one_of in asked}
    runs: dict[str, list[Load]] = {one_of.name: [] for one_of in asked}
    for _round in range(ROUNDS):
        for one_of in asked:
            load = ask(
                port, one_of.path, headers=one_of.headers, seconds=seconds, fresh=one_of.fresh
            )
            runs[one_of.name].append(load)
    smallest = statistics.median(run.rate for run in runs[asked[0].name])
    return [
        Row(name, path, *_sizes(answers[name]), runs[name], smallest)
        for name, path, _headers, _fresh in asked
    ]


def _sizes(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, int]:
    """Bytes as they are read, and as they travel."""
    _status, headers, body = answer
    packed = headers.get("content-encoding") == "gzip"
    return len(gzip.decompress(body) if packed else body), len(body)
