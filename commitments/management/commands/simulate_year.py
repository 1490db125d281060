"""`manage.py simulate_year`: every reminder of a year, if nobody ever reported; nothing stays."""

import csv
import io
import re
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.utils import translation

from commitments.management.commands.bench import lined
from commitments.management.commands.up import only_copy
from commitments.models import Role, Rule
from commitments.services.simulation import Told, copy_of_record, simulate

NONE = (
    "No reminders: reporting was opened for no commitment of the record, and nobody is reminded of "
    "a duty that nobody gave them.\n"
    "To see what would come if reporting were opened: manage.py simulate_year --open 2026-02-01"
)
FIELDS = ("day", "weekday", "rule", "step", "reference", "about", "role", "stand-in")
ROLES = {
    Role.REPORTER: "reporters",
    Role.APPROVER: "approvers",
    Role.OFFICER: "officer",
    Role.SENIOR_OFFICIAL: "senior officials",
}
FIRST_YEAR, LAST_YEAR = 2000, 2100
WEEKLY_FROM = 10
"""From this step on an update that is late comes back every week."""


class Command(BaseCommand):
    """Simulate on a copy that is rolled back, and print what would go to whom."""

    help = (
        "Print every reminder that the real commitments would bring from the opening of reporting "
        "on, if nobody ever reported, to stand-ins. Everything happens in one transaction that is "
        "rolled back. While it runs (about a minute) it locks the programmes, the commitments and "
        "the head of the record on PostgreSQL, so that nobody can publish; on SQLite it locks the "
        "whole database, and refuses while the installation runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--open", type=_day, metavar="DAY", help="open reporting on this day")
        parser.add_argument("--until", type=_day, metavar="DAY", help="preset: 31 December")
        parser.add_argument("--csv", action="store_true", help="every row, as CSV")
        parser.add_argument("--all", action="store_true", help="every row, also the weekly ones")

    def handle(self, *args: Any, **options: Any) -> None:
        opened_on: date | None = options["open"]
        if opened_on is None:
            self.stdout.write(NONE)
            return
        until = options["until"] or opened_on.replace(month=12, day=31)
        if until < opened_on:
            raise CommandError("The last day lies before the day on which reporting is opened.")
        lock = only_copy(Path(settings.VAR_DIR)) if connection.vendor == "sqlite" else None
        try:
            with translation.override("en"), copy_of_record():
                told = simulate(opened_on=opened_on, until=until)
        finally:
            if lock:
                lock.close()
        self.stdout.write(as_csv(told) if options["csv"] else report(told, every=options["all"]))


def _day(typed: str) -> date:
    """A day with room for the calendar before and after it."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        raise ArgumentTypeError(f"{typed} is no day; write it as 2026-02-01") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ArgumentTypeError(f"the year lies between {FIRST_YEAR} and {LAST_YEAR}")
    return found


def report(told: Sequence[Told], *, every: bool) -> str:
    """The table of days, then what each month brings of each rule."""
    rows = [_full(one) for one in told] if every else list(collapsed(told))
    head = FIELDS if every else ("day", "weekday", "rule", "step", "about", "to", "notices")
    people = len({one.person for one in told})
    about = len({one.reference for one in told})
    counts = f"Notices: {len(told)}. Commitments: {about}. Stand-ins: {people}."
    return f"{counts} Nothing was kept.\n\n{_table([head, *rows])}\n\n{summary(told)}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, everything at the left; the first is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def collapsed(told: Iterable[Told]) -> Iterator[tuple[str, ...]]:
    """One line for what is said of many commitments on a day; one for all weekly ones of it."""
    groups: dict[tuple[Any, ...], list[Told]] = defaultdict(list)
    for one in told:
        weekly = one.rule == Rule.R3 and int(one.step) > WEEKLY_FROM
        step, subject = ("weekly", "Updates late for long") if weekly else (one.step, one.subject)
        groups[one.on, one.rule, step, subject].append(one)
    for (on, rule, step, subject), some in groups.items():
        about = sorted({one.reference for one in some})
        roles = [name for role, name in ROLES.items() if role in {one.role for one in some}]
        whose = about[0] if len(about) == 1 else f"{len(about)} commitments"
        words = f"{subject} ({whose})"
        yield (
            on.isoformat(),
            on.strftime("%a"),
            rule,
            step,
            words,
            ", ".join(roles),
            str(len(some)),
        )


def summary(told: Iterable[Told]) -> str:
    """How many notices of each rule a month brings."""
    counts = Counter((f"{one.on:%Y-%m}", one.rule) for one in told)
    rules = sorted({rule for _month, rule in counts})
    months = sorted({month for month, _rule in counts})
    rows = [
        (month, *(str(counts[month, rule]) for rule in rules), str(_total(counts, month)))
        for month in months
    ]
    return lined([("month", *rules, "all"), *rows]) if rows else ""


def _total(counts: Counter[tuple[str, str]], month: str) -> int:
    return sum(count for (one, _rule), count in counts.items() if one == month)


def as_csv(told: Iterable[Told]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(_full(one) for one in told)
    return stream.getvalue()


def _full(one: Told) -> tuple[str, ...]:
    return (
        one.on.isoformat(),
        one.on.strftime("%a"),
        one.rule,
        one.step,
        one.reference,
        re.sub(r"\s+", " ", one.subject),
        one.role.value,
        one.person,
    )
