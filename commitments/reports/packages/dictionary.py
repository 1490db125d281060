"""The columns of every noun of the open data: type, words in both languages, allowed values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from commitments.errors import Text
from commitments.reports.public import NOUNS
from commitments.reports.public._noun import Noun
from commitments.reports.public.references import REFERENCES

LANGUAGES = ("vi", "en")
KEY, EVENT = "key", "event"
"""The two columns that every table begins with."""


class Kind(Enum):
    """What stands in a column."""

    TEXT = "text"
    WHOLE = "whole"
    AMOUNT = "amount"
    FLAG = "flag"
    DAY = "day"
    INSTANT = "instant"
    LIMITED = "limited"
    ADDRESS = "address"
    WORDS = "words"
    OBJECT = "object"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `choices` are its only values beside nothing, with their words.

    `refers` is the kind of object whose key it holds. An amount has `digits`, of which `places`
    stand behind the point. What no table of this version knows any more is of unknown kind.
    """

    name: str
    kind: Kind
    label: Text
    choices: tuple[tuple[str, Text], ...] = ()
    refers: str = ""
    digits: int = 0
    places: int = 0
    needed: bool = False


Worded = dict[str, str]


def worded(text: Text) -> Worded:
    """The text in both languages, with a capital letter."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = capfirst(str(text))
    return said


_HEAD = (
    Column(KEY, Kind.TEXT, _("key"), needed=True),
    Column(EVENT, Kind.WHOLE, _("sequence of the public event that said so last"), needed=True),
)
_NOUNS: dict[str, Noun[Any]] = {noun.kind: noun for noun in NOUNS}
_LISTS = frozenset({"sources", "commitments"})
_NUMBERS = frozenset(
    {"change", "corrects", "file_size", "forecast_update", "number", "replaces", "stage_update",
     "target", "update"}
)  # fmt: skip
"""What a row says of another table by a whole number."""
_ELSEWHERE: dict[str, Text] = {
    "body": _("body that reports"),
    "change": _("number of the change request"),
    "commitment": _("commitment"),
    "commitments": _("commitments"),
    "corrects": _("number of the update that it corrects"),
    "delivery_unit": _("delivery unit"),
    "file_name": _("name of the file"),
    "file_sha256": _("SHA-256 of the file"),
    "file_size": _("size of the file in bytes"),
    "file_type": _("type of the file"),
    "forecast_update": _("number of the update that gave the forecast"),
    "indicator": _("indicator"),
    "instrument": _("instrument"),
    "issuer": _("issuer"),
    "merged_into": _("merged into"),
    "merger_source": _("source of the merger"),
    "number": _("number"),
    "organisation": _("organisation"),
    "parent": _("body above it"),
    "period": _("first day of the reporting period"),
    "priority": _("priority"),
    "programme": _("programme"),
    "replaces": _("number of the target that it replaces"),
    "source": _("source"),
    "sources": _("sources"),
    "stage_update": _("number of the update that gave the stage"),
    "target": _("number of the target"),
    "to": _("the other commitment"),
    "update": _("number of the update"),
}
"""What rows of other tables are called, by whose key or number one row names them."""


def title_of(kind: str) -> Worded:
    """What the objects of a kind are called; a kind of former days by its own name."""
    noun = _NOUNS.get(kind)
    return worded(noun.model._meta.verbose_name_plural or kind if noun else kind)


def columns_of(kind: str, names: Iterable[str]) -> list[Column]:
    """The columns of a table, its key and event first, then the names in the order given."""
    return [*_HEAD, *(_column(kind, name) for name in names)]


def _column(kind: str, name: str) -> Column:
    noun = _NOUNS.get(kind)
    if noun is None:
        return Column(name, Kind.UNKNOWN, name)
    found = _field(noun.model, name)
    if found is None or found.is_relation:
        return _of_another(kind, name)
    label = found.verbose_name
    choices = tuple((str(value), words) for value, words in found.flatchoices if value != "")
    if isinstance(found, models.DecimalField):
        return Column(
            name, Kind.AMOUNT, label, digits=found.max_digits or 0, places=found.decimal_places or 0
        )
    return Column(name, _kind_of(noun.model, found), label, choices=choices)


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _of_another(kind: str, name: str) -> Column:
    """A name, a number or names of rows of another table."""
    label = _ELSEWHERE.get(name, name)
    if name in _LISTS:
        return Column(name, Kind.WORDS, label)
    if name in _NUMBERS:
        return Column(name, Kind.WHOLE, label)
    if (kind, name) == ("obligation", "period"):
        return Column(name, Kind.DAY, label)
    if name not in _ELSEWHERE:
        return Column(name, Kind.UNKNOWN, label)
    return Column(name, Kind.TEXT, label, refers=_refers(kind, name))


def _refers(kind: str, name: str) -> str:
    """The kind of object of which the word `name` alone is the key."""
    references = REFERENCES.get(kind, {}).values()
    return next((one.kind for one in references if one.names == (name,)), "")


_KINDS: list[tuple[Any, Kind]] = [
    (models.BooleanField, Kind.FLAG),
    (models.DateTimeField, Kind.INSTANT),  # before days: Django's instants are days, too
    (models.DateField, Kind.DAY),
    (models.IntegerField, Kind.WHOLE),
    (models.JSONField, Kind.OBJECT),
    (models.URLField, Kind.ADDRESS),
]


def _kind_of(model: Any, found: Any) -> Kind:
    if _field(model, f"{found.name}_earliest") is not None:
        return Kind.LIMITED
    return next((kind for shape, kind in _KINDS if isinstance(found, shape)), Kind.TEXT)
