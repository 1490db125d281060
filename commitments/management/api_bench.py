"""Measures lists of the API as programs get them, in the same way as the public pages."""

from collections.abc import Iterator

from commitments.management.load import one
from commitments.management.pages_bench import (
    GZIP,
    NO_ROOM,
    SMALLEST_ANSWER,
    Asked,
    Row,
    measured,
)
from commitments.management.serving import served
from commitments.models import Programme

LISTS = {"50 commitments": "/api/v1/commitments/", "50 updates": "/api/v1/updates/"}
_NO_LIMIT = {"API_READS_A_MINUTE": "0", "REDIS_URL": ""}


def measure_api(seconds: float) -> Iterator[list[Row]]:
    """Each way by itself: unchanged and kept, of kept parts, of nothing."""
    paths = dict(addresses())
    with served(PAGES_KEPT_MB="16", **_NO_LIMIT) as port:
        asked = [SMALLEST_ANSWER]
        for name, path in paths.items():
            _status, headers, _body = one(port, path, GZIP)
            unchanged = f"{GZIP}If-None-Match: {headers['etag']}\r\n"
            asked.append(Asked(f"{name}, unchanged (304)", path, unchanged, 304))
            asked.append(Asked(f"{name}, kept here", path))
        yield measured(port, asked, seconds)
    for how, parts in (("made anew", "16"), ("made of nothing", "0")):
        room = {"PAGES_KEPT_MB": NO_ROOM, "PARTS_KEPT_MB": parts}
        with served(**room, **_NO_LIMIT) as port:
            fresh = [Asked(f"{name}, {how}", path) for name, path in paths.items()]
            yield measured(port, [SMALLEST_ANSWER, *fresh], seconds, **room)


def addresses() -> Iterator[tuple[str, str]]:
    """The lists of the made-up record, where there is one: the real one has fewer updates."""
    made = "?programme=bench" if Programme.objects.filter(slug="bench").exists() else ""
    for name, path in LISTS.items():
        yield name, f"{path}{made}"
