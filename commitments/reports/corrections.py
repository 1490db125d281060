"""What was corrected in public: what stood, what stands now, why, when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.models import LoadedEntry, PublicEvent
from commitments.reports.events import actor_name
from commitments.reports.news.entries import about, title_of
from commitments.reports.news.names import Names, Said, names_of
from commitments.reports.news.words import Difference, differences, said_of
from commitments.reports.replay import Moment
from commitments.text.canonical import instant

UPDATE, RETRACTION, ENTRY = "update", "retraction", "entry"
KINDS = {
    UPDATE: _("Updates that correct an earlier one"),
    RETRACTION: _("Retractions"),
    ENTRY: _("Entries that were loaded or kept wrongly"),
}
_OF_UPDATE = Q(object_kind="status_update") & ~Q(after__corrects=None)
_OF = {
    UPDATE: _OF_UPDATE,
    RETRACTION: Q(object_kind="retraction"),
    ENTRY: Q(action="corrected") & ~Q(object_kind="status_update"),
}
_STATED = (
    "as_of_on", "stage", "step", "forecast", "speaker", "body", "summary_vi", "summary_en",
    "problem_vi", "problem_en", "asked_vi", "asked_en",
)  # fmt: skip
"""What an update says; the rest of its columns tell how it came into the record."""


@dataclass(frozen=True)
class Correction:
    """One event that mends what stood before; `reason` is empty where none was recorded."""

    event: PublicEvent
    kind: str
    title: str
    by: str
    about: Said
    reason: list[Said]
    changes: list[Difference]
    former: str


def corrections(moment: Moment, *, kind: str = "", demo: bool = False) -> QuerySet[PublicEvent]:
    """The events by a moment that correct something, the newest first."""
    wanted = _OF.get(kind) or (_OF[UPDATE] | _OF[RETRACTION] | _OF[ENTRY])
    rows = moment.events().filter(wanted, effective_on__lte=moment.on, is_demo=demo)
    return rows.order_by("-sequence")


def told(events: Sequence[PublicEvent]) -> list[Correction]:
    """The same in words, in a fixed number of queries for however many events."""
    former = _former(events)
    names = names_of([*events, *former.values()])
    reasons = _reasons(events)
    return [_told(event, names, former.get(_corrected(event)), reasons) for event in events]


def _told(
    event: PublicEvent,
    names: Names,
    former: PublicEvent | None,
    reasons: dict[str, str],
) -> Correction:
    return Correction(
        event=event,
        kind=_kind(event),
        title=title_of(event),
        by=actor_name(event, names.find("organisation", event.actor_organisation).text),
        about=about(event, names),
        reason=_reason(event, reasons),
        changes=_changes(event, former, names),
        former=_address(_corrected(event)),
    )


def _kind(event: PublicEvent) -> str:
    return {"status_update": UPDATE, "retraction": RETRACTION}.get(event.object_kind, ENTRY)


def _reason(event: PublicEvent, reasons: dict[str, str]) -> list[Said]:
    after = event.after or {}
    if event.object_kind == "status_update":
        return said_of(after, "correction_reason")
    if event.object_kind == "retraction":
        return said_of(after, "reason")
    loaded = reasons.get(instant(event.recorded_at))
    return [Said(loaded)] if loaded else []


def _changes(event: PublicEvent, former: PublicEvent | None, names: Names) -> list[Difference]:
    """An update beside the one that it corrects; a retracted text stands on its own page."""
    if event.object_kind == "retraction":
        return []
    if event.object_kind != "status_update":
        return differences(event, names)
    was = _stated(former) if former else None
    beside = PublicEvent(object_kind=event.object_kind, before=was, after=_stated(event))
    return differences(beside, names)


def _stated(event: PublicEvent) -> dict[str, Any]:
    said = event.after or {}
    return {name: said.get(name) for name in _STATED}


def _corrected(event: PublicEvent) -> str:
    """The key of the update that the event corrects or retracts."""
    after = event.after or {}
    number = after.get("update" if event.object_kind == "retraction" else "corrects")
    return f"{after.get('commitment')}/{number}" if number else ""


def _address(key: str) -> str:
    slug, _slash, number = key.rpartition("/")
    return reverse("update-detail", args=[slug, number]) if slug else ""


def _former(events: Sequence[PublicEvent]) -> dict[str, PublicEvent]:
    """The updates that were corrected, by their keys, as they were published."""
    keys = {_corrected(event) for event in events if event.object_kind == "status_update"} - {""}
    rows = PublicEvent.objects.filter(object_kind="status_update", object_key__in=keys)
    return {row.object_key: row for row in rows.order_by("-sequence")}


def _reasons(events: Sequence[PublicEvent]) -> dict[str, str]:
    """The reasons given for corrected imports, by the instant at which they were written."""
    if all(_kind(event) != ENTRY for event in events):
        return {}
    kept = LoadedEntry.objects.exclude(corrections=[]).values_list("corrections", flat=True)
    return {one["corrected_at"]: one["reason"] for entry in kept for one in entry}
