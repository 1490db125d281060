"""Which of the stated values follow one another, so that a line may lead from one to the next."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from commitments.charts.readings import Spot


def joined(spots: Iterable[Spot], gap: timedelta) -> Iterator[tuple[Spot, Spot]]:
    """Pairs of them with at most `gap` between, so that what is missing stays open.

    Where several values are stated for one time none of them is chosen, and no line meets them.
    """
    stated = [spot for spot in spots if not spot.of.kind.is_aim]
    for one, other in pairwise(stated):
        follows = timedelta(0) < other.earliest - one.latest <= gap
        if follows and _alone(one, stated) and _alone(other, stated):
            yield one, other


def _alone(one: Spot, stated: Sequence[Spot]) -> bool:
    return not any(one.meets(other) for other in stated if other is not one)
