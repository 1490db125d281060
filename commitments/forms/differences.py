"""Two versions of one update side by side: what was typed here, and what is stored meanwhile."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from commitments.forms.evidence import PREFIX, RELATIONS, is_number
from commitments.forms.sheet import Row, Typed
from commitments.forms.update import Asked, UpdateForm
from commitments.models import Source, StoredFile

TAKE = "take-"
"""How the choice between the two versions of a field is named in the request."""


class Difference(NamedTuple):
    """One field that the two versions fill in differently; `mine` and `stored` are for reading."""

    name: str
    label: str
    lang: str
    mine: str
    stored: str

    @property
    def prefers_stored(self) -> bool:
        """Only where nothing was typed here; else what is before the author goes on."""
        return not self.mine

    @property
    def prefers_mine(self) -> bool:
        return not self.prefers_stored


def differences(asked: Asked, mine: Typed, stored: Typed) -> list[Difference]:
    """Field by field, in the order of the form; evidence counts as one field."""
    form = UpdateForm(asked=asked)
    found = [
        Difference(
            name,
            str(field.label),
            str(field.widget.attrs.get("lang", "")),
            shown(field, mine.fields.get(name, "")),
            shown(field, stored.fields.get(name, "")),
        )
        for name, field in form.fields.items()
        if mine.fields.get(name, "") != stored.fields.get(name, "")
    ]
    if not same_rows(mine.rows, stored.rows):
        both = (shown_rows(mine.rows), shown_rows(stored.rows))
        found.append(Difference(PREFIX, _("Evidence"), "", *both))
    return found


def shown(field: forms.Field, value: str) -> str:
    """The value in words: of a choice, its label."""
    choices: Iterable[Any] = getattr(field, "choices", ())
    return next((str(label) for key, label in choices if str(key) == value), value)


def shown_rows(rows: list[Row]) -> str:
    """One line for each row, with the relation in words and the file by its name."""
    relations = {str(value): str(label) for value, label in RELATIONS if value}
    numbers = [int(row["file"]) for row in rows if is_number(row["file"])]
    names = {
        str(pk): name
        for pk, name in StoredFile.objects.filter(pk__in=numbers).values_list("pk", "name")
    }
    words = {"relation": relations, "file": names}
    return "\n".join(
        " · ".join(words.get(name, {}).get(said, said) for name, said in row.items() if said)
        for row in rows
    )


def same_rows(mine: list[Row], stored: list[Row]) -> bool:
    """Whether both name the same publications; one of the record keeps the record's title."""
    urls = [row["url"] for row in mine if row["url"]]
    of_record = set(Source.objects.public().filter(url__in=urls).values_list("url", flat=True))
    return [_told(row, of_record) for row in mine] == [_told(row, of_record) for row in stored]


def _told(row: Row, of_record: set[str]) -> Row:
    names = ("url", "relation", "shows", "file") if row["url"] in of_record else tuple(row)
    return {name: row[name] for name in sorted(names)}


def merged(mine: Typed, stored: Typed, chosen: Any) -> Typed:
    """Mine, with the stored version of every field for which that was chosen."""
    taken = {
        name.removeprefix(TAKE)
        for name in chosen
        if name.startswith(TAKE) and chosen[name] == "stored"
    }
    fields = {
        name: stored.fields.get(name, "") if name in taken else value
        for name, value in mine.fields.items()
    }
    return Typed(fields, stored.rows if PREFIX in taken else mine.rows)
