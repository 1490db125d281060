"""Changes of plan in words: what they are about, what stood, what is proposed; and whose turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import (
    ChangeKind,
    ChangeRequest,
    Commitment,
    Confidence,
    Cumulation,
    Direction,
    LinkKind,
    Organisation,
    Participation,
    Role,
    TakenOn,
    User,
)
from commitments.rules.changes import WORDINGS, Json, number_of
from commitments.text.display import limited_date, said_text
from commitments.text.quantities import figure
from commitments.text.wordiff import Run, sides

Names = Mapping[str, str]


class Stated(NamedTuple):
    """One thing that changes, in words: what stood and what is proposed; `lang` of a text."""

    label: str | Promise
    before: str
    after: str
    lang: str = ""


class Compared(NamedTuple):
    """A text in one language, before and after, word by word; empty where there is none."""

    lang: str
    before: list[Run]
    after: list[Run]


@dataclass(frozen=True, slots=True)
class Told:
    """A request in words."""

    change: ChangeRequest
    heading: str
    stated: list[Stated]
    texts: list[Compared]


def told(changes: Iterable[ChangeRequest]) -> list[Told]:
    """Each request in words; two queries at most for the names, however many requests."""
    found = list(changes)
    names = _names(found)
    return [Told(one, heading(one), stated(one, names), texts_of(one)) for one in found]


def heading(change: ChangeRequest) -> str:
    """What it changes, as a title: "Due date moved", "Target 3 changed", "Wording: narrowed"."""
    number = number_of(change.subject)
    if change.kind in _OF_A_ROW:
        return str(_OF_A_ROW[change.kind]).format(number=number)
    if change.kind == ChangeKind.DATE_MOVED:
        moved = _("Milestone {number}: date moved") if number else _("Due date moved")
        return moved.format(number=number)
    kind = str(change.get_kind_display())
    if change.kind in WORDINGS and change.kind != ChangeKind.TEXT_FOUND:
        return _("Wording: {kind}").format(kind=kind)
    return capfirst(kind)


_OF_A_ROW: dict[str, str | Promise] = {
    ChangeKind.TARGET_CHANGED: gettext_lazy("Target {number} changed"),
    ChangeKind.TARGET_ADDED: gettext_lazy("Target {number} added"),
    ChangeKind.MILESTONE_ADDED: gettext_lazy("Milestone {number} added"),
}


def texts_of(change: ChangeRequest) -> list[Compared]:
    """The wordings of a change of wording, side by side."""
    if change.kind not in WORDINGS:
        return []
    return compared(change.replaced, change.proposed)


def compared(before: Json, after: Json) -> list[Compared]:
    """Two texts word by word, in each language in which either says something."""
    found = []
    for lang in ("vi", "en"):
        old, new = before.get(f"text_{lang}", ""), after.get(f"text_{lang}", "")
        if old or new:
            found.append(Compared(lang, *sides(old, new)))
    return found


def stated(change: ChangeRequest, names: Names, *, whole: bool = False) -> list[Stated]:
    """What differs, each in words; of a wording, its text stands apart unless it is `whole`."""
    before, after = change.replaced, change.proposed
    found = [
        Stated(label, _words(name, before, names), _words(name, after, names), lang)
        for name, (label, lang) in _LABELS.items()
        if name in after and (whole or change.kind not in WORDINGS or name == "basis")
    ]
    if "value" in after:
        found += [
            Stated(_("Promised"), _promised(before), _promised(after)),
            Stated(_("Starting from"), _start(before), _start(after)),
        ]
    return [one for one in found if one.before != one.after]


def in_words(values: Json) -> str:
    """What a request names, a line each; bodies by their addresses."""
    lines: list[tuple[str | Promise, str]] = [
        (label, _words(name, values, {}))
        for name, (label, _lang) in _LABELS.items()
        if name in values
    ]
    lines += [(_("Promised"), _promised(values)), (_("Starting from"), _start(values))]
    return "\n".join(f"{label}: {words}" for label, words in lines if words)


_LABELS: dict[str, tuple[str | Promise, str]] = {
    "text_vi": (gettext_lazy("Text in Vietnamese"), "vi"),
    "text_en": (gettext_lazy("Text in English"), "en"),
    "title_vi": (gettext_lazy("Title in Vietnamese"), "vi"),
    "title_en": (gettext_lazy("Title in English"), "en"),
    "basis": (gettext_lazy("Basis"), ""),
    "metric": (gettext_lazy("What is counted"), ""),
    "direction": (gettext_lazy("Which way is better"), ""),
    "cumulation": (gettext_lazy("How values add up"), ""),
    "due": (gettext_lazy("Due"), ""),
    "lead": (gettext_lazy("Lead"), ""),
    "stage": (gettext_lazy("How it was taken on"), ""),
    "since": (gettext_lazy("Since"), ""),
    "confidence": (gettext_lazy("How sure this is"), ""),
    "by": (gettext_lazy("Taken over by"), ""),
    "link": (gettext_lazy("How the one follows the other"), ""),
}
_BASES = {
    "quoted": gettext_lazy("quoted word for word"),
    "summarised": gettext_lazy("summary by the editors"),
}
_LINKS = {
    LinkKind.SUPERSEDES.value: gettext_lazy("one commitment takes its place"),
    LinkKind.SPLIT_FROM.value: gettext_lazy("it is split into several"),
    LinkKind.MERGES.value: gettext_lazy("it is merged with others into one"),
}
_CHOICES: dict[str, Mapping[str, Any]] = {
    "basis": _BASES,
    "link": _LINKS,
    "direction": dict(Direction.choices),
    "cumulation": dict(Cumulation.choices),
    "stage": dict(TakenOn.choices),
    "confidence": dict(Confidence.choices),
}


def _words(name: str, values: Json, names: Names) -> str:
    value = values.get(name)
    if name == "by":
        return "; ".join(names.get(slug, slug) for slug in value or [])
    if name == "lead":
        return names.get(value, value) if value else _("nobody named")
    if name in ("due", "since"):
        return limited_date(value) if value else ""
    return str(_CHOICES.get(name, {}).get(value, value)) if value else ""


def _number(value: Any) -> Decimal | None:
    return Decimal(value) if value else None


def _promised(values: Json) -> str:
    value = _number(values.get("value"))
    if value is None:
        return ""
    most = _number(values.get("value_max"))
    return figure(value, values.get("unit", ""), values.get("comparator", ""), most)


def _start(values: Json) -> str:
    value = _number(values.get("baseline"))
    if value is None:
        return ""
    words = figure(value, values.get("unit", ""))
    day = values.get("baseline_on")
    return f"{words} ({limited_date(day)})" if day else words


def _names(changes: list[ChangeRequest]) -> Names:
    """The names of the bodies and commitments that the requests speak of, by slug."""
    both = [values for one in changes for values in (one.proposed, one.replaced)]
    bodies = {values["lead"] for values in both if values.get("lead")}
    successors = {slug for values in both for slug in values.get("by") or []}
    names: dict[str, str] = {}
    if bodies:
        rows = Organisation.objects.filter(slug__in=bodies)
        names |= {row.slug: said_text(row, "name") for row in rows}
    if successors:
        found = Commitment.objects.public().filter(slug__in=successors)
        names |= {row.slug: f"{row.reference} {said_text(row, 'title')}" for row in found}
    return names


def waiting_for(user: User) -> QuerySet[ChangeRequest]:
    """What waits for the person's decision, the longest waiting first."""
    rows = ChangeRequest.objects.waiting_for(user)
    return rows.select_related("commitment__programme", "requester").order_by("requested_at", "pk")


