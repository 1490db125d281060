"""`manage.py record_bounce`: the operator's mail hook tells that a mail came back."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from commitments.imports.bounces import LARGEST, address_in, read_report
from commitments.rules.mail_faults import Bounce
from commitments.services.mail_faults import Outcome, record_bounce

TRY_LATER = 75
"""EX_TEMPFAIL: the mail server keeps the report and hands it in again."""

WORDS = {
    Outcome.COUNTED: "Counted: {address} ({code}).",
    Outcome.KNOWN: "Counted before: {address} ({code}).",
    Outcome.SOFT: "Not counted, as it may still arrive: {address} ({code}).",
    Outcome.ENDED: "No mail goes to {address} any more ({code}): it followed by mail.",
    Outcome.UNKNOWN: "Nobody here has the address {address}: nothing was recorded.",
}


class Command(BaseCommand):
    """Exit code 0 also for unknown addresses and unreadable reports: a hook must not answer a
    report by another one. 75 when the database does not answer."""

    help = (
        "Note that a mail to a person came back for good. Name the address, or hand in the "
        "delivery report (RFC 3464) itself: record_bounce --dsn < report. Three of them that "
        "stand make the reminder that mail does not reach the person."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="", help="To whom the mail went.")
        parser.add_argument("--code", default="", help="The status, such as 5.1.1; 4.x.x is soft.")
        parser.add_argument("--said", default="", help="What the mail server said.")
        parser.add_argument("--report-id", default="", help="Names the report: twice counts once.")
        parser.add_argument("--file", default="", help="A delivery report; - is standard input.")
        parser.add_argument("--dsn", action="store_true", help="The same as --file -.")

    def handle(self, *args: Any, **options: Any) -> None:
        bounces = _named(options)
        if not bounces:
            self.stdout.write("This is no report of a mail that came back: nothing was recorded.")
        for bounce in bounces:
            try:
                outcome = record_bounce(bounce=bounce, now=timezone.now())
            except (OperationalError, InterfaceError) as error:
                raise CommandError(f"Try again later: {error}", returncode=TRY_LATER) from error
            code = bounce.code or "no code"
            words = WORDS[outcome].format(address=bounce.addresses[0], code=code)
            self.stdout.write(_one_line(words))


def _named(options: dict[str, Any]) -> list[Bounce]:
    """What was said, by options, by a report, or by both: the options are taken first."""
    address, source = address_in(options["address"]), "-" if options["dsn"] else options["file"]
    if not address and not source:
        raise CommandError("Name an address, or hand in a report with --dsn or --file.")
    found = read_report(_read(source)) if source else []
    if address:
        found = [one._replace(addresses=(address,)) for one in found[:1]] or [Bounce((address,))]
    return [
        one._replace(
            code=options["code"] or one.code,
            said=options["said"] or one.said,
            report_id=options["report_id"] or one.report_id,
        )
        for one in found
    ]


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(LARGEST)
    try:
        with Path(source).open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise CommandError(f"{source}: {error.strerror}") from error


def _one_line(words: str) -> str:
    """Nothing that came by mail moves the cursor of whoever reads the log."""
    return "".join(character if character.isprintable() else "?" for character in words)
