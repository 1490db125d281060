"""Of which type each member of a body has to be: read without guessing, told in the document.

A shape reads one value and notes every fault at its JSON pointer; what the value means, the
rules judge. null says "nothing", as in the answers.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.rules.addresses import LONGEST as LONGEST_ADDRESS
from commitments.rules.addresses import check_address
from commitments.rules.dates import LimitedDate, parse_day
from commitments.rules.figures import LONGEST, read_exact
from commitments.text.problems import Fault

Json = dict[str, Any]
MOST_FAULTS = 200
"""So many are named at most: a body that is all wrong is answered in few words."""
UNREAD: Any = object()
"""What stands for a value that could not be read."""

_LONGEST_NAME = 100
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_LIMITED = re.compile(r"[0-9]{4}(-Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?")
NO_OBJECT = _("This has to be an object.")
_TEXT = _("This has to be text.")
_WHOLE = _("This has to be a whole number from 1 on.")
_FIGURE = _("This has to be a number, or its text with a point, as “22.5”.")
_FLAG = _("This has to be true or false.")
_LIST = _("This has to be a list.")
_UNKNOWN = _("There is no such member here.")
_MISSING = _("This member is needed.")
_NOT_ISO = _("Please write the day as 2026-05-31.")
_NOT_ISO_LIMITED = _("Please write the date as 2026-05-31, 2026-05, 2026-Q2 or 2026.")


class Faults(list[Fault]):
    """What is wrong with a body so far, each at its pointer."""

    def note(self, at: str, code: str, text: str | Promise) -> Any:
        if len(self) < MOST_FAULTS:
            self.append(Fault(at, code, text))
        return UNREAD

    def refused(self, at: str, refused: Refusal) -> Any:
        """Note what a rule or service refused, below `at` where it names a field."""
        for one in refused.refusals:
            self.note(f"{at}/{one.field}" if one.field else at, one.code, one.text)
        return UNREAD

    @property
    def places(self) -> set[str]:
        return {one.where for one in self}


class Shape(Protocol):
    def read(self, value: Any, at: str, faults: Faults) -> Any:
        """The value as Python holds it, or UNREAD with the fault noted."""

    def schema(self) -> Json: ...


def _null_or(kind: str, **more: Any) -> Json:
    return {"type": [kind, "null"], **more}


@dataclass(frozen=True)
class Text:
    """A text, trimmed as the form does; null is the empty text. How long it may be, and which
    characters it may hold, the rules say."""

    about: Any = ""
    most: int = 0
    words: Sequence[str] = ()

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if value is None:
            return ""
        if not isinstance(value, str):
            return faults.note(at, "wrong_type", _TEXT)
        return value.strip().replace("\r\n", "\n")

    def schema(self) -> Json:
        told = _null_or("string", description=self.about)
        if self.words:
            return told | {"enum": [*self.words, None]}
        return told | ({"maxLength": self.most} if self.most else {})


@dataclass(frozen=True)
class Parsed:
    """A text in one spelling that programs write; null is `nothing`."""

    read_text: Callable[[str], Any]
    pattern: re.Pattern[str] | None
    otherwise: Any = ""
    nothing: Any = None
    about: Any = ""
    told: Json = field(default_factory=dict)

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if value is None or value == "":
            return self.nothing
        if not isinstance(value, str):
            return faults.note(at, "wrong_type", _TEXT)
        if self.pattern and not self.pattern.fullmatch(value):
            return faults.note(at, "date_not_iso", self.otherwise)
        try:
            return self.read_text(value)
        except Refusal as refused:
            return faults.note(at, refused.code, refused.text)

    def schema(self) -> Json:
        return _null_or("string", description=self.about, **self.told)


def day(about: Any = "") -> Parsed:
    return Parsed(parse_day, _ISO_DAY, _NOT_ISO, about=about, told={"format": "date"})


def limited_day(about: Any = "") -> Parsed:
    told = {"pattern": f"^{_ISO_LIMITED.pattern}$"}
    return Parsed(LimitedDate.parse, _ISO_LIMITED, _NOT_ISO_LIMITED, about=about, told=told)


def address(about: Any = "") -> Parsed:
    told = {"format": "uri", "maxLength": LONGEST_ADDRESS}
    return Parsed(check_address, None, nothing="", about=about, told=told)


@dataclass(frozen=True)
class Figure:
    """An exact figure: a number, or its text with a point; never rounded, never a float."""

    about: Any = ""

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            return faults.note(at, "wrong_type", _FIGURE)
        try:
            return read_exact(value)
        except Refusal as refused:
            return faults.note(at, refused.code, refused.text)

    def schema(self) -> Json:
        text: Json = {"type": "string", "format": "decimal", "maxLength": LONGEST}
        text["pattern"] = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
        return {"oneOf": [text, {"type": "number"}], "description": self.about}


@dataclass(frozen=True)
class Whole:
    """A whole number from 1 on; null is None."""

    about: Any = ""
    most: int = 2**31 - 1

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if value is None:
            return None
        whole = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not whole or not 1 <= value <= self.most or value != int(value):  # 1.0 is whole too
            return faults.note(at, "wrong_type", _WHOLE)
        return int(value)

    def schema(self) -> Json:
        return _null_or("integer", minimum=1, maximum=self.most, description=self.about)


@dataclass(frozen=True)
class Flag:
    about: Any = ""

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        return value if isinstance(value, bool) else faults.note(at, "wrong_type", _FLAG)

    def schema(self) -> Json:
        return {"type": "boolean", "description": self.about}


@dataclass(frozen=True)
class Either:
    """A text, or what another shape reads."""

    other: Shape
    about: Any = ""

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if isinstance(value, str):
            return Text().read(value, at, faults)
        return self.other.read(value, at, faults)

    def schema(self) -> Json:
        return {"oneOf": [{"type": "string"}, told(self.other)], "description": self.about}


@dataclass(frozen=True)
class Many:
    """A list; what could not be read is UNREAD in it. null is the empty list."""

    of: Shape
    most: int
    about: Any = ""

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if value is None:
            return []
        if not isinstance(value, list):
            return faults.note(at, "wrong_type", _LIST)
        return [self.of.read(one, f"{at}/{index}", faults) for index, one in enumerate(value)]

    def schema(self) -> Json:
        return {
            "type": ["array", "null"],
            "items": told(self.of),
            "maxItems": self.most,
            "description": self.about,
        }


@dataclass(frozen=True)
class Object:
    """Members by name, none else; those that were not sent, or could not be read, are left out."""

    members: Mapping[str, Shape]
    needed: Iterable[str] = ()
    about: Any = ""
    name: str = ""
    """Under which the document tells it by itself."""

    def read(self, value: Any, at: str, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return faults.note(at, "wrong_type", NO_OBJECT)
        unknown_members(value, self.members, at, faults)
        for name in self.needed:
            if value.get(name) is None:
                faults.note(f"{at}/{name}", "missing", _MISSING)
        found = {
            name: shape.read(value[name], f"{at}/{name}", faults)
            for name, shape in self.members.items()
            if name in value and not (value[name] is None and name in self.needed)
        }
        return {name: read for name, read in found.items() if read is not UNREAD}

    def schema(self) -> Json:
        members = {name: shape.schema() for name, shape in self.members.items()}
        needed = list(self.needed)
        members |= {name: _never_null(members[name]) for name in needed}
        told: Json = {"type": "object", "properties": members, "additionalProperties": False}
        if needed:
            told["required"] = needed
        return told | ({"description": self.about} if self.about else {})


def _never_null(schema: Json) -> Json:
    """The same of a member that has to be there."""
    told = dict(schema)
    if isinstance(told.get("type"), list):
        told["type"] = told["type"][0]
    if "enum" in told:
        told["enum"] = [word for word in told["enum"] if word is not None]
    return told


def told(shape: Shape) -> Json:
    """Its schema, or the name of the component that is."""
    name = shape.name if isinstance(shape, Object) else ""
    return {"$ref": f"#/components/schemas/{name}"} if name else shape.schema()


class Anything:
    """Any value: another rule reads it."""

    def read(self, value: Any, _at: str, _faults: Faults) -> Any:
        return value

    def schema(self) -> Json:
        return {}


def unknown_members(sent: Json, known: Iterable[str], at: str, faults: Faults) -> None:
    """Note every member that is not known."""
    for name in sorted(sent.keys() - set(known)):
        faults.note(f"{at}/{_escaped(name)}", "unknown_field", _UNKNOWN)


def _escaped(name: str) -> str:
    """A member's name in a JSON pointer (RFC 6901)."""
    return name[:_LONGEST_NAME].replace("~", "~0").replace("/", "~1")
