"""The single things that a mail says, by kind; each has a template of its name in `mail/lines/`."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, auto
from typing import ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from commitments.emails.quoted import Quoted
from commitments.models import Role, SourceFaultKind, Topic
from commitments.text.periods import period_name


class Urgency(IntEnum):
    """What comes first in a mail and in its subject."""

    LATE = auto()
    PAST_DUE = auto()
    NOBODY = auto()
    UNREACHED = auto()
    RETURNED = auto()
    OWED = auto()
    DUE_SOON = auto()
    REVIEW = auto()
    CHANGE = auto()
    EVIDENCE = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody else who is told: name, role, and the day of the last mail if it went out."""

    name: str
    role: Role | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A page that opens after log-in and changes nothing; `is_deed` leads to a prepared form."""

    label: str | Promise
    view: str
    argument: str | int
    is_deed: bool = False
    query: str = ""

    @property
    def url(self) -> str:
        """In the language of the mail."""
        path = reverse(self.view, args=[self.argument])
        return f"{settings.SITE_URL}{path}{self.query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(ABC):
    """One thing that is said: where it is dealt with, in which role, and who else knows.

    `stands_in`: the reader is told in the place of reporters. `topic` is what the reader could
    mute; None: this is always said.
    """

    kind: ClassVar[str]
    links: tuple[Link, ...]
    role: Role | None = None
    stands_in: bool = False
    topic: Topic | None = None
    told: Sequence[Told] = field(default=())
    also: Sequence[Told] = field(default=())

    @property
    @abstractmethod
    def urgency(self) -> Urgency:
        """Where it stands among the others."""

    @property
    @abstractmethod
    def on(self) -> date:
        """The day that its subject names: until when, or since when."""

    @property
    def quote(self) -> Quoted | None:
        """What somebody said of it, word for word."""
        return None

    @property
    def template(self) -> str:
        return f"mail/lines/_{self.kind}.txt"

    @property
    def is_urgent(self) -> bool:
        return self.urgency <= Urgency.PAST_DUE

    @property
    def told_as(self) -> Role | None:
        """The role to name: who has the work in hand knows it."""
        return None if self.role == Role.REPORTER else self.role


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine(Line):
    """An update that is owed: for which days, until when; late in working days."""

    kind: ClassVar[str] = "owed"
    starts_on: date
    ends_on: date
    due_on: date
    days_late: int

    @property
    def period(self) -> str:
        """The month or quarter, as the pages name it."""
        return period_name(self.starts_on, self.ends_on)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def urgency(self) -> Urgency:
        return Urgency.LATE if self.is_late else Urgency.OWED

    @property
    def on(self) -> date:
        return self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine(Line):
    """A date of the plan; `due` as precisely as it is known, `days_left` until its last day."""

    kind: ClassVar[str] = "due"
    title: Quoted | None
    due: str
    due_on: date
    days_left: int

    @property
    def is_exact(self) -> bool:
        return self.due == self.due_on.isoformat()

    @property
    def days_past(self) -> int:
        return -self.days_left

    @property
    def urgency(self) -> Urgency:
        return Urgency.PAST_DUE if self.days_left < 0 else Urgency.DUE_SOON

    @property
    def on(self) -> date:
        return self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceLine(Line):
    """Something that is so since a day, and equally urgent however long."""

    always: ClassVar[Urgency]
    since_on: date

    @property
    def urgency(self) -> Urgency:
        return self.always

    @property
    def on(self) -> date:
        return self.since_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine(SinceLine):
    """An update that waits for the reader: since when, from whom."""

    kind: ClassVar[str] = "review"
    always: ClassVar[Urgency] = Urgency.REVIEW
    working_days: int
    author: str
    body: Quoted
    as_of_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine(SinceLine):
    """An update that came back, with what the reviewer says of it.

    `author` is empty where the reader wrote it; else the reader can take it over.
    """

    kind: ClassVar[str] = "returned"
    always: ClassVar[Urgency] = Urgency.RETURNED
    reviewer: str
    comment: Quoted
    field_comments: int
    as_of_on: date | None
    author: str = ""

    @property
    def quote(self) -> Quoted | None:
        return self.comment


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine(SinceLine):
    """A request to change the plan that the reader may decide."""

    kind: ClassVar[str] = "change"
    always: ClassVar[Urgency] = Urgency.CHANGE
    working_days: int
    heading: str
    requester: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine(SinceLine):
    """A source that published evidence rests on and that no longer shows what it did."""

    kind: ClassVar[str] = "evidence"
    always: ClassVar[Urgency] = Urgency.EVIDENCE
    source: Quoted
    fault: SourceFaultKind
    note: Quoted

    @property
    def quote(self) -> Quoted | None:
        return self.note or None

    @property
    def is_broken(self) -> bool:
        return self.fault == SourceFaultKind.BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine(SinceLine):
    """A commitment of which updates are asked and on which nobody reports."""

    kind: ClassVar[str] = "charge"
    always: ClassVar[Urgency] = Urgency.NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressLine(SinceLine):
    """Somebody whom mail does not reach: how often it failed, since when, and the last time."""

    kind: ClassVar[str] = "address"
    always: ClassVar[Urgency] = Urgency.UNREACHED
    address: str
    times: int
    last_on: date
