"""What an event changed, name by name, in words instead of the columns of its public view."""

import re
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Field
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import ChangeRequest, PublicEvent
from commitments.reports.changes import heading, stated
from commitments.reports.news.names import REFERS, Names, Said
from commitments.reports.public import NOUNS
from commitments.text.display import LANGUAGES, active_language, amount, limited_date

_MODELS = {noun.kind: noun.model for noun in NOUNS}
_DAY = re.compile(r"\d{4}-(\d{2}(-\d{2})?|Q[1-4])")
_YEAR = re.compile(r"\d{4}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")
_LIMITED = {"due", "original_due", "since", "published", "period", "merged", "until"}

UNSAID = frozenset(
    {
        "slug", "number", "is_demo", "published_at", "seed_file", "commitment", "change",
        "update", "stage_update", "forecast_update", "subject", "proposed", "replaced",
        "translated",
        "file_name", "file_type", "file_size", "file_sha256", "submitted_at", "approved_at",
        "decided_at", "retracted_at", "accepted_at", "confirmed_at", "met_at", "waived_at",
        "stage_as_of_on", "forecast_as_of_on", "last_as_of_on",
    }
)  # fmt: skip
"""Columns that say where a thing belongs or what its heading says already."""

_LABELS = {
    "programme": gettext_lazy("Programme"),
    "priority": gettext_lazy("Priority"),
    "organisation": gettext_lazy("Organisation"),
    "body": gettext_lazy("Body that reports"),
    "issuer": gettext_lazy("Issued by"),
    "parent": gettext_lazy("Part of"),
    "merged_into": gettext_lazy("Merged into"),
    "delivery_unit": gettext_lazy("Delivery unit"),
    "source": gettext_lazy("Source"),
    "sources": gettext_lazy("Sources"),
    "merger_source": gettext_lazy("Source of the merger"),
    "commitments": gettext_lazy("Commitments"),
    "to": gettext_lazy("Commitment"),
    "instrument": gettext_lazy("Instrument"),
    "indicator": gettext_lazy("Indicator"),
    "period": gettext_lazy("Reporting period from"),
    "corrects": gettext_lazy("Corrects update"),
    "replaces": gettext_lazy("Replaces target"),
    "target": gettext_lazy("Target"),
}


class Difference(NamedTuple):
    """One thing that changed, before and after; an empty list where nothing stood or stands."""

    label: str
    before: list[Said]
    after: list[Said]


def differences(event: PublicEvent, names: Names) -> list[Difference]:
    """What differs, in words; of a change of plan what it asked for."""
    if event.object_kind == "change_request":
        return _of_change(event, names)
    before, after = event.before or {}, event.after or {}
    found = [
        Difference(
            label(event.object_kind, name),
            words(event.object_kind, name, before.get(name), names),
            words(event.object_kind, name, after.get(name), names),
        )
        for name in {**before, **after}
        if name not in UNSAID and isinstance(name, str)
    ]
    return [one for one in found if one.before != one.after]


def request_of(event: PublicEvent) -> ChangeRequest:
    """The request as the event holds it, not saved."""
    said = event.after or event.before or {}
    return ChangeRequest(
        kind=said.get("kind", ""),
        subject=said.get("subject", ""),
        proposed=said.get("proposed") or {},
        replaced=said.get("replaced") or {},
    )


def request_title(event: PublicEvent) -> str:
    """What a change of plan is, as a title: "Due date moved"."""
    return heading(request_of(event))


def _of_change(event: PublicEvent, names: Names) -> list[Difference]:
    plain = {slug: said.text for some in names.of.values() for slug, said in some.items()}
    return [
        Difference(
            str(one.label),
            [Said(one.before, lang=_foreign(one.lang))] if one.before else [],
            [Said(one.after, lang=_foreign(one.lang))] if one.after else [],
        )
        for one in stated(request_of(event), plain, whole=True)
    ]


def label(kind: str, name: str) -> str:
    """A column in words; one that this version does not know stays as it stands."""
    if known := _LABELS.get(name):
        return str(known)
    column = _column(kind, name)
    return capfirst(str(column.verbose_name)) if column is not None else name


def words(kind: str, name: str, value: Any, names: Names) -> list[Said]:
    """A value as a reader sees it; nothing for what says nothing."""
    if value in (None, "", [], {}):
        return []
    if noun := REFERS.get(name):
        some = value if isinstance(value, list) else [value]
        return [names.find(noun, str(one)) for one in some]
    if isinstance(value, list):
        return [Said(str(one)) for one in value]
    language = name[-2:] if name[-3:] in ("_vi", "_en") else ""
    return [Said(_plain(kind, name, value), lang=_foreign(language))]


def _plain(kind: str, name: str, value: Any) -> str:
    column = _column(kind, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = dict(column.flatchoices) if column is not None else {}
    if value in choices:
        return str(choices[value])
    if isinstance(column, DecimalField):
        return amount(value)
    return _dated(name, value) if isinstance(value, str) else str(value)


def _dated(name: str, value: str) -> str:
    if _INSTANT.fullmatch(value):
        at = localtime(datetime.fromisoformat(value))
        return f"{limited_date(at.date())} {at:%H:%M}"
    if _DAY.fullmatch(value) or (name in _LIMITED and _YEAR.fullmatch(value)):
        return limited_date(value)
    return value


def _column(kind: str, name: str) -> "Field[Any, Any] | None":
    model = _MODELS.get(kind)
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _foreign(language: str) -> str:
    return language if language in LANGUAGES and language != active_language() else ""


def said_of(values: dict[str, Any], name: str) -> list[Said]:
    """The text in the reader's language, else in the other."""
    reader = active_language()
    for language in (reader, *(other for other in LANGUAGES if other != reader)):
        text = values.get(f"{name}_{language}")
        if isinstance(text, str) and text:
            return [Said(text, lang=_foreign(language))]
    return []
