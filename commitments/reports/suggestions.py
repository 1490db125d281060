"""Known publications, found by what somebody types of title, publisher or address."""

from django.db.models import Q, QuerySet

from commitments.models import Commitment, Source, User
from commitments.text.folding import fold, terms

MOST, LEAST = 10, 2
"""The most answers, and the fewest letters that are worth one."""

LOOKED_AT = 3000
"""How many sources are folded for one answer; the record holds hundreds."""


def known_sources(commitment: Commitment, author: User, typed: str) -> list[Source]:
    """Public sources of the same world, and those of the author's other drafts, best first.

    A word is found anywhere in title, publisher or address, with and without diacritics.
    """
    wanted = terms(typed)
    if len("".join(wanted)) < LEAST:
        return []
    found: dict[str, tuple[tuple[bool, int], Source]] = {}
    for source in _sources(commitment, author)[:LOOKED_AT]:
        words = fold(f"{source.title} {source.publisher} {source.url}")
        if all(word in words for word in wanted):
            rank = (
                source.published_at is None,
                0 if fold(source.title).startswith(wanted[0]) else 1,
            )
            found.setdefault(source.url or f"#{source.pk}", (rank, source))
    best = sorted(found.values(), key=lambda pair: (pair[0], -pair[1].pk))
    return [source for _rank, source in best[:MOST]]


def known_source(commitment: Commitment, author: User, pk: int) -> Source | None:
    """One of those that could have been offered."""
    return _sources(commitment, author).filter(pk=pk).first()


def _sources(commitment: Commitment, author: User) -> QuerySet[Source]:
    # The draft that asks would only offer its own rows.
    of_own_drafts = Q(published_at=None, evidence__update__author=author) & ~Q(
        evidence__update__commitment=commitment
    )
    known = Source.objects.filter(Q(published_at__isnull=False) | of_own_drafts)
    same_world = known.filter(is_demo=commitment.programme.is_demo).exclude(title="")
    return same_world.distinct().order_by("published_at", "pk")
