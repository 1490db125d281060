"""What an update said at some moment: now, or when it was sent back; and its fields in words."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.models import Evidence, Measurement, Source, StatusUpdate, Target, UpdateState
from commitments.rules.review import EVIDENCE, PLAIN, TEXTS, figure_field
from commitments.text.display import limited_date, said_text


class Cited(NamedTuple):
    """One piece of evidence: what tells it from others, and what a reader sees of it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an update said at some moment."""

    columns: dict[str, Any]
    figures: dict[int, Decimal]
    cited: list[Cited]


def snapshot_of(update: StatusUpdate) -> Snapshot:
    """What it says now; of `for_history`, no further query."""
    return Snapshot(
        columns={name: getattr(update, name) for name in PLAIN},
        figures={one.target_id: one.value for one in update.measurements.all()},
        cited=[_cited(one, one.source) for one in update.evidence.all()],
    )


def returned_version(update: StatusUpdate) -> Any:
    """The row of the house's history that the last return wrote."""
    found, before = None, ""
    for key, state in update.history.order_by("history_id").values_list("history_id", "state"):
        if state == UpdateState.RETURNED != before:
            found = key
        before = state
    return update.history.filter(history_id=found).first()


def snapshot_at(version: Any, at: datetime) -> Snapshot:
    measured = _rows_at(Measurement, version.id, at)
    cited = _rows_at(Evidence, version.id, at)
    sources: dict[int, Any] = {
        row.id: row
        for row in Source.history.filter(
            id__in=[one.source_id for one in cited], history_date__lte=at
        )
        .exclude(history_type="-")
        .order_by("history_id")
    }
    return Snapshot(
        columns={name: getattr(version, name) for name in PLAIN},
        figures={one.target_id: one.value for one in measured},
        cited=[_cited(one, sources.get(one.source_id)) for one in cited],
    )


def _rows_at(model: Any, update_id: int, at: datetime) -> list[Any]:
    """The rows of the update that stood at that moment, as they were then."""
    rows: dict[int, Any] = {}
    history = model.history.filter(update_id=update_id, history_date__lte=at)
    for row in history.order_by("history_id"):
        rows.pop(row.id, None)
        if row.history_type != "-":
            rows[row.id] = row
    return list(rows.values())


def _cited(evidence: Any, source: Any) -> Cited:
    title = source.title if source else ""
    said = [title or (source.url if source else ""), source.publisher if source else ""]
    relation = evidence.get_relation_display() if evidence.relation else ""
    words = " · ".join(str(word) for word in (*said, relation, evidence.shows) if word)
    return Cited((source.url or title) if source else str(evidence.source_id), words)


def label_of(name: str) -> str:
    """A field as the pages of review call it; of a figure, its target."""
    if name == EVIDENCE:
        return _("Evidence")
    if name in PLAIN:
        return capfirst(str(_column(name).verbose_name))
    target = Target.objects.filter(pk=name.removeprefix(figure_field(0)[:-1])).first()
    return said_text(target, "text") if target else _("Figure")


def _column(name: str) -> Any:
    return StatusUpdate._meta.get_field(name)


def shown_in_words(name: str, value: Any) -> str:
    """The value in words: of a choice its label, of a day its date; nothing where none is given."""
    if name == "as_of_on":
        return limited_date(value) if value else ""
    if name in TEXTS or not value or value == "not_given":
        return str(value or "") if name in TEXTS else ""
    labels = dict(_column(name).flatchoices)
    return capfirst(str(labels.get(value, value)))