def asked_by(user: User) -> QuerySet[ChangeRequest]:
    """The person's own requests that nobody has decided yet."""
    rows = ChangeRequest.objects.visible_to(user).open().filter(requester=user)
    return rows.select_related("commitment__programme").order_by("requested_at", "pk")


def listed_for(user: User) -> QuerySet[ChangeRequest]:
    """The requests about what the person's bodies lead or deliver: those that wait for them
    first, then what is open, then the newest."""
    bodies = user.organisations_as(Role.REPORTER, Role.APPROVER, Role.SENIOR_OFFICIAL)
    units = user.organisations_as(Role.OFFICER, Role.ADMINISTRATOR, Role.ASSESSOR, Role.AUDITOR)
    led = Participation.objects.leading().filter(
        commitment=OuterRef("commitment"), organisation__in=bodies
    )
    mine = Exists(led) | Q(commitment__programme__delivery_unit__in=units)
    deciding = user.organisations_as(Role.OFFICER)
    waits = Q(decision="", commitment__programme__delivery_unit__in=deciding) & ~Q(requester=user)
    return (
        ChangeRequest.objects.filter(mine)
        .annotate(waits_for_me=_yes(waits), is_open=_yes(Q(decision="")))
        .select_related("commitment__programme", "requester")
        .order_by("-waits_for_me", "-is_open", "-requested_at", "-pk")
    )


def _yes(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
