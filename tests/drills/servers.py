"""The processes of a drill: they start, are killed at will, start again, and leave nothing behind.

Nothing of the product is imported here: its settings must find the drill's environment.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.house.floors import HOME

PATIENCE = 30
"""Seconds that a start or an end may take."""
LIBRARY = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, name):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{name} did not start within {PATIENCE} s.")


class Process:
    """One of them, with a process group of its own; its lines go to a file."""

    def __init__(self, name, command, home, env=None, cwd=HOME):
        self.name, self.command, self.cwd = name, [str(word) for word in command], cwd
        self.env = dict(os.environ) | (env or {})
        self.log = Path(home) / f"{name}.log"
        self.popen = None

    def start(self):
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command, cwd=self.cwd, env=self.env, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=lambda: LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
            )  # fmt: skip
        self.started = time.monotonic()
        return self

    @property
    def runs(self):
        return self.popen is not None and self.popen.poll() is None

    def kill(self):
        """SIGKILL to it and all its children, as when the machine takes away a container."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def end(self, number=signal.SIGTERM):
        if self.runs:
            self.popen.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(PATIENCE)
        if self.popen:
            self.kill()


class Redis(Process):
    """Keeps nothing, so that a restart loses every job that waits."""

    def __init__(self, home):
        self.port = free_port()
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if not program:
            raise SystemExit("Redis is missing. On Debian: apt-get install redis-server")
        options = f"--port {self.port} --bind 127.0.0.1 --appendonly no --dir {home} --save".split()
        super().__init__("redis", [program, *options, ""], home)
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        super().start()
        wait_for(self.port, "Redis")
        return self


class Postgresql(Process):
    """A cluster of its own; as root it runs as the user that Debian made for it."""

    def __init__(self, home):
        self.port = free_port()
        self.url = f"postgres://camket@127.0.0.1:{self.port}/postgres"
        own = Path(home) / "postgresql"
        own.mkdir()
        self.become = []
        if os.getuid() == 0:
            Path(home).chmod(0o755)
            shutil.chown(own, "postgres", "postgres")
            self.become = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--pdeathsig=INT",
            ]
        options = (
            f"-D {own}/data -p {self.port} -c listen_addresses=127.0.0.1 "
            "-c unix_socket_directories= -c fsync=off -c max_connections=100"
        )
        command = [*self.become, self.program("postgres"), *options.split()]
        super().__init__("postgresql", command, home, cwd=own)
        self.make(own)

    def make(self, own):
        words = f"--pgdata {own}/data --username camket --auth trust --encoding UTF8"
        subprocess.run(
            [*self.become, self.program("initdb"), *words.split(), "--locale=C.UTF-8", "--no-sync"],
            cwd=own, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    @staticmethod
    def program(name):
        found = shutil.which(name) or max(
            map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), default=None
        )
        if not found:
            raise SystemExit("PostgreSQL is missing. On Debian: apt-get install postgresql")
        return found

    def start(self):
        super().start()
        wait_for(self.port, "PostgreSQL")
        return self

    def end(self, number=signal.SIGINT):  # "fast": connections are cut, work is rolled back
        super().end(number)
