"""The sheets of a programme's plan, as they are exported and read back: which columns, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.errors import Text
from commitments.models import (
    Basis,
    Commitment,
    CommitmentKind,
    Comparator,
    Confidence,
    Cumulation,
    Direction,
    Measurement,
    Milestone,
    Part,
    Participation,
    Speaker,
    StatusUpdate,
    TakenOn,
    Target,
    Wording,
)


class Kind(Enum):
    """How a cell is read."""

    TEXT = "text"
    LONG = "long"
    SLUG = "slug"
    CHOICE = "choice"
    LIMITED = "limited"
    DAY = "day"
    FIGURE = "figure"
    WHOLE = "whole"
    SLUGS = "slugs"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: what stands in it, how it is read, and whether a file may change it.

    A `shown` one is only there to be read: what a file says in it is not taken.
    """

    key: str
    heading: Text
    kind: Kind = Kind.TEXT
    choices: type[TextChoices] | None = None
    needed: bool = False
    shown: bool = False
    help: Text = ""

    @property
    def values(self) -> list[str]:
        return list(self.choices.values) if self.choices else []


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its machine name, what it is called, its columns, and those that make a row one."""

    name: str
    title: Text
    fields: Sequence[Field]
    key: tuple[str, ...]

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)

    @property
    def taken(self) -> list[Field]:
        return [one for one in self.fields if not one.shown]


def _name_of(model: type[Model], column: str) -> str:
    field: Any = model._meta.get_field(column)
    return capfirst(str(field.verbose_name))


_heading: Callable[[type[Model], str], Any] = lazy(_name_of, str)
"""What the column of a model is called, in the reader's language."""

_SLUG = _("Small letters without accents, digits and hyphens; it stays for ever.")
_COMMITMENT = _("The key of the commitment, as on the sheet “commitments”.")
_NUMBER = _("1 for the first of the commitment, then 2, and so on.")
_LIMITED = _("As exact as it was said: 31/5/2026, 5/2026, Q2/2026 or 2026.")
_DAY = _("A whole day: 31/5/2026.")
_FIGURE = _("Digits only, for example 1234 or 22.5.")

COMMITMENTS = Sheet(
    "commitments",
    _("Commitments"),
    (
        Field("slug", _("Key"), Kind.SLUG, needed=True, help=_SLUG),
        Field(
            "reference",
            _heading(Commitment, "reference"),
            shown=True,
            help=_("Given at publication; a row may be found by it instead of its key."),
        ),
        Field("kind", _heading(Commitment, "kind"), Kind.CHOICE, CommitmentKind),
        Field(
            "priority",
            _("Priority"),
            Kind.SLUG,
            help=_("A government task needs one."),
        ),
        Field("title_vi", _heading(Commitment, "title_vi")),
        Field("title_en", _heading(Commitment, "title_en")),
        Field("speaker", _heading(Commitment, "speaker"), Kind.CHOICE, Speaker),
        Field("due", _heading(Commitment, "due"), Kind.LIMITED, help=_LIMITED),
        Field("note", _heading(Commitment, "note"), Kind.LONG),
        Field("basis", _heading(Wording, "basis"), Kind.CHOICE, Basis),
        Field("text_vi", _heading(Wording, "text_vi"), Kind.LONG),
        Field("text_en", _heading(Wording, "text_en"), Kind.LONG),
        Field("stated_on", _heading(Wording, "stated_on"), Kind.DAY, help=_DAY),
        Field(
            "sources",
            _("Sources"),
            Kind.SLUGS,
            help=_("The keys of known sources, with commas between them."),
        ),
        Field("state", _("Draft or published"), shown=True),
    ),
    ("slug",),
)

PARTICIPATIONS = Sheet(
    "participations",
    _("Participations"),
    (
        Field("commitment", _("Commitment"), Kind.SLUG, needed=True, help=_COMMITMENT),
        Field("organisation", _("Organisation"), Kind.SLUG, needed=True),
        Field("role", _heading(Participation, "role"), Kind.CHOICE, Part, needed=True),
        Field("stage", _heading(Participation, "stage"), Kind.CHOICE, TakenOn),
        Field("since", _heading(Participation, "since"), Kind.LIMITED, help=_LIMITED),
        Field("confidence", _heading(Participation, "confidence"), Kind.CHOICE, Confidence),
    ),
    ("commitment", "organisation", "role"),
)

TARGETS = Sheet(
    "targets",
    _("Targets"),
    (
        Field("commitment", _("Commitment"), Kind.SLUG, needed=True, help=_COMMITMENT),
        Field("number", _heading(Target, "number"), Kind.WHOLE, needed=True, help=_NUMBER),
        Field("text_vi", _heading(Target, "text_vi"), Kind.LONG),
        Field("text_en", _heading(Target, "text_en"), Kind.LONG),
        Field("metric", _heading(Target, "metric")),
        Field("unit", _heading(Target, "unit")),
        Field("comparator", _heading(Target, "comparator"), Kind.CHOICE, Comparator),
        Field("value", _heading(Target, "value"), Kind.FIGURE, help=_FIGURE),
        Field("value_max", _heading(Target, "value_max"), Kind.FIGURE, help=_FIGURE),
        Field("baseline", _heading(Target, "baseline"), Kind.FIGURE, help=_FIGURE),
        Field("baseline_on", _heading(Target, "baseline_on"), Kind.DAY, help=_DAY),
        Field("direction", _heading(Target, "direction"), Kind.CHOICE, Direction),
        Field("cumulation", _heading(Target, "cumulation"), Kind.CHOICE, Cumulation),
        Field("due", _heading(Target, "due"), Kind.LIMITED, help=_LIMITED),
    ),
    ("commitment", "number"),
)

MILESTONES = Sheet(
    "milestones",
    _("Milestones"),
    (
        Field("commitment", _("Commitment"), Kind.SLUG, needed=True, help=_COMMITMENT),
        Field("number", _heading(Milestone, "number"), Kind.WHOLE, needed=True, help=_NUMBER),
        Field("title_vi", _heading(Milestone, "title_vi")),
        Field("title_en", _heading(Milestone, "title_en")),
        Field("due", _heading(Milestone, "due"), Kind.LIMITED, help=_LIMITED),
    ),
    ("commitment", "number"),
)

MEASUREMENTS = Sheet(
    "measurements",
    _("Measurements"),
    (
        Field("commitment", _("Commitment"), Kind.SLUG, needed=True, help=_COMMITMENT),
        Field("target", _("Number of the target"), Kind.WHOLE, needed=True),
        Field("as_of_on", _heading(Measurement, "as_of_on"), Kind.DAY, needed=True, help=_DAY),
        Field("value", _heading(Measurement, "value"), Kind.FIGURE, needed=True, help=_FIGURE),
        Field("unit", _heading(Target, "unit"), shown=True),
        Field("update", _("Number of the published update"), shown=True),
        Field("stated_by", _heading(StatusUpdate, "speaker"), shown=True),
    ),
    ("commitment", "target", "as_of_on", "value"),
)

SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet for sheet in (COMMITMENTS, PARTICIPATIONS, TARGETS, MILESTONES, MEASUREMENTS)
}
"""In the order in which they stand in a workbook and are written."""

GUIDE = "guide"
"""The sheet of a template that explains the others; nothing is read from it."""
