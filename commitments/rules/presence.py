"""Who is told while somebody is away: never nobody, for silence has to be visible."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Away = Mapping[int, int | None]
"""Who is away on a day, and who covers them, if anybody does."""


class Person(NamedTuple):
    """Somebody who can be told: at which minute of the day, and of what they are not told."""

    pk: int
    digest_minute: int
    muted: frozenset[str] = frozenset()


class Charged(NamedTuple):
    """Who has the charge of a commitment, by their ids."""

    mains: frozenset[int] = frozenset()
    deputies: frozenset[int] = frozenset()


def reporters_told(
    charged: Charged, reporters: Sequence[Person], approvers: Sequence[Person], away: Away
) -> tuple[Person, ...]:
    """Those in charge who are there or covered, else deputies, else every reporter of the body who
    is there, else its approvers; with all of them away those in charge themselves.

    Nobody, where nobody was given the charge.
    """
    mains, deputies = _among(reporters, charged.mains), _among(reporters, charged.deputies)
    if not mains and not deputies:
        return ()
    return (
        present(mains, reporters, away)
        or present(deputies, reporters, away)
        or present(reporters, reporters, away)
        or present(approvers, approvers, away)
        or mains
        or deputies
    )


def approvers_told(charged: Charged, approvers: Sequence[Person], away: Away) -> tuple[Person, ...]:
    """Those who are expected to approve, else deputies, else every approver, as they are there."""
    mains, deputies = _among(approvers, charged.mains), _among(approvers, charged.deputies)
    return (
        present(mains, approvers, away)
        or present(deputies, approvers, away)
        or everybody_told(approvers, away)
    )


def everybody_told(house: Sequence[Person], away: Away) -> tuple[Person, ...]:
    """All who are there, or covered; with everybody away, everybody."""
    return present(house, house, away) or tuple(house)


def present(people: Iterable[Person], house: Iterable[Person], away: Away) -> tuple[Person, ...]:
    """Each who is there, and for each who is not their cover, who holds the same role.

    `people` are of the house, which is in the order of their ids.
    """
    if not away:
        return tuple(people)
    able = {one.pk: one for one in house if one.pk not in away}
    told = {away.get(one.pk, one.pk) for one in people}
    return tuple(able[key] for key in sorted(able) if key in told)


def _among(house: Iterable[Person], charged: frozenset[int]) -> tuple[Person, ...]:
    return tuple(one for one in house if one.pk in charged)
