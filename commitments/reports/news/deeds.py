"""Cuts the chain of events into deeds: what one hand wrote at one instant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Max, Min, QuerySet

from commitments.models import PublicEvent
from commitments.reports.events import actor_name
from commitments.reports.news.entries import Counted, Entry, entry, heap
from commitments.reports.news.names import Names, commitment_of, names_of

WINDOW = 300
"""How many events are looked at for one page; a deed that is longer is only counted."""
FOLDED_FROM, FOLDED_ABOUT = 60, 12
"""A deed of so many events, or about more commitments than that, is counted, not told."""
DEEDS = 20
_HAND = ("recorded_at", "actor_role", "actor_organisation", "is_demo")
_MACHINE = "system"


class Hand(NamedTuple):
    """Who wrote, and when."""

    recorded_at: datetime
    actor_role: str
    actor_organisation: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class News:
    """Entries by day, the newest first; the next page is below the sequence `older`."""

    days: list[tuple[date, list[Entry]]]
    older: int | None

    @property
    def entries(self) -> list[Entry]:
        return [one for _day, entries in self.days for one in entries]


def news(events: "QuerySet[PublicEvent]", *, below: int | None = None, deeds: int = DEEDS) -> News:
    """The newest deeds among some events, below a sequence; in a fixed number of queries."""
    rows = events if below is None else events.filter(sequence__lt=below)
    light = list(rows.order_by("-sequence").values_list("sequence", *_HAND)[: WINDOW + 1])
    cut = _cut(light)
    chosen, is_more = _chosen(cut, len(light) > WINDOW, deeds)
    small = {hand: some for hand, some in chosen.items() if len(some) < FOLDED_FROM}
    told = _told(events, small)
    hands = [PublicEvent(**hand._asdict()) for hand in chosen]
    names = names_of([*(one for some in told.values() for one in some), *hands])
    folded = [hand for hand in chosen if _is_heap(hand, told.get(hand))]
    heaps = _heaps(events, folded, names)
    found = [
        one
        for hand in chosen
        for one in ([heaps[hand]] if hand in heaps else _entries(told[hand], names))
    ]
    found.sort(key=lambda one: -one.last)
    older = min((one.first for one in found), default=None)
    if not is_more and len(light) > WINDOW:
        is_more = events.filter(sequence__lt=older).exists()
    days = [(day, list(some)) for day, some in groupby(found, key=lambda one: one.on)]
    return News(days, older if is_more else None)


def _cut(light: Sequence[tuple[object, ...]]) -> dict[Hand, list[int]]:
    """The sequences of each deed, in the order in which they were met."""
    found: dict[Hand, list[int]] = {}
    for sequence, *hand in light:
        found.setdefault(Hand(*hand), []).append(sequence)  # type: ignore[arg-type]
    return found


def _chosen(
    cut: dict[Hand, list[int]], is_full: bool, deeds: int
) -> tuple[dict[Hand, list[int]], bool]:
    """The deeds of the page, and whether more come; one that the window cut short comes next."""
    hands = list(cut)
    if is_full and len(hands) > 1 and len(cut[hands[-1]]) < FOLDED_FROM:
        hands.pop()
    kept = hands[:deeds]
    return {hand: cut[hand] for hand in kept}, len(kept) < len(cut)


def _told(
    events: "QuerySet[PublicEvent]", small: dict[Hand, list[int]]
) -> dict[Hand, list[PublicEvent]]:
    wanted = [sequence for some in small.values() for sequence in some]
    found: dict[Hand, list[PublicEvent]] = {}
    for event in events.filter(sequence__in=wanted).order_by("sequence"):
        hand = Hand(*(getattr(event, name) for name in _HAND))
        found.setdefault(hand, []).append(event)
    return found


def _is_heap(hand: Hand, told: Sequence[PublicEvent] | None) -> bool:
    if told is None:
        return True
    about = {commitment_of(one) for one in told} - {""}
    return len(about) > FOLDED_ABOUT or (hand.actor_role == _MACHINE and len(told) > 1)


def _entries(told: Sequence[PublicEvent], names: Names) -> list[Entry]:
    return [entry(part, names) for part in _parts(told)]


def _parts(told: Sequence[PublicEvent]) -> Iterator[list[PublicEvent]]:
    """One part a commitment and update; what names no commitment goes with what follows it."""
    parts: dict[tuple[str, int], list[PublicEvent]] = {}
    waiting: list[PublicEvent] = []
    updates = dict[str, int]()
    for event in told:
        slug = commitment_of(event)
        if not slug and event.object_kind == "source":
            waiting.append(event)
            continue
        if event.object_kind == "status_update":
            updates[slug] = event.sequence
        alone = event.sequence if not slug and not _belongs(event) else updates.get(slug, 0)
        parts.setdefault((slug, alone), []).extend([*waiting, event])
        waiting = []
    if waiting:
        yield waiting
    yield from parts.values()


def _belongs(event: PublicEvent) -> bool:
    """A former name stands with the body that was renamed."""
    return event.object_kind in ("former_name", "organisation")


def _heaps(
    events: "QuerySet[PublicEvent]", hands: Sequence[Hand], names: Names
) -> dict[Hand, Entry]:
    """Those deeds counted by kind; one query for all of them."""
    if not hands:
        return {}
    rows = events.filter(recorded_at__in=[hand.recorded_at for hand in hands]).order_by()
    counted: dict[Hand, list[Counted]] = {}
    spans: dict[Hand, list[tuple[int, int, date, date]]] = {}
    for one in rows.values(*_HAND, "object_kind", "action").annotate(
        n=Count("pk"),
        first=Min("sequence"),
        last=Max("sequence"),
        early=Min("effective_on"),
        late=Max("effective_on"),
    ):
        hand = Hand(*(one[name] for name in _HAND))
        counted.setdefault(hand, []).append(Counted(one["object_kind"], one["action"], one["n"]))
        spans.setdefault(hand, []).append((one["first"], one["last"], one["early"], one["late"]))
    return {hand: _heap(hand, counted[hand], spans[hand], names) for hand in hands}


def _heap(
    hand: Hand,
    counted: Sequence[Counted],
    spans: Sequence[tuple[int, int, date, date]],
    names: Names,
) -> Entry:
    first, last, early, late = zip(*spans, strict=True)
    head = PublicEvent(**hand._asdict())
    whole = (min(first), max(last), min(early), max(late))
    body = names.find("organisation", hand.actor_organisation).text
    return heap(head, counted, whole, actor_name(head, body))
