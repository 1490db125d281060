"""A small generator of load: a few connections that are kept open, each asking again and again.

It runs on the same cores as the server and takes its share of them, so only ratios between
addresses of one run mean anything.
"""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import NamedTuple

CONNECTIONS = 4


class Load(NamedTuple):
    """What one address did under load: answers' status, their bytes, the seconds of each."""

    statuses: frozenset[int]
    size: int
    seconds: tuple[float, ...]
    lasted: float

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted


def ask(port: int, paths: str | Iterator[str], *, headers: str = "", seconds: float = 1.0) -> Load:
    """Ask for so long: for one address, or each time for the next of several.

    What gives several must bear to be asked by several threads, as those of `itertools` do.
    """
    each = repeat(paths) if isinstance(paths, str) else paths
    began = time.perf_counter()
    until = began + seconds
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        runs = [
            pool.submit(lambda: list(_asked(port, each, headers, until)))
            for _ in range(CONNECTIONS)
        ]
        answers = [answer for run in runs for answer in run.result()]
    lasted = time.perf_counter() - began
    return Load(
        frozenset(status for status, _size, _took in answers),
        answers[-1][1],
        tuple(took for _status, _size, took in answers),
        lasted,
    )


def one(port: int, path: str, headers: str = "") -> tuple[int, dict[str, str], bytes]:
    """One answer whole: its status, headers in small letters, and body."""
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        line.sendall(_question(path, headers))
        head, body = _read(line)
    status, *lines = head.decode("latin-1").split("\r\n")
    named = (line.partition(":") for line in lines)
    return int(status.split()[1]), {k.lower(): v.strip() for k, _colon, v in named}, body


def _asked(
    port: int, paths: Iterator[str], headers: str, until: float
) -> Iterator[tuple[int, int, float]]:
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (began := time.perf_counter()) < until:
            line.sendall(_question(next(paths), headers))
            head, body = _read(line)
            yield int(head[9:12]), len(body), time.perf_counter() - began


def _question(path: str, headers: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()


def _read(line: socket.socket) -> tuple[bytes, bytes]:
    """The head and the body of one answer whose length is named, or which has none."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = line.recv(65536)
        if not more:
            raise ConnectionError("The server ended the connection.")
        got += more
    head, _blank, body = got.partition(b"\r\n\r\n")
    small = head.lower()
    place = small.find(b"content-length:")
    length = int(small[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
    while len(body) < length:
        body += line.recv(1 << 20)
    return head, body
