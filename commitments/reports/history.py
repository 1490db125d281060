"""The house's own history: who changed which column of what, when, by which route.

Read from the versions that django-simple-history keeps of every row. A draft of a body is the
body's alone: others see of an update only the versions that were handed in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments import models as m
from commitments.models import (
    IN_REVIEW,
    Commitment,
    Organisation,
    ReportingPeriod,
    Route,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.reports.changes import in_words
from commitments.reports.columns import LABELS
from commitments.rules import access
from commitments.text.display import limited_date

DATED = frozenset({"due", "original_due", "since", "until", "published"})
"""Columns that hold a date as precisely as it is known, as text."""
LEFT_OUT = frozenset(
    {"id", "version", "search_text", "saved_at", "nonce", "password", "last_login", "moved"}
    | {"history_id", "history_date", "history_change_reason", "history_type", "history_user"}
    | {"route"}
)
"""Columns that say nothing of their own."""
HANDED_IN = (*IN_REVIEW, UpdateState.PUBLISHED)
DEEDS = {"+": "made", "~": "changed", "-": "removed"}


@dataclass(frozen=True, slots=True)
class Change:
    """One column: what stood in it before and after; raw values, words come with the page."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one row against the one before it."""

    at: datetime
    deed: str
    noun: str
    about: str
    person: str
    route: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for: one person, a stretch of days, one route."""

    person: int | None = None
    since: date | None = None
    until: date | None = None
    route: str = ""

    @property
    def condition(self) -> Q:
        found = Q()
        if self.person:
            found &= Q(history_user=self.person)
        if self.since:
            found &= Q(history_date__date__gte=self.since)
        if self.until:
            found &= Q(history_date__date__lte=self.until)
        return found & Q(route=self.route) if self.route else found


Scope = list[tuple[type[Model], Q]]
"""Which versions of which tables belong to a page."""


def of_commitment(commitment: Commitment, reader: User) -> Scope:
    """The commitment and what hangs on it, so far as the reader sees it.

    Of updates the reader sees those of the body that answers for it now, if that is theirs; the
    delivery unit's people what was handed in; everybody what is public.
    """
    mine = Q(commitment=commitment.pk)
    of_update = Q(update__commitment=commitment.pk)
    updates, parts = _updates_seen(commitment, reader)
    seen = Commitment.objects.visible_to(reader).order_by().values("pk")
    linked = Q(from_commitment=commitment.pk) | Q(to_commitment=commitment.pk)
    return [
        (Commitment, Q(id=commitment.pk)),
        *((model, mine) for model in (m.Wording, m.Participation, m.Target, m.Milestone)),
        *((model, mine) for model in (m.ChangeRequest, m.Assignment, m.Obligation)),
        (m.CommitmentLink, linked & Q(from_commitment__in=seen, to_commitment__in=seen)),
        (m.StatusUpdate, mine & updates),
        (m.Evidence, of_update & parts),
        (m.Measurement, of_update & parts),
        (m.Retraction, of_update),
    ]


def _updates_seen(commitment: Commitment, reader: User) -> tuple[Q, Q]:
    """Which versions of updates, and of the rows that hang on them."""
    unit = commitment.programme.delivery_unit_id
    is_of_unit = access.holds(reader, unit, *access.UNIT_ROLES)
    updates = Q(state__in=HANDED_IN if is_of_unit else (UpdateState.PUBLISHED,))
    parts = Q(update__state=UpdateState.PUBLISHED)
    lead = commitment.lead
    if lead is None or not access.leads_as(reader, commitment, *access.BODY_ROLES):
        return updates, parts
    # A draft that came over with a merger was begun in the name of the former body.
    own = m.StatusUpdate.objects.filter(commitment=commitment, body=lead.organisation_id)
    updates |= Q(body=lead.organisation_id) | Q(id__in=own.values("pk"))
    return updates, parts | Q(update__body=lead.organisation_id)


def of_organisation(organisation: Organisation) -> Scope:
    mine = Q(organisation=organisation.pk)
    return [
        (Organisation, Q(id=organisation.pk)),
        *((model, mine) for model in (m.OrganisationName, m.Contact, m.Membership)),
        *((model, mine) for model in (m.Invitation, m.HandOver)),
    ]


def of_person(person: User) -> Scope:
    return [
        (User, Q(id=person.pk)),
        (m.Membership, Q(user=person.pk)),
        (m.Assignment, Q(person=person.pk)),
        (m.Absence, Q(person=person.pk)),
        (m.Invitation, Q(accepted_by=person.pk)),
        (m.HandOver, Q(giver=person.pk) | Q(taker=person.pk)),
    ]


def people_in(scope: Scope) -> QuerySet[User]:
    """Whose hand is in these versions; one query for each table, in one."""
    hands = [
        _versions(model).filter(condition).exclude(history_user=None).values("history_user")
        for model, condition in scope
    ]
    found = Q()
    for hand in hands:
        found |= Q(pk__in=hand)
    return User.objects.filter(found).order_by("full_name")


def entries(scope: Scope, asked: Asked, *, start: int, number: int) -> list[Entry]:
    """`number` entries, newest first, from the `start`-th on; a fixed number of queries a table."""
    found: list[Any] = []
    for model, condition in scope:
        rows = _versions(model).filter(condition & asked.condition)
        newest = rows.select_related("history_user").order_by("-history_date", "-history_id")
        found += newest[: start + number]
    found.sort(key=lambda row: (row.history_date, row.history_id), reverse=True)
    shown = list(islice(found, start, start + number))
    before = _versions_before(shown, dict(scope))
    names = _Names([*shown, *(row for row in before.values() if row is not None)])
    return [_entry(row, before[_key(row)], names) for row in shown]


def _versions(model: type[Model]) -> "QuerySet[Any]":
    kept: Any = model
    rows: QuerySet[Any] = kept.history.model.objects.all()
    return rows


def _key(row: Any) -> tuple[str, int]:
    return type(row).__name__, row.history_id


def _versions_before(shown: Iterable[Any], scope: dict[type[Model], Q]) -> dict[Any, Any]:
    """Of each version shown the one before it of the same row, among those that may be seen."""
    by_model: dict[type[Model], set[int]] = defaultdict(set)
    for row in shown:
        by_model[type(row).instance_type].add(row.id)
    earlier: dict[tuple[str, int], Any] = {}
    for model, ids in by_model.items():
        last: dict[int, Any] = {}
        rows = _versions(model).filter(scope[model], id__in=ids)
        for row in rows.order_by("history_date", "history_id"):
            earlier[_key(row)] = last.get(row.id)
            last[row.id] = row
    return earlier


class _Names:
    """What the rows that versions refer to are called: one query for each table referred to."""

    def __init__(self, versions: Iterable[Any]) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for row in versions:
            for field in _fields(row):
                key = getattr(row, field.attname)
                if field.is_relation and key is not None:
                    wanted[field.related_model].add(key)
        self._found = {
            model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()
        }

    def of(self, field: Any, key: int) -> str:
        row = self._found.get(field.related_model, {}).get(key)
        return _called(row) if row else f"{field.related_model._meta.verbose_name} {key}"


def _called(row: Model) -> str:
    """A row that others refer to, in the words of the page."""
    match row:
        case StatusUpdate(number=int(number)):
            return _("Update {number}").format(number=number)
        case ReportingPeriod():
            return f"{limited_date(row.starts_on)} – {limited_date(row.ends_on)}"
        case _:
            return str(row)


def _fields(row: Any) -> Iterator[Any]:
    for field in row._meta.concrete_fields:
        if field.name not in LEFT_OUT and not field.name.endswith(("_earliest", "_latest")):
            yield field


def _entry(row: Any, before: Any, names: _Names) -> Entry:
    model = type(row).instance_type
    return Entry(
        at=row.history_date,
        deed=DEEDS[row.history_type],
        noun=str(model._meta.verbose_name),
        about=_about(row, names),
        person=str(row.history_user) if row.history_user else "",
        route=str(Route(row.route).label),
        changes=list(_changes(row, before, names)) if row.history_type != "-" else [],
    )


def _about(row: Any, names: _Names) -> str:
    """What the row is called, so far as it says so itself."""
    for name in ("title_vi", "title_en", "name_vi", "name_en", "full_name", "name", "kind"):
        if text := getattr(row, name, ""):
            return str(_worded(row._meta.get_field(name), text, names))
    for name in ("person", "user", "organisation", "period", "source", "target"):
        if hasattr(row, f"{name}_id"):
            return _worded(row._meta.get_field(name), getattr(row, f"{name}_id"), names)
    return str(getattr(row, "number", "") or "")


def _changes(row: Any, before: Any, names: _Names) -> Iterator[Change]:
    for field in _fields(row):
        after = getattr(row, field.attname)
        was = getattr(before, field.attname) if before is not None else None
        if after == was or (before is None and after in (None, "", {}, [], False)):
            continue
        named = LABELS.get(field.name) if field.is_relation else None
        label = str(named or field.verbose_name)
        yield Change(label, _worded(field, was, names), _worded(field, after, names))


def _worded(field: Any, value: Any, names: _Names) -> str:
    """A stored value in the words of the page; nothing is empty."""
    if value is None or value in ("", {}, []):
        return ""
    if field.is_relation:
        return names.of(field, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dict):
        return in_words(value)
    if isinstance(value, datetime):
        at = localtime(value)
        return f"{limited_date(at.date())} {at:%H:%M}"
    if isinstance(value, date) or field.name in DATED:
        return limited_date(value)
    return str(value)
