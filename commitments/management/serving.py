"""The product's own server on a free port, for as long as something is measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import CommandError

WORKERS, THREADS = "2", "4"
PATIENCE = 60


@contextmanager
def served(**environment: str) -> Iterator[int]:
    """Serve the present database as `manage.py up` does; hands out the port."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "tracker.wsgi:application", "--interface", "wsgi",
        "--host", "127.0.0.1", "--port", str(port), "--workers", WORKERS,
        "--blocking-threads", THREADS, "--no-ws", "--log-level", "error",
    ]  # fmt: skip
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "tracker.settings"} | environment
    server = subprocess.Popen(command, env=own, cwd=settings.BASE_DIR)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise CommandError("The server that was to be measured did not start.")
