"""The register of commitments as a table: its columns, and a row's words for each of them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, TextChoices
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.errors import Text
from commitments.models import (
    Assignment,
    Commitment,
    CommitmentKind,
    Forecast,
    Membership,
    Reporting,
    Stage,
    User,
    Verification,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.text.display import said_text

COLUMNS: dict[str, Text] = {
    "programme": gettext_lazy("Programme"),
    "kind": gettext_lazy("Kind"),
    "priority": gettext_lazy("Priority"),
    "lead": gettext_lazy("Responsible body"),
    "charged": gettext_lazy("Who reports"),
    "due": gettext_lazy("Due"),
    "stage": gettext_lazy("Stage"),
    "forecast": gettext_lazy("Forecast"),
    "reporting": gettext_lazy("Reporting"),
    "verification": gettext_lazy("Verification"),
    "as_of": gettext_lazy("Last update as of"),
    "state": gettext_lazy("State"),
}
"""What may stand beside reference and title, in the order in which it stands there."""

CHOSEN_AT_FIRST = ("lead", "due", "stage", "forecast", "reporting", "as_of")
CHUNK = 500
Said = str | date
"""What a cell says; where nothing is known it is empty, and never 0."""


def rows_for(user: User, today: date, columns: Sequence[str] = ()) -> CommitmentQuerySet:
    """What the person may see, drafts included, with what the columns show.

    Who reports is told to those who work on it: `tells_charges`.
    """
    rows: CommitmentQuerySet = Commitment.objects.visible_to(user).for_list(today)
    if "charged" in columns:
        known = Commitment.objects.worked_on_by(user)
        charges = Assignment.objects.reporting().filter(commitment__in=known)
        named = charges.select_related("person").order_by("pk")
        rows = rows.prefetch_related(Prefetch("assignments", queryset=named)).annotate(
            tells_charges=Exists(known.filter(pk=OuterRef("pk")))
        )
    return rows


def is_of_demo(user: User) -> bool:
    """Whether the person belongs to the demonstration: whose rows they are shown at first."""
    held = Membership.objects.current().filter(user=user)
    return held.filter(organisation__is_demo=True).exists()


def in_words(rows: CommitmentQuerySet, columns: Sequence[str]) -> Iterator[list[Said]]:
    """Reference, title and the columns of each row, a few hundred in memory at a time."""
    words = _words()
    read = rows.select_related(None).select_related("programme", "priority")
    for row in read.iterator(chunk_size=CHUNK):
        said = [
            words[name][getattr(row, name) or ""] if name in words else _CELLS[name](row)
            for name in columns
        ]
        # Row and parts name each other: parted, they are freed at once and not at some later time.
        vars(row).pop("_prefetched_objects_cache", None)
        yield [row.reference or "", said_text(row, "title"), *said]


def _words() -> dict[str, dict[str, str]]:
    """The word of each value in the reader's language; looked up once, not for every row."""
    named: dict[str, type[TextChoices]] = {
        "kind": CommitmentKind,
        "stage": Stage,
        "forecast": Forecast,
        "reporting": Reporting,
        "verification": Verification,
    }
    words = {
        column: {"": ""} | {value: capfirst(str(label)) for value, label in choices.choices}
        for column, choices in named.items()
    }
    words["stage"][""] = capfirst(_("no stage stated"))
    return words


def _lead(row: Commitment) -> Said:
    return said_text(row.lead.organisation, "name") if row.lead else ""


def _charged(row: Commitment) -> Said:
    return ", ".join(str(charge.person) for charge in row.assignments.all())


def _state(row: Commitment) -> Said:
    if row.published_at is None:
        return capfirst(_("draft"))
    day = localtime(row.published_at).date()
    return capfirst(_("published")) + f" {day.isoformat()}"


_CELLS: dict[str, Callable[[Commitment], Said]] = {
    "programme": lambda row: said_text(row.programme, "name"),
    "priority": lambda row: said_text(row.priority, "title") if row.priority else "",
    "lead": _lead,
    "charged": _charged,
    "due": lambda row: row.due,
    "as_of": lambda row: row.last_as_of_on or "",
    "state": _state,
}
