"""`manage.py release`: makes a release of the open data now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.errors import Refusal
from commitments.services import releases


class Command(BaseCommand):
    help = (
        "Make a release of the open data now: the whole public record as files, checked before "
        "it is announced. Where nothing was published since the newest one, that is named."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = releases.make_now(today=timezone.localdate(), now=timezone.now())
        except Refusal as refused:
            raise CommandError(f"{refused} See: manage.py verify_record") from refused
        size = sum(file["bytes"] for file in made.files)
        self.stdout.write(f"Release: {made.name}")
        self.stdout.write(f"Events: {made.sequence}")
        self.stdout.write(f"Head: {made.head_hash}")
        folder = releases.folder_of(made.name)
        self.stdout.write(f"Files: {len(made.files)}, {size} bytes in {folder}")
