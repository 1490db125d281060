"""Two versions of one plan side by side: what was typed here, and what is stored meanwhile."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.forms.differences import TAKE, Difference, shown
from commitments.forms.plan.offered import Offered
from commitments.forms.plan.rows import ROW_SETS
from commitments.forms.plan.sheet import NAMES, Row, Typed
from commitments.forms.plan.whole import PlanForm

LABELS: dict[str, str | Promise] = {
    "parts": _("Who takes part"),
    "targets": _("Targets"),
    "milestones": _("Milestones"),
    "sources": _("Sources"),
}


def differences(offered: Offered, mine: Typed, stored: Typed) -> list[Difference]:
    """Field by field, in the order of the form; the rows of one kind count as one field."""
    form = PlanForm(offered=offered)
    found = [
        Difference(
            name,
            str(field.label),
            str(field.widget.attrs.get("lang", "")),
            shown(field, mine.fields[name]),
            shown(field, stored.fields[name]),
        )
        for name, field in form.fields.items()
        if mine.fields[name] != stored.fields[name]
    ]
    for name, label in LABELS.items():
        if _compared(name, mine.rows[name]) != _compared(name, stored.rows[name]):
            both = (_lines(offered, name, rows.rows[name]) for rows in (mine, stored))
            found.append(Difference(name, str(label), "", *both))
    return found


def _compared(name: str, rows: Iterable[Row]) -> list[Row]:
    """What makes two rows of a kind differ: not their hidden numbers."""
    hidden = ("number", "slug")
    return [{cell: row[cell] for cell in NAMES[name] if cell not in hidden} for row in rows]


def _lines(offered: Offered, name: str, rows: Iterable[Row]) -> str:
    """One line for each row, with its choices in words."""
    fields: dict[str, forms.Field] = ROW_SETS[name].form(offered=offered).fields
    return "\n".join(
        " · ".join(
            shown(field, row[cell])
            for cell, field in fields.items()
            if row[cell] and not field.widget.is_hidden
        )
        for row in rows
    )


def merged(mine: Typed, stored: Typed, chosen: Any) -> Typed:
    """Mine, with the stored version of every field for which that was chosen."""
    taken = {
        name.removeprefix(TAKE)
        for name in chosen
        if name.startswith(TAKE) and chosen[name] == "stored"
    }
    return Typed(
        {name: (stored if name in taken else mine).fields[name] for name in mine.fields},
        {name: (stored if name in taken else mine).rows[name] for name in mine.rows},
    )
