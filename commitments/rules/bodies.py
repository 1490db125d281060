"""What a body's name, merger and contacts must say: the checks below form, API and import."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.models.organisation import OrganisationKind
from commitments.rules.dates import LimitedDate
from commitments.rules.texts import check_characters
from commitments.rules.validators import check_reason

LIMITS = {"name_vi": 300, "name_en": 300, "reason_vi": 2000, "reason_en": 2000}


@dataclass(frozen=True, kw_only=True, slots=True)
class BodySaid:
    """What a body is called and is, as plain values."""

    name_vi: str = ""
    name_en: str = ""
    kind: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RenamingSaid:
    """A new name, until when the old one held, and why it was given up."""

    name_vi: str = ""
    name_en: str = ""
    until: LimitedDate | None = None
    reason_vi: str = ""
    reason_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactSaid:
    """A person or desk of a body, and how to reach it."""

    name: str = ""
    post: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


def check_body(said: BodySaid) -> list[Refusal]:
    return [*_check_name(said.name_vi, said.name_en), *_check_kind(said.kind)]


def check_renaming(said: RenamingSaid, *, present: tuple[str, str], today: date) -> list[Refusal]:
    """A name that differs from the present one, a day that has begun, and a public reason."""
    return [
        *_check_name(said.name_vi, said.name_en),
        *_check_differs((said.name_vi, said.name_en), present),
        *_check_past(said.until, today, "until"),
        *check_reason(said.reason_vi, said.reason_en),
    ]


def check_merger(on: LimitedDate | None, today: date) -> list[Refusal]:
    return list(_check_past(on, today, "merged"))


def check_contact(said: ContactSaid) -> list[Refusal]:
    return list(_check_contact(said))


def _check_name(name_vi: str, name_en: str) -> Iterator[Refusal]:
    if not name_vi.strip() and not name_en.strip():
        text = _("Please give the name in at least one language.")
        yield Invalid("name_missing", text, "name_vi")
    for field, name in (("name_vi", name_vi), ("name_en", name_en)):
        if len(name) > LIMITS[field]:
            over = _("This name has {length} characters; {limit} is the limit.")
            text = format_lazy(over, length=len(name), limit=LIMITS[field])
            yield Invalid("too_long", text, field)
        yield from check_characters(name, field)


def _check_kind(kind: str) -> Iterator[Refusal]:
    if kind not in OrganisationKind.values:
        yield Invalid("kind_unknown", _("Please choose what kind of body it is."), "kind")


def _check_differs(new: tuple[str, str], present: tuple[str, str]) -> Iterator[Refusal]:
    if new == present:
        yield Invalid("name_unchanged", _("This is the name that it has already."), "name_vi")


def _check_past(day: LimitedDate | None, today: date, field: str) -> Iterator[Refusal]:
    if day is None:
        text = _("Please say when. A year or a month is enough where no more is known.")
        yield Invalid("day_missing", text, field)
    elif day.earliest > today:
        yield Invalid("day_in_future", _("This lies in the future. Enter it once it holds."), field)


def _check_contact(said: ContactSaid) -> Iterator[Refusal]:
    for field in ("name", "post", "phone", "note"):
        yield from check_characters(getattr(said, field), field)
    if not said.name.strip():
        yield Invalid("name_missing", _("Please give a name."), "name")
    if not said.email.strip() and not said.phone.strip():
        text = _("Please give an e-mail address or a telephone number.")
        yield Invalid("unreachable", text, "email")
    if said.email.strip():
        try:
            EmailValidator()(said.email.strip())
        except ValidationError:
            text = _("This is not an e-mail address. For example: name@example.org")
            yield Invalid("email_invalid", text, "email")
