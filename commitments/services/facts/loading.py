"""Loading: compares, refuses what may not change, and writes list after list in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from commitments.errors import Refusal, Refusals, WrongState
from commitments.models import Commitment, LoadedEntry
from commitments.services.facts.corrections import refusals
from commitments.services.facts.entries import LISTS, Entry, Facts
from commitments.services.facts.load import Load, has_slug
from commitments.services.facts.news import correct_news, make_news
from commitments.services.facts.plan import Change, ListPlan, plan_of
from commitments.services.facts.programmes import make_programmes
from commitments.services.facts.promises import (
    correct_promise,
    link_instruments,
    make_instrument,
    make_mission,
    make_task,
)
from commitments.services.facts.tables import TABLES, correct_row, make_row
from commitments.text.canonical import instant


@dataclass(frozen=True)
class Outcome:
    """What came of one list."""

    list_name: str
    made: int
    unchanged: int
    changed: int
    removed: tuple[str, ...]


@transaction.atomic
def load_facts(
    *,
    facts: Facts,
    now: datetime,
    today: date,
    reason: str = "",
    language: str = "vi",
    tell: Callable[[Outcome], None] = lambda _outcome: None,
) -> list[Outcome]:
    """Load what is new and, where a `reason` is given, correct what changed.

    `tell` hears of every list when it is done; `language` is the one of the reason. Raises
    Refusals that name every changed field which may not be corrected, or not without a reason.
    """
    loaded: dict[str, list[LoadedEntry]] = {name: [] for name in LISTS}
    for row in LoadedEntry.objects.select_for_update().order_by("pk"):
        loaded[row.list_name].append(row)
    plans = {name: plan_of(facts[name], loaded[name]) for name in LISTS}
    load = Load(now=now, today=today, reason=reason, language=language)
    refused = [
        *(one for plan in plans.values() for one in refusals(plan.changed, reason=reason)),
        *(one for plan in plans.values() for one in _taken(plan.new, load)),
    ]
    if refused:
        raise Refusals(refused)

    outcomes = []
    for name in LISTS:
        outcomes.append(_carry_out(name, plans, facts, load))
        tell(outcomes[-1])
    return outcomes


def _taken(entries: list[Entry], load: Load) -> Iterator[Refusal]:
    """New entries whose id a row has that people made."""
    for entry in entries:
        table = TABLES.get(entry.list_name)
        model = table.model if table else Commitment
        if entry.key and has_slug(model) and load.find(model, entry.key):
            text = "the record has one with this id that was not loaded from the fact file."
            yield WrongState("facts_taken", f"{entry.place}: {text}")


def _carry_out(name: str, plans: dict[str, ListPlan], facts: Facts, load: Load) -> Outcome:
    """Make and correct the entries of one list, and remember what was loaded."""
    plan = plans[name]
    if name == "priorities":
        make_programmes(load)
    make = _maker(name, facts, load)
    entries = sorted(plan.new, key=_by_day) if name == "updates" else plan.new
    _remember(name, [(make(entry), entry) for entry in entries], load)
    for change in plan.changed:
        _log(change, _correct(change, load), load)
    if name == "instruments":
        for entry in (*plans["tasks"].new, *plans["missions"].new):
            link_instruments(entry, load)
    removed = tuple(row.key for row in plan.removed)
    return Outcome(name, len(plan.new), plan.unchanged, len(plan.changed), removed)


def _by_day(entry: Entry) -> date:
    day: date = entry.said["date"]
    return day


def _maker(name: str, facts: Facts, load: Load) -> Callable[[Entry], str]:
    if name == "instruments":
        naming = [*facts["tasks"], *facts["missions"]]
        return lambda entry: make_instrument(entry, naming, load)
    make = {"tasks": make_task, "missions": make_mission, "updates": make_news}.get(name, make_row)
    return lambda entry: make(entry, load)


def _correct(change: Change, load: Load) -> str:
    name = change.entry.list_name
    correct = {"tasks": correct_promise, "missions": correct_promise, "updates": correct_news}
    return correct.get(name, correct_row)(change, load)


def _remember(name: str, made: Iterable[tuple[str, Entry]], load: Load) -> None:
    LoadedEntry.objects.bulk_create(
        LoadedEntry(
            list_name=name,
            key=key,
            digest=entry.digest,
            content=dict(entry.content),
            loaded_at=load.now,
        )
        for key, entry in made
    )


def _log(change: Change, key: str, load: Load) -> None:
    """Keep the reason, and what was said before, with the entry as it is loaded now."""
    row = change.loaded
    before = {name: said for name, (said, _now) in change.fields.items()}
    row.corrections = [
        *row.corrections,
        {"corrected_at": instant(load.now), "reason": load.reason, "before": before},
    ]
    row.key, row.digest, row.content = key, change.entry.digest, dict(change.entry.content)
    row.loaded_at = load.now
    row.save(update_fields=["key", "digest", "content", "corrections", "loaded_at"])
