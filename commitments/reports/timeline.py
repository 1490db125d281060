"""The history of a commitment: what was said, changed, corrected and done, the newest first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from commitments.models import ChangeRequest, PublicEvent, Recognition, StatusUpdate
from commitments.reports.changes import told
from commitments.reports.told import names_of, told_of
from commitments.reports.whole import Whole, is_retracted


class Show(TextChoices):
    """What a reader may ask to see of a history alone."""

    UPDATES = "updates", _("Updates")
    PLAN = "plan", _("Changes of plan")
    CORRECTIONS = "corrections", _("Corrections and retractions")
    RECORD = "record", _("Deeds of the record")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history: `form` names the part of the page that shows its row."""

    on: date
    at: datetime | None
    form: str
    row: Any
    shows: tuple[Show, ...]

    @property
    def order(self) -> tuple[date, bool, float]:
        return self.on, self.at is not None, self.at.timestamp() if self.at else 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to look at a history, and how many entries it has."""

    value: str
    label: str
    count: int
    is_chosen: bool


def history_of(whole: Whole, events: Iterable[PublicEvent], today: date) -> list[Entry]:
    """Everything, the newest first. What was corrected stands there like its correction."""
    commitment = whole.commitment
    found = [
        *_updates(whole.said),
        *(_changed(change) for change in commitment.change_requests.all()),
        *(_told(event) for event in events),
        *(_recognised(row, today) for row in commitment.recognitions.all()),
    ]
    return sorted(found, key=lambda entry: entry.order, reverse=True)


def of_kind(entries: Sequence[Entry], show: str) -> list[Entry]:
    """Those that a reader asked for; all of them where the word is not known."""
    if show not in Show.values:
        return list(entries)
    return [entry for entry in entries if show in entry.shows]


def choices(entries: Sequence[Entry], show: str) -> list[Choice]:
    """Everything, and each kind of which there is something."""
    asked = show if show in Show.values else ""
    counts = {kind: sum(kind in entry.shows for entry in entries) for kind in Show}
    return [
        Choice("", str(_("Everything")), len(entries), not asked),
        *(
            Choice(kind.value, str(kind.label), count, kind == asked)
            for kind, count in counts.items()
            if count or kind == asked
        ),
    ]


def dressed(
    entries: Sequence[Entry], whole: Whole, full: Mapping[int, StatusUpdate]
) -> list[Entry]:
    """The entries of one page with what is shown of them: the texts of the updates (`full`, by
    primary key), changes and events in words."""
    names = names_of(whole)
    changes = {
        one.change.pk: one for one in told(entry.row for entry in entries if entry.form == "change")
    }
    dress: dict[str, Callable[[Any], Any]] = {
        "update": lambda row: full[row.pk],
        "change": lambda row: changes[row.pk],
        "event": lambda row: told_of(row, names),
    }
    return [
        replace(entry, row=dress[entry.form](entry.row)) if entry.form in dress else entry
        for entry in entries
    ]


def _updates(said: Sequence[StatusUpdate]) -> Iterable[Entry]:
    corrected = {one.corrects_id for one in said}
    for one in said:
        assert one.as_of_on is not None  # what is published has a date, by constraint
        is_mended = one.corrects_id or one.pk in corrected or is_retracted(one)
        shows = (Show.UPDATES, Show.CORRECTIONS) if is_mended else (Show.UPDATES,)
        yield Entry(one.as_of_on, one.published_at, "update", one, shows)
        if is_retracted(one):
            at = one.retraction.retracted_at
            yield Entry(localtime(at).date(), at, "retraction", one, (Show.CORRECTIONS,))


def _changed(change: ChangeRequest) -> Entry:
    assert change.decided_at is not None  # only decided ones are public
    on = localtime(change.decided_at).date()
    return Entry(on, change.decided_at, "change", change, (Show.PLAN,))


def _told(event: PublicEvent) -> Entry:
    shows = (Show.CORRECTIONS,) if event.action == "corrected" else (Show.RECORD,)
    return Entry(event.effective_on, event.recorded_at, "event", event, shows)


def _recognised(row: Recognition, today: date) -> Entry:
    """At the end of its year: no source says the day."""
    return Entry(min(date(row.year, 12, 31), today), None, "recognition", row, (Show.RECORD,))
