"""`manage.py up`: prepares the installation, then starts all of it and ends it together."""

import errno
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection

from tracker.broker import Broker, choose_broker, unreachable, wait_for_socket
from tracker.processes import Household, end_with_parent
from tracker.statics import collect_if_changed

HOST = "127.0.0.1"
SLOW_START = 60.0
"""Seconds after which we say that the web does not answer, and go on waiting."""
ORPHANED_BY = {"hooks": signal.SIGKILL}
"""Its threads would wait for a broker that has gone with us; what it had in hand is sent again."""


class Command(BaseCommand):
    """Start database, broker, web, worker and beat with one command."""

    help = "Prepare everything, then start web, worker and beat and end them together."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=settings.PORT)
        parser.add_argument("--no-demo", action="store_true", help="without demonstration data")
        parser.add_argument("--end-with-parent", action="store_true", help="end with the caller")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["end_with_parent"]:
            end_with_parent(os.getppid())
        self.began = time.monotonic()
        port = free_port(options["port"])
        # With a database of one's own it must be asked for: DEMO=1.
        settings.DEMO = not options["no_demo"] and (settings.DEMO or not settings.PRODUCTION)
        lock = only_copy(settings.VAR_DIR)
        try:
            self.prepare()
            code = self.run_all(port)
        except KeyboardInterrupt:
            raise CommandError("Ended before everything was prepared.", returncode=130) from None
        finally:
            lock.close()
        sys.exit(code)

    # Preparing -----------------------------------------------------------------------------

    def prepare(self) -> None:
        """Bring database, static files and data up to date; quick when they are."""
        with self.step("Database", "up to 10 s the first time"):
            reach_database()
            call_command("migrate", verbosity=0, interactive=False)
        with self.step("Static files", "up to 10 s the first time"):
            collect_if_changed(Path(settings.STATIC_ROOT))
        if not apps.get_model("commitments", "Programme").objects.exists():
            with self.step("Facts from public sources", "up to 20 s, only the first time"):
                call_command("load_facts")
        self.people = StringIO()
        if settings.DEMO:
            with self.step("Demonstration programme and people", "up to 10 s the first time"):
                call_command("load_demo", stdout=StringIO())
                call_command("load_demo", show=True, stdout=self.people)

    @contextmanager
    def step(self, what: str, how_long: str) -> Iterator[None]:
        began = time.monotonic()
        self.stdout.write(f"{what} ({how_long}) …")
        self.stdout.flush()
        yield
        self.stdout.write(f"  done in {time.monotonic() - began:.1f} s")
        self.stdout.flush()

    # Running -------------------------------------------------------------------------------

    def run_all(self, port: int) -> int:
        broker = choose_broker(settings.BROKER_GIVEN, settings.VAR_DIR)
        self.stdout.write(f"Broker: {broker.words}")
        household = Household(out=sys.stdout, home=settings.BASE_DIR)
        household.listen_for_signals()
        env = child_environment(port, broker, demo=settings.DEMO)
        start_broker(household, broker, env)
        connection.close()
        for name, command in commands(port).items():
            household.start(name, command, env, orphaned_by=ORPHANED_BY.get(name, signal.SIGTERM))
        return household.live(on_pulse=self.announce(port, household))

    def announce(self, port: int, household: Household) -> Callable[[], None]:
        """Print the addresses once, when the web answers."""
        state = {"ready": False, "complained": False}

        def look() -> None:
            if state["ready"]:
                return
            took = time.monotonic() - self.began
            if answers(f"http://{HOST}:{port}/healthz"):
                state["ready"] = True
                household.say(welcome(port, took, self.people.getvalue()))
            elif took > SLOW_START and not state["complained"]:
                state["complained"] = True
                household.say("The web does not answer yet; still waiting. ^C ends everything.")

        return look


