"""`manage.py verify_record`: checks that nothing of the public record was altered."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from commitments.models import RecordHead
from commitments.services import record
from commitments.services.record import Fault

TRIES = 3
"""How often to look again when the record grew during the check."""


class Command(BaseCommand):
    """Exit code 0 when the record is whole, 1 when anything is not as it says."""

    help = (
        "Check the chain of public events, its head, and that every published row still equals "
        "what the chain says of it. Changes nothing. Exit code 1 when something does not agree."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        head, faults = self._checked()
        self.stdout.write(f"Events: {head[0]}")
        self.stdout.write(f"Head: {head[1]}")
        for fault in faults:
            self.stdout.write(f"FAULT {fault.where}: {fault.what}")
        if faults:
            many = "fault" if len(faults) == 1 else "faults"
            self.stdout.write(f"The record is not whole: {len(faults)} {many}.")
            sys.exit(1)
        self.stdout.write("The record is whole.")

    def _checked(self) -> tuple[tuple[int, str], list[Fault]]:
        """The head that was checked, and what is wrong.

        Who publishes during the check is not to blame: a fault counts when the head stood still.
        """
        for _try in range(TRIES):
            head = _head()
            faults = list(record.verify(told=self.stderr.write))
            if not faults or _head() == head:
                break
            self.stderr.write("The record grew during the check. Looking again …")
        return head, faults


def _head() -> tuple[int, str]:
    """How many events there are, and the newest hash."""
    head = RecordHead.objects.filter(pk=1).first()
    return (head.sequence, head.hash) if head else (0, "none, the record is empty")
