"""What a version of the method is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

Text = str | Promise


class Definition(NamedTuple):
    """A value of an axis, and what it means."""

    value: str
    means: Text


class Axis(NamedTuple):
    """One of the five questions: who sets it, and what each of its values means."""

    axis: str
    name: Text
    question: Text
    set_by: Text
    values: Sequence[Definition]


class Import(NamedTuple):
    """How an imported statement moves a stage: the steps it names, and what follows."""

    steps: Sequence[str]
    follows: Text


class Reminder(NamedTuple):
    """One rule: what it is about, when it speaks, and to whom."""

    about: Text
    steps: Text
    to: Text


class Section(NamedTuple):
    """Rules under one heading; `key` is the anchor of the heading in every version."""

    key: str
    heading: Text
    texts: Sequence[Text]
    imports: Sequence[Import] = ()
    reminders: Sequence[Reminder] = ()


@dataclass(frozen=True)
class Method:
    """One version, from the day on which it holds. Once published it is never changed.

    `changes` says what differs from the version before.
    """

    version: int
    valid_from: date
    axes: Sequence[Axis]
    sections: Sequence[Section]
    changes: Sequence[Text] = ()
