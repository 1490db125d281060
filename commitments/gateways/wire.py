"""One connection to one address that was checked: bounded in time and in what it takes in."""

import io
import socket
import ssl
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPResponse
from threading import Thread
from time import monotonic
from typing import Protocol

from commitments.rules.outgoing import Target

PIECE = 16 * 1024


class TooLargeError(Exception):
    """More came in than we take."""


class Deadline:
    """So much time is left, whatever happens in between."""

    def __init__(self, seconds: float) -> None:
        self._began = monotonic()
        self._until = self._began + seconds

    def left(self, at_most: float) -> float:
        """Seconds that the next step may take. Raises TimeoutError when the time is over."""
        left = min(self._until - monotonic(), at_most)
        if left <= 0:
            raise TimeoutError
        return left

    @property
    def passed(self) -> float:
        return monotonic() - self._began


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as this machine's resolver knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def ask_within(seconds: float, ask: Callable[[], Sequence[str]]) -> list[str]:
    """What is asked in a thread, as a resolver knows no time limit. Raises its OSError, or
    TimeoutError when it does not answer; the thread then ends by itself."""
    said: list[Sequence[str]] = []
    failed: list[OSError] = []

    def run() -> None:
        try:
            said.append(ask())
        except UnicodeError as error:  # a name that no resolver takes
            failed.append(OSError(str(error)))
        except OSError as error:
            failed.append(error)

    thread = Thread(target=run, name="look up", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not said:
        raise TimeoutError
    return list(said[0])


class _Incoming(io.RawIOBase):
    """What comes in, counted, each piece within the time that is left."""

    def __init__(self, sock: socket.socket, deadline: Deadline, read: float, most: int) -> None:
        self._sock, self._deadline, self._read, self._left = sock, deadline, read, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        if self._left <= 0:
            raise TooLargeError
        self._sock.settimeout(self._deadline.left(self._read))
        got = self._sock.recv_into(memoryview(buffer)[: min(len(buffer), self._left)])
        self._left -= got
        return got


class _Wire:
    """The little of a socket that the library of HTTP asks for."""

    def __init__(self, sock: socket.socket, deadline: Deadline, read: float, most: int) -> None:
        self._sock, self._deadline, self._read = sock, deadline, read
        self._incoming = io.BufferedReader(_Incoming(sock, deadline, read, most), PIECE)

    def makefile(self, _mode: str) -> io.BufferedIOBase:
        return self._incoming

    def sendall(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            self._sock.settimeout(self._deadline.left(self._read))
            self._sock.sendall(data[start : start + PIECE])

    def close(self) -> None:
        """Whoever asked hangs up: the library would, before the body is read."""


class Pace(Protocol):
    """How long a step may take, and how much may come in."""

    @property
    def connect(self) -> float: ...
    @property
    def read(self) -> float: ...
    @property
    def incoming(self) -> int: ...


def ask(
    target: Target,
    addresses: Sequence[str],
    request: tuple[str, bytes | None, dict[str, str]],
    *,
    tls: Callable[[], ssl.SSLContext],
    pace: Pace,
    deadline: Deadline,
) -> tuple[HTTPResponse, Callable[[], None]]:
    """Send a request (method, body, headers) and read the head of its answer; and how to hang up.

    Connects to the first of these addresses that answers, and to no other place: the name is used
    for TLS and for the header `Host` only. Raises OSError, HTTPException and TooLargeError.
    """
    method, body, headers = request
    sock = _connect(target, addresses, pace, deadline)
    try:
        if target.scheme == "https":
            sock.settimeout(deadline.left(pace.connect))
            sock = tls().wrap_socket(sock, server_hostname=target.host)
        connection = HTTPConnection(target.host, target.port)
        connection.sock = _Wire(sock, deadline, pace.read, pace.incoming)  # type: ignore[assignment]
        connection.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        return connection.getresponse(), sock.close
    except BaseException:
        sock.close()
        raise


def _connect(
    target: Target, addresses: Sequence[str], pace: Pace, deadline: Deadline
) -> socket.socket:
    failed: OSError = ConnectionError()
    for address in addresses:
        try:
            return socket.create_connection(
                (address, target.port), timeout=deadline.left(pace.connect)
            )
        except OSError as error:
            failed = error
    raise failed
