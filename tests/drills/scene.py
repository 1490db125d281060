"""All processes of one drill, and what can be asked of them."""

import json
import os
import sys
import time
from pathlib import Path

from tests.drills.servers import Postgresql, Process, Redis, free_port, wait_for

REFUSED = 5
"""How many people have an address that the mail server refuses for good."""
AWAY = 1.0
"""Seconds for which a server is away at a restart."""
PYTHON = [sys.executable, "-W", "ignore", "-m"]
CELERY = [*PYTHON, "celery", "--quiet", "--app", "tracker", "--skip-checks"]


class Scene:
    """The embedded default has one beat and one worker, the other two beats and three workers."""

    def __init__(self, home, given):
        self.home, self.given, self.people = home, given, given.people
        self.mail_log = os.path.join(home, "mail.jsonl")
        self.servers, self.workers, self.beats = {}, [], []
        self.rows, self.addresses, self.refused = [], [], set()
        self.read, self.reached = 0, set()

    def prepare(self):
        """Start the servers, and make a database with people in it."""
        env = self.environment()
        os.environ.update(env)
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from tests.drills.people import fill

        database = settings.DATABASES["default"]
        assert (
            str(database["NAME"]).startswith(self.home)
            or str(database["PORT"]) in env["DATABASE_URL"]
        )
        call_command("migrate", verbosity=0, interactive=False)
        self.addresses = fill(self.people, REFUSED)
        self.refused = set(self.addresses[:REFUSED])
        open(self.mail_log, "w").close()
        number = 1 if self.given.embedded else 3
        self.workers = [self.worker(name, env) for name in range(1, number + 1)]
        beats = 1 if self.given.embedded else 2
        command = [*CELERY, "beat", "--loglevel", "WARNING"]
        self.beats = [
            Process(f"beat{name}", command, self.home, env) for name in range(1, beats + 1)
        ]

    def environment(self):
        mail_port = free_port()
        self.servers["mail"] = Process(
            "mail",
            [
                *PYTHON,
                "tests.drills.mail_server",
                mail_port,
                self.mail_log,
                self.given.seed,
                "nobody",
            ],
            self.home,
        ).start()
        wait_for(mail_port, "The mail server")
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
            "VAR_DIR": self.home,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "EMAIL_TIMEOUT": "3",
            "REMINDER_TICK_SECONDS": "10",
            "DIGESTS_PER_ROUND": "400",
            "SITE_URL": "https://drill.example.org",
            "SECRET_KEY": "of a drill, never served",
            "ALARM_WEBHOOK": "",
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        return own | (self.embedded(own) if self.given.embedded else self.large())

    def large(self):
        postgresql = self.servers["postgresql"] = Postgresql(self.home)
        redis = self.servers["redis"] = Redis(self.home)
        postgresql.start()
        redis.start()
        return {"DATABASE_URL": postgresql.url, "REDIS_URL": redis.url, "CELERY_BROKER_URL": ""}

    def embedded(self, own):
        os.environ.update(own)
        from tracker.broker import choose_broker, wait_for_socket

        broker = choose_broker("", Path(self.home))
        if broker.command:
            self.servers["broker"] = Process("broker", broker.command, self.home).start()
            wait_for_socket(broker.socket)
        return {"CELERY_BROKER_URL": broker.url}

    def worker(self, name, env):
        command = [
            *CELERY, "worker", "--queues", "planning,mail,celery", "--concurrency", "2",
            "--without-gossip", "--without-mingle", "--loglevel", "WARNING",
            "--hostname", f"worker{name}@drill",
        ]  # fmt: skip
        return Process(f"worker{name}", command, self.home, env)

    def start(self):
        for process in (*self.workers, *self.beats):
            process.start()

    def end(self):
        for process in (*self.beats, *self.workers):
            if process.popen:
                process.kill()
        for name in ("redis", "broker", "mail", "postgresql"):
            if name in self.servers:
                self.servers[name].end()

    # What happens --------------------------------------------------------------------------

    def fault(self, what, chance):
        if what == "kill":
            worker = chance.choice(self.workers)
            worker.kill()
            worker.start()
        else:
            self.servers[what].end()
            time.sleep(AWAY)
            self.servers[what].start()

    def lines(self):
        with open(self.mail_log) as log:
            return [json.loads(line) for line in log]

    def taken(self):
        """How many mails the server has taken, copies counted once."""
        with open(self.mail_log) as log:
            log.seek(self.read)
            while (line := log.readline()).endswith("\n"):
                self.read = log.tell()
                told = json.loads(line)
                if told["what"].startswith("taken"):
                    self.reached.add(told["id"])
        return len(self.reached)

    def wait_until_done(self, deadline):
        """Wait until nothing waits, or until the deadline; then keep the rows."""
        while time.monotonic() < deadline and not self.is_done():
            time.sleep(1)
        from commitments.models import Digest

        fields = ("message_id", "recipient__email", "state", "tries", "last_error")
        self.rows = list(Digest.objects.values_list(*fields))

    def is_done(self):
        from django.db import DatabaseError, connection

        from commitments.models import Digest, DigestState

        ended = (DigestState.SENT, DigestState.DEAD)
        try:
            return Digest.objects.filter(state__in=ended).count() == self.people
        except DatabaseError:
            connection.close()
            return False
