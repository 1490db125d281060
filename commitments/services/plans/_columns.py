"""Turns a sheet into the columns of its rows; asks the database nothing."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db.models import Model

from commitments.models import Commitment, Milestone, Participation, Target, Wording
from commitments.reports.plans import PLAIN, TARGET_PLAIN
from commitments.rules.commitments import CommitmentSaid, Known
from commitments.rules.dates import LimitedDate

Columns = dict[str, Any]
Key = tuple[Any, ...]


class Table(NamedTuple):
    """Rows of one kind that hang on a commitment, found again by the columns of their key."""

    model: type[Model]
    related_name: str
    key: tuple[str, ...]
    rows: Callable[[CommitmentSaid, Known], Mapping[Key, Columns]]

    def key_of(self, row: Model) -> Key:
        return tuple(getattr(row, name) for name in self.key)

    def made(self, commitment: Commitment, key: Key, columns: Columns) -> Model:
        """A new row, not saved yet."""
        named = dict(zip(self.key, key, strict=True))
        return self.model(commitment=commitment, **named, **columns)


def dated(column: str, said: LimitedDate | None) -> Columns:
    """The three columns of a date of limited precision."""
    return {
        column: said.text if said else "",
        f"{column}_earliest": said.earliest if said else None,
        f"{column}_latest": said.latest if said else None,
    }


def of_commitment(said: CommitmentSaid, known: Known) -> Columns:
    plain = {name: getattr(said, name) for name in PLAIN}
    priority = known.priorities[said.priority] if said.priority else None
    return plain | {"priority_id": priority} | dated("due", said.due)


def _wordings(said: CommitmentSaid, known: Known) -> Mapping[Key, Columns]:
    """The original, once there is a text; what belongs to it falls away with it."""
    if not said.says("text"):
        return {}
    names = ("text_vi", "text_en", "basis", "stated_on")
    return {(1,): {name: getattr(said, name) for name in names}}


def _parts(said: CommitmentSaid, known: Known) -> Mapping[Key, Columns]:
    return {
        (known.organisations[one.organisation], one.role): {
            "stage": one.stage,
            "confidence": one.confidence,
            **dated("since", one.since),
        }
        for one in said.parts
    }


def _targets(said: CommitmentSaid, known: Known) -> Mapping[Key, Columns]:
    plain = [name for name in TARGET_PLAIN if name != "number"]
    return {
        (one.number,): {name: getattr(one, name) for name in plain} | dated("due", one.due)
        for one in said.targets
    }


def _milestones(said: CommitmentSaid, known: Known) -> Mapping[Key, Columns]:
    """The original date goes along with the present one until both are public."""
    return {
        (one.number,): {
            "title_vi": one.title_vi,
            "title_en": one.title_en,
            **dated("due", one.due),
            **dated("original_due", one.due),
        }
        for one in said.milestones
    }


TABLES = (
    Table(Wording, "wordings", ("number",), _wordings),
    Table(Participation, "participations", ("organisation_id", "role"), _parts),
    Table(Target, "targets", ("number",), _targets),
    Table(Milestone, "milestones", ("number",), _milestones),
)