def free_port(text: str) -> int:
    """Return the port when nobody listens on it.

    Asked before anything is touched: the web server would silently share a port.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT={text} is not a port. Take a number from 1024 to 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "is taken by another program" if taken else f"is refused ({error.strerror})"
            other = port + 1 if 1024 <= port < 65535 else 8000
            raise CommandError(
                f"Port {port} {reason}. Take another: PORT={other} make run"
            ) from error
    return port


def only_copy(var_dir: Path) -> IO[str]:
    """Lock the data directory: two copies would share a broker and send for each other."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        lock = (var_dir / "up.lock").open("w")
    except OSError as error:
        raise CommandError(
            f"The data directory {var_dir} cannot be written ({error.strerror}). Set VAR_DIR."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CommandError(
            f"Another copy runs with the data directory {var_dir}. "
            "End it, or set VAR_DIR to another directory."
        ) from error
    return lock


def reach_database() -> None:
    """Ask the database for a connection, or say in one line that it does not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        given = connection.settings_dict
        where = f"{given['HOST']}:{given['PORT'] or 5432}" if given["HOST"] else given["NAME"]
        reason = str(error).strip().splitlines()[-1]
        raise CommandError(f"The database at {where} cannot be reached: {reason}") from error


def start_broker(household: Household, broker: Broker, env: dict[str, str]) -> None:
    """Start the broker's server where it has one, and be sure that somebody answers."""
    if broker.command and broker.socket:
        household.start("broker", broker.command, env, foundation=True)
        if not wait_for_socket(broker.socket):
            household.end()
            raise CommandError(f"The broker did not start; see {broker.socket.parent}/broker.log")
    reason = unreachable(broker.url)
    if reason:
        household.end()
        raise CommandError(f"The broker ({broker.words}) cannot be reached: {reason}")


def child_environment(port: int, broker: Broker, *, demo: bool) -> dict[str, str]:
    """Return the environment of the children: ours, and what only this start knows."""
    loopback = {"HTTPS": "0"}  # we serve plain HTTP, whatever the database is
    if demo:
        loopback["SECOND_FACTOR_REQUIRED"] = "0"  # whoever tries it has no app set up for it
    given = {name: value for name, value in os.environ.items() if value}
    return (
        loopback
        | given
        | {
            "PORT": str(port),
            "DEMO": "1" if demo else "0",
            "CELERY_BROKER_URL": broker.url,
            "PYTHONUNBUFFERED": "1",
            # Trying the product as root, as in a container, is nothing to be warned of.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        }
    )


def commands(port: int) -> dict[str, list[str]]:
    """The children and how each is started."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "tracker", "--skip-checks"]
    return {
        "web": [
            *python, "granian", "tracker.wsgi:application", "--interface", "wsgi",
            "--host", HOST, "--port", str(port), "--workers", "2", "--blocking-threads", "4",
            "--no-ws", "--workers-kill-timeout", "5", "--log-level", "warning",
        ],
        "worker": [
            *celery, "worker", "--queues", "planning,mail,celery", "--concurrency", "2",
            "--without-gossip", "--without-mingle", "--loglevel", "WARNING",
        ],
        # Apart, so that a slow receiver keeps no mail waiting; it mostly waits itself.
        "hooks": [
            *celery, "worker", "--queues", "hooks", "--pool", "threads", "--concurrency", "4",
            "--hostname", "hooks@%h",
            "--without-gossip", "--without-mingle", "--loglevel", "WARNING",
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING"],
    }  # fmt: skip


def answers(url: str) -> bool:
    """Whether the web answers 200 by now."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:  # refused, reset or timed out; URLError is one too
        return False


def welcome(port: int, took: float, people: str) -> str:
    """Where to look, and as whom to log in."""
    address = f"http://{HOST}:{port}"
    log_ins = f"\nThe people of the demonstration:\n{people}" if people else ""
    mail = f"  Demo mail   {address}/demo/mail/\n" if people else ""
    return (
        f"\nCam Kết answers, {took:.0f} s after the start:\n"
        f"  Tiếng Việt  {address}/vi/\n"
        f"  English     {address}/en/\n"
        f"  Staff       {address}/vi/staff/\n"
        f"{mail}{log_ins}\n"
        "^C ends everything; the data stays.\n"
    )
