"""Send the reminders that are owed now, once, or show what would go to whom."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commitments.models import Commitment
from commitments.services import notices


class Command(BaseCommand):
    help = (
        "Plan the reminders that are owed by now and send today's digests. The worker does the "
        "same every minute; running both does no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Write and send nothing; list what would go out."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["dry_run"]:
            self._show(now)
        else:
            self._send(now)

    def _show(self, now: datetime) -> None:
        count = 0
        for one in notices.preview(now=now):
            count += 1
            due = timezone.localtime(one.due_at)
            about = _named(one.commitment)
            who = f"{one.person.full_name} <{one.person.email}>"
            self.stdout.write(f"{due:%Y-%m-%d %H:%M}  {one.rule} {one.step:>3}  {about}  {who}")
        said = counted(count, "reminder")
        self.stdout.write(f"{said} would go out with the next mails. Nothing was written.")

    def _send(self, now: datetime) -> None:
        planned = notices.plan_notices(now=now)
        self.stdout.write(
            f"Planned {counted(planned.created + planned.revived, 'reminder')};"
            f" {planned.superseded} overtaken, {planned.cancelled} called off."
        )
        notices.make_digests(now=now)
        due = notices.digests_to_send(now=now, at_most=None)
        # Each by its own clock: a lease that is counted from the first would be over for the last.
        sent = sum(notices.deliver_digest(pk, now=timezone.now()) for pk in due)
        self.stdout.write(f"Sent {sent} of {counted(len(due), 'mail')}.")
        failed = notices.count_failed(due)
        if failed:
            raise CommandError(
                f"{counted(failed, 'mail')} could not be sent."
                " The officers' page of reminders says why."
            )


def _named(commitment: Commitment | None) -> str:
    return (commitment.reference or commitment.slug) if commitment else "-"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
