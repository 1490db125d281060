"""Send the reminders that are owed now, once, or show what would go to whom."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commitments.models import Commitment, Notice
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
        """First what waits or would be noted, then what would end, then the mails of this tick."""
        found = notices.rehearse(now=now)
        for one in found.pending:
            self.stdout.write(_line(one))
        for one in found.superseded:
            self.stdout.write(f"{_line(one)}  overtaken")
        for one, reason in found.cancelled:
            self.stdout.write(f"{_line(one)}  called off: {reason.value}")
        waits = counted(len(found.pending), "reminder")
        self.stdout.write(
            f"{waits} would go out with the next mails, {len(found.planned)} of them noted anew;"
            f" {len(found.superseded)} overtaken, {len(found.cancelled)} called off."
        )
        for mail in found.mails:
            carried = counted(len(mail.notices), "reminder")
            self.stdout.write(f"Mail now: {mail.person.email}, {carried}")
        self.stdout.write(f"{counted(len(found.mails), 'mail')} now. Nothing was written.")

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


def _line(notice: Notice) -> str:
    """When, why, about what, to whom."""
    due, who = timezone.localtime(notice.due_at), notice.recipient
    about = f"{_named(notice.commitment)} {notice.subject_kind}"
    step = f"{notice.rule} {notice.step:>4}"
    return f"{due:%Y-%m-%d %H:%M}  {step}  {about}  {who.full_name} <{who.email}>"


def _named(commitment: Commitment | None) -> str:
    return (commitment.reference or commitment.slug) if commitment else "-"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
