"""Every public row out of the events, written into the tables of this installation."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.models import StoredFile
from commitments.reports.public import NOUNS
from commitments.reports.public._noun import Noun
from commitments.reports.public.references import Json
from commitments.reports.replay import Moment, Stood, stood
from commitments.services.restoring.people import Somebodies, parts_played
from commitments.services.worlds.restoring import KIND_OF, Numbers, end_of, values_of

BATCH = 500
AWAY = "restored"
"""The folder of FILES_DIR in which the files of sources are looked for, by their SHA-256."""


class Rows:
    """Writes the rows of one moment; `written` counts them by kind, `files` those that are away."""

    def __init__(self, moment: Moment, numbers: Numbers, people: Somebodies) -> None:
        self.moment, self.numbers, self.people = moment, numbers, people
        self.written: dict[str, int] = {}
        self.files: dict[tuple[str, str], int] = {}

    def write(self) -> None:
        """All nouns; those that name each other wait for the end of the transaction.

        Raises Invalid where one names another that the record does not hold.
        """
        there = {noun.kind: self._write_noun(noun) for noun in NOUNS}
        for kind, keys in self.numbers.given.items():
            for key in keys.keys() - there.get(kind, keys.keys()):
                text = _("The record names {kind} {key} but does not tell of it.")
                raise Invalid("names_nothing", format_lazy(text, kind=kind, key=key))

    def _write_noun(self, noun: Noun[Any]) -> set[str]:
        model: Any = noun.model
        links: dict[str, list[tuple[int, int]]] = defaultdict(list)
        rows, keys = [], set()
        for one in stood(self.moment, noun.kind):
            number = self.numbers.of(noun.kind, one.key)
            rows.append(_read_row(noun, number, one.key, self._values(noun, one)))
            keys.add(one.key)
            for linked in model._meta.local_many_to_many:
                kind = KIND_OF[linked.related_model]
                named = one.data.get(linked.name) or ()
                links[linked.name] += [(number, self.numbers.of(kind, key)) for key in named]
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        for name, pairs in links.items():
            _link(model._meta.get_field(name), pairs)
        self.written[noun.kind] = len(rows)
        return keys

    def _values(self, noun: Noun[Any], one: Stood) -> Json:
        values = values_of(noun.kind, one, self.numbers)
        for part in parts_played(noun.kind, noun.model, one.data):
            values[f"{part}_id"] = self.people.of(part)
        if noun.kind == "source" and one.data.get("file_sha256"):
            values["file_id"] = self._file(one)
        return values

    def _file(self, one: Stood) -> int:
        """The row of a file whose content is not here; one for each name that it bears."""
        said = {name: one.data[f"file_{name}"] for name in ("name", "size", "sha256")}
        known = (said["sha256"], said["name"])
        if known not in self.files:
            alike = sum(sha256 == said["sha256"] for sha256, _name in self.files)
            file = StoredFile(
                **said,
                media_type=one.data["file_type"],
                content=f"{AWAY}/{said['sha256']}",
                uploaded_at=one.said_at,
                uploaded_by_id=self.people.of(f"uploader-{alike}" if alike else "uploader"),
            )
            file.save(force_insert=True)
            self.files[known] = file.pk
        return self.files[known]


def _read_row(noun: Noun[Any], number: int, key: str, values: Json) -> models.Model:
    try:
        return _row(noun.model, number, values)
    except ValidationError as error:
        text = _("What the record says of {kind} {key} cannot be read.")
        raise Invalid("unreadable", format_lazy(text, kind=noun.kind, key=key)) from error


def _row(model: Any, number: int, values: Json) -> models.Model:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    said = {field.attname: _value(field, values) for field in fields}
    row: models.Model = model(pk=number, **said)
    return row


def _value(field: Any, values: Json) -> Any:
    """What stands in a column: as the event says it, else as a new row would have it."""
    text, _dash, end = field.column.rpartition("_")
    if end in ("earliest", "latest"):
        return end_of(values.get(text) or "", end)
    value = values.get(field.column)
    if value is None:
        return None if field.null else field.get_default()
    return field.to_python(value)


def _link(linked: Any, pairs: list[tuple[int, int]]) -> None:
    through = linked.remote_field.through
    mine, other = linked.m2m_column_name(), linked.m2m_reverse_name()
    rows: Iterator[Any] = (through(**{mine: one, other: two}) for one, two in pairs)
    through._default_manager.bulk_create(rows, batch_size=BATCH)
