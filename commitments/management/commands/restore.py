"""`manage.py restore`: an empty installation becomes the public record of another."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from commitments.errors import Refusal
from commitments.services import record
from commitments.services.restoring import restore

AWAY = (
    "Not in the public record, and so not here: people and their roles, drafts, requests that "
    "nobody decided, reviews, reminders, mails, subscriptions, tokens, and the contents of files."
)


class Command(BaseCommand):
    help = (
        "Restore the public record from events.ndjson, or from the folder of a release, into an "
        "empty installation. Checks the chain first, and every row afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="events.ndjson or the folder of a release")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = restore(options["path"])
        except (Refusal, DatabaseError) as refused:
            raise CommandError(f"Nothing was restored. {refused}") from refused
        for kind, number in restored.rows.items():
            self.stdout.write(f"{kind}: {number}")
        self.stdout.write(f"Events: {restored.sequence}")
        self.stdout.write(f"Head: {restored.hash}")
        self.stdout.write(AWAY)
        if restored.accounts:
            self.stdout.write(
                f"Where rows name somebody, {restored.accounts} accounts stand that nobody can use."
            )
        if restored.files:
            self.stdout.write(
                f"{restored.files} files of sources are named. Their contents belong into "
                "FILES_DIR/restored/, each named by its SHA-256."
            )
        faults = list(record.verify(told=self.stderr.write))
        for fault in faults:
            self.stdout.write(f"FAULT {fault.where}: {fault.what}")
        if faults:
            raise CommandError("Nothing was restored: it would not be what the record says.")
        self.stdout.write("The record is whole.")
