"""Reports of errors as the public reads them: as of a day, and no more than was released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commitments.models import ErrorReport, ErrorState, Programme, PublicEvent
from commitments.reports.objects import PublicThing, things_in
from commitments.rules.moments import day_of
from commitments.text.display import said_lang, said_text


@dataclass(frozen=True, slots=True)
class PublicReport:
    """One report as it stood at the end of a day. `thing` is what it is about; None: in general,
    or what the record has no longer. The texts are there only once they were released."""

    report: ErrorReport
    thing: PublicThing | None
    state: str
    is_shown: bool
    answer: str
    answer_lang: str
    answered_on: date | None

    @property
    def programme(self) -> Programme | None:
        """As it was called on the day, where the thing tells it."""
        return (self.thing.programme if self.thing else None) or self.report.programme

    @property
    def state_words(self) -> str:
        return str(ErrorState(self.state).label)

    @property
    def corrected_by(self) -> int | None:
        return self.report.corrected_by if self.state == ErrorState.ACCEPTED else None


def as_public(reports: Iterable[ErrorReport], today: date) -> list[PublicReport]:
    """These as of a day, in two more queries for what they are about, however many they are."""
    rows = list(reports)
    things = _things(rows, today)
    return [_public(row, things.get((row.object_kind, row.object_key)), today) for row in rows]


def _public(row: ErrorReport, thing: PublicThing | None, today: date) -> PublicReport:
    answered_on = day_of(row.answered_at) if row.answered_at else None
    is_answered = answered_on is not None and answered_on <= today
    return PublicReport(
        report=row,
        thing=thing,
        state=row.state if is_answered else ErrorState.OPEN.value,
        is_shown=row.shown_at is not None and day_of(row.shown_at) <= today,
        answer=said_text(row, "answer") if is_answered else "",
        answer_lang=said_lang(row, "answer") if is_answered else "",
        answered_on=answered_on if is_answered else None,
    )


def _things(rows: list[ErrorReport], today: date) -> dict[tuple[str, str], PublicThing]:
    keys = {row.object_key for row in rows if row.object_key}
    told = PublicEvent.objects.filter(object_key__in=keys, effective_on__lte=today)
    events = told.select_related("commitment")
    wanted = {(row.object_kind, row.object_key) for row in rows}
    found: dict[tuple[str, str], PublicEvent] = {}
    for event in events.order_by("sequence"):
        if (event.object_kind, event.object_key) in wanted:
            found[event.object_kind, event.object_key] = event
    return dict(zip(found, things_in(list(found.values())), strict=True))
