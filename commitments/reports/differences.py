"""The record on two days: what is new, what stands otherwise, and what is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commitments.models import Commitment, CommitmentKind, Part, Wording
from commitments.reports import standings
from commitments.text.display import limited_date, said_text


@dataclass(frozen=True, slots=True)
class Taken:
    """What is compared of one commitment, as it stood on a day."""

    reference: str
    title: str
    kind: str
    stage: str
    forecast: str
    reporting: str
    verification: str
    is_past_due: bool
    due: str
    lead: str
    wordings: int
    is_demo: bool


Record = Mapping[str, Taken]
"""Every public commitment by its slug."""


class Turn(NamedTuple):
    """One thing that stood otherwise: `name` of what, and its values, each empty for none."""

    name: str
    before: str
    after: str


class Changed(NamedTuple):
    slug: str
    taken: Taken
    turns: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Differences:
    """Each in the order of references; `gone` is what the earlier day alone has."""

    new: Sequence[tuple[str, Taken]]
    changed: Sequence[Changed]
    gone: Sequence[tuple[str, Taken]]
    same: int

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.changed or self.gone)


AXES = ("stage", "forecast", "reporting", "verification")
TEXTS = ("title", "due", "lead")


def taken(on: date) -> Record:
    """Everything that is compared, of the database that is asked now; four queries."""
    rows = standings.for_list(Commitment.objects.public(), on).select_related("programme")
    rows = rows.prefetch_related("participations__organisation")
    wordings = _wordings()
    return {row.slug: _taken(row, wordings.get(row.pk, 0)) for row in rows.order_by("reference")}


def _wordings() -> dict[int, int]:
    """The number of the newest wording of each commitment, by its id."""
    return dict(Wording.objects.order_by("number").values_list("commitment_id", "number"))


def _taken(row: Commitment, wordings: int) -> Taken:
    bodies = [
        said_text(part.organisation, "name")
        for part in row.participations.all()
        if part.role == Part.LEAD and part.ended_on is None
    ]
    return Taken(
        reference=row.reference or "",
        title=said_text(row, "title"),
        kind=str(CommitmentKind(row.kind).label),
        stage=row.stage,
        forecast=row.forecast,
        reporting=row.reporting,
        verification=row.verification,
        is_past_due=row.is_past_due,
        due=limited_date(row.due) if row.due else "",
        lead=", ".join(bodies),
        wordings=wordings,
        is_demo=row.programme.is_demo,
    )


def between(before: Record, after: Record, *, is_demo: bool = False) -> Differences:
    """What differs from `before` to `after`; the demonstration is compared by itself."""
    earlier = {slug: one for slug, one in before.items() if one.is_demo == is_demo}
    later = {slug: one for slug, one in after.items() if one.is_demo == is_demo}
    changed = [
        Changed(slug, one, turns)
        for slug, one in later.items()
        if slug in earlier and (turns := _turns(earlier[slug], one))
    ]
    both = len(earlier.keys() & later.keys())
    return Differences(
        new=[(slug, one) for slug, one in later.items() if slug not in earlier],
        changed=changed,
        gone=[(slug, one) for slug, one in earlier.items() if slug not in later],
        same=both - len(changed),
    )


def _turns(before: Taken, after: Taken) -> list[Turn]:
    names = [*AXES, *TEXTS]
    turns = [Turn(name, getattr(before, name), getattr(after, name)) for name in names]
    if after.is_past_due != before.is_past_due:
        turns.append(Turn("is_past_due", _yes(before.is_past_due), _yes(after.is_past_due)))
    if after.wordings != before.wordings:
        turns.append(Turn("wordings", str(before.wordings), str(after.wordings)))
    return [turn for turn in turns if turn.before != turn.after]


def _yes(said: bool) -> str:
    return "yes" if said else ""
