"""One entry of the news: the events of one deed about one thing, headed by the one that matters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.models import PublicEvent
from commitments.reports.events import action_words, actor_name
from commitments.reports.news.names import Names, Said, commitment_of
from commitments.reports.news.words import (
    Difference,
    differences,
    request_title,
    said_of,
    words,
)
from commitments.reports.public import NOUNS
from commitments.text.quantities import unit_words

_PLURALS = {noun.kind: noun.model._meta.verbose_name_plural for noun in NOUNS}
_HEADS = (
    "status_update", "retraction", "completion", "change_request", "evidence_acceptance",
    "commitment", "organisation", "programme",
)  # fmt: skip
_TEXTS = ("summary", "problem", "asked", "correction_reason", "reason", "waiver_reason")
_NEW = ("title", "name", "text", "what", "topic")
_BRIEF = ("organisation", "role", "source", "relation", "value", "as_of_on", "to", "due")


_OWED = {
    "met": gettext_lazy("The update that was owed was handed in"),
    "waived": gettext_lazy("The update that was owed is waived"),
}


class Line(NamedTuple):
    """One event in a few words: what was done, and to what."""

    deed: str
    said: list[Said]
    sequence: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed about one thing, or a heap of events of one deed that are only counted.

    `sequence` is that of the event that heads it, and names it for ever; `earliest` and `latest`
    are the days from which what it says holds. `about` is the commitment or other thing. Of what
    `is_refused` nothing came about: what stood before stands.
    """

    sequence: int
    first: int
    last: int
    recorded_at: datetime
    earliest: date
    latest: date
    title: str
    by: str
    is_demo: bool
    is_refused: bool = False
    kind: str = ""
    url: str = ""
    about: Said | None = None
    texts: list[Said] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The day in Ha Noi on which it was written."""
        return localtime(self.recorded_at).date()

    @property
    def is_entered_later(self) -> bool:
        return self.earliest < self.on


class Counted(NamedTuple):
    """So many events of one kind and action in a heap."""

    kind: str
    action: str
    times: int


def entry(events: Sequence[PublicEvent], names: Names) -> Entry:
    """The events of one deed about one thing, in the order of the record."""
    head = min(events, key=lambda one: (_rank(one), one.sequence))
    values = head.after or head.before or {}
    minor = [one for one in events if one is not head]
    return Entry(
        sequence=head.sequence,
        first=events[0].sequence,
        last=events[-1].sequence,
        recorded_at=head.recorded_at,
        earliest=min(one.effective_on for one in events),
        latest=max(one.effective_on for one in events),
        title=title_of(head),
        by=actor_name(head, names.find("organisation", head.actor_organisation).text),
        is_demo=head.is_demo,
        is_refused=(head.object_kind, head.action) == ("change_request", "refused"),
        kind=head.object_kind,
        url=address_of(head),
        about=about(head, names),
        texts=[said for name in _TEXTS for said in said_of(values, name)],
        changes=_shown(head, events, names),
        lines=[_line(one, names) for one in minor if not _is_said(one, head, events)],
    )


def _rank(event: PublicEvent) -> int:
    return _HEADS.index(event.object_kind) if event.object_kind in _HEADS else len(_HEADS)


def title_of(event: PublicEvent) -> str:
    """What was done, as a heading: "Update 3 published", "Due date moved: approved"."""
    values: dict[str, Any] = event.after or event.before or {}
    number = values.get("number") or values.get("update")
    if event.object_kind == "status_update" and isinstance(number, int):
        if isinstance(values.get("corrects"), int):
            corrects = _("Update {number} corrects update {corrected}")
            return corrects.format(number=number, corrected=values["corrects"])
        return _("Update {number}").format(number=number)
    if event.object_kind == "obligation" and event.action in _OWED:
        return str(_OWED[event.action])
    if event.object_kind == "retraction" and isinstance(number, int):
        return _("Update {number} retracted").format(number=number)
    if event.object_kind == "change_request" and values.get("kind"):
        decided = {"approved": _("{change}: approved"), "refused": _("{change}: refused")}
        return decided.get(event.action, "{change}").format(change=request_title(event))
    return action_words(event)


def address_of(event: PublicEvent) -> str:
    """The page of what was said; else that of the event itself."""
    values: dict[str, Any] = event.after or event.before or {}
    number = values.get("number") if event.object_kind == "status_update" else values.get("update")
    if event.object_kind in ("status_update", "retraction", "completion"):
        try:
            return reverse("update-detail", args=[values.get("commitment"), number])
        except NoReverseMatch:
            pass
    return reverse("event-detail", args=[event.sequence])


def about(event: PublicEvent, names: Names) -> Said:
    """The thing that an event is about, with its page where it has one."""
    if slug := commitment_of(event):
        return names.find("commitment", slug)
    values = event.after or event.before or {}
    if event.object_kind in names.of:
        return names.find(event.object_kind, event.object_key)
    for noun in ("organisation", "indicator", "instrument", "programme"):
        if isinstance(named := values.get(noun), str) and named:
            return names.find(noun, named)
    said = [one for name in _NEW for one in said_of(values, name)]
    return said[0] if said else Said(event.object_key)


def _shown(event: PublicEvent, events: Sequence[PublicEvent], names: Names) -> list[Difference]:
    """Of what changed, all of it; of what is new, what its texts do not say."""
    values = event.after or {}
    if event.object_kind == "status_update":
        asked = ("stage", "step", "forecast", "as_of_on", "body", "speaker")
        brief = {name: values.get(name) for name in asked if values.get(name)}
        stood = next((one.before for one in events if one.object_kind == "commitment"), None) or {}
        before = {name: stood.get(name) for name in ("stage", "forecast") if stood.get(name)}
        found = PublicEvent(object_kind="status_update", before=before, after=brief)
        same = {name for name in before if before[name] == brief.get(name)}
        found.before = {name: value for name, value in before.items() if name not in same}
        return differences(found, names)
    if event.object_kind == "obligation":
        period = {"period": values.get("period")}
        return differences(PublicEvent(object_kind="obligation", after=period), names)
    if event.before is not None or event.object_kind == "change_request":
        return differences(event, names)
    return []


def _line(event: PublicEvent, names: Names) -> Line:
    values = event.after or event.before or {}
    kind = event.object_kind
    if event.before:
        found = differences(event, names)
        return Line(action_words(event), [_in_short(one) for one in found], event.sequence)
    if kind == "source":
        return Line(action_words(event), [names.find("source", event.object_key)], event.sequence)
    said = [one for name in _NEW for one in said_of(values, name)][:1]
    if isinstance(target := values.get("target"), int):
        said.append(Said(_("Target {number}").format(number=target)))
    for name in _BRIEF:
        said += words(kind, name, values.get(name), names)
        if name == "value" and (unit := names.units.get(f"{values.get('commitment')}/{target}")):
            said.append(Said(unit_words(unit)))
    return Line(action_words(event), said, event.sequence)


def _in_short(change: Difference) -> Said:
    now = ", ".join(one.text for one in change.after) or _("nothing")
    return Said(f"{change.label}: {now}")


def _is_said(event: PublicEvent, head: PublicEvent, events: Iterable[PublicEvent]) -> bool:
    """A source named as evidence, and the stage that an update tells, are not told twice."""
    if event.object_kind == "commitment":
        return head.object_kind == "status_update"
    if event.object_kind != "source":
        return False
    return any((one.after or {}).get("source") == event.object_key for one in events)


def heap(
    head: PublicEvent, counted: Sequence[Counted], spans: tuple[int, int, date, date], by: str
) -> Entry:
    """Many events of one deed, counted by kind. Needs first and last sequence, earliest, latest."""
    first, last, earliest, latest = spans
    times = sum(one.times for one in counted)
    kinds = Counter[str]()
    for one in counted:
        kinds[one.kind] += one.times
    said = ngettext("{count} entry written at once", "{count} entries written at once", times)
    if first == 1:
        said = ngettext("The first load: {count} entry", "The first load: {count} entries", times)
    return Entry(
        sequence=first,
        first=first,
        last=last,
        recorded_at=head.recorded_at,
        earliest=earliest,
        latest=latest,
        title=said.format(count=times),
        by=by,
        is_demo=head.is_demo,
        url=f"{reverse('event-list')}?first={first}&last={last}",
        counts=[
            f"{capfirst(str(_PLURALS.get(kind, kind)))}: {count}"
            for kind, count in kinds.most_common()
        ],
    )
