"""`manage.py load_demo`: makes the demonstration once and prints who may try it."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import no_translations
from django.db import DatabaseError
from django.utils import timezone

from commitments.errors import Refusal
from commitments.imports.demo import read_demo
from commitments.models import Role
from commitments.services.demo import LogIn, kept_password, load_demo, log_ins
from commitments.services.demo.mail import send_mail_of_last_days

SEED = Path(__file__).parents[2] / "seed" / "demo.yaml"


class Command(BaseCommand):
    """Load the invented programme, its bodies and people; twice is once."""

    help = "Load the demonstration and print its log-ins. What was loaded before is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--show", action="store_true", help="only print the log-ins")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is for DEMO=1 only, never for production.")
        password = self.password()
        if not options["show"]:
            self.load(password)
        people = log_ins()
        if not people:
            raise CommandError("There is no demonstration yet. Make it: manage.py load_demo")
        rows = [(*_in_words(person), password) for person in people]
        self.stdout.write(table(("Name", "E-mail", "Role", "Body", "Password"), rows))

    def password(self) -> str:
        """The one given, or the one that this installation keeps in a file."""
        try:
            return settings.DEMO_PASSWORD or kept_password(settings.VAR_DIR / "demo-password")
        except OSError as error:
            raise CommandError(
                f"The data directory {settings.VAR_DIR} cannot be used ({error.strerror}). "
                "Set VAR_DIR or DEMO_PASSWORD."
            ) from error

    def load(self, password: str) -> None:
        try:
            now = timezone.now()
            made = load_demo(plan=read_demo(SEED), password=password, now=now)
            if made:
                send_mail_of_last_days(now=now)
        except Refusal as refused:
            raise CommandError(f"{refused}") from refused
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database refused: {reason}. Nothing was loaded.") from error
        self.stdout.write("Demonstration made." if made else "The demonstration is there already.")


def _in_words(person: LogIn) -> tuple[str, ...]:
    return person.name, person.email, str(Role(person.role).label), person.body


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their widest text."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    )
