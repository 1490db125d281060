"""What a citizen follows: whether it can be followed, in which words, and what happened to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.core.validators import slug_re
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from commitments.models import (
    Commitment,
    Followed,
    Organisation,
    Participation,
    Priority,
    PublicEvent,
    Subscription,
)
from commitments.text.display import said_lang, said_text

NO_NEWS = Q(object_kind__in=("obligation", "reporting_period"), action="laid_out")
"""What the calendar does by itself every month: it changes nothing that a reader follows."""


class Searches(NamedTuple):
    """How a saved search is run and put into words: the filters of the list stand above us."""

    found: Callable[[str, date], QuerySet[Commitment]]
    words: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is followed, in the reader's words; `lang` where they are in another language."""

    kind: str
    words: str
    lang: str = ""


def followed(kind: str, key: str, searches: Searches) -> Thing | None:
    """What these name; None where nothing public does."""
    if kind == Followed.EVERYTHING:
        return Thing(kind, _("Every change of the record")) if not key else None
    if kind == Followed.SEARCH:
        words = searches.words(key)
        return Thing(kind, _("Search: {words}").format(words=words)) if words else None
    row, column = _row(kind, key)
    if row is None:
        return None
    return Thing(kind, said_text(row, column), said_lang(row, column))


def _row(kind: str, key: str) -> tuple[Commitment | Organisation | Priority | None, str]:
    programme, _slash, slug = key.rpartition("/")
    if not slug_re.match(slug) or (programme and not slug_re.match(programme)):
        return None, ""
    if kind == Followed.COMMITMENT:
        return Commitment.objects.public().filter(slug=key).first(), "title"
    if kind == Followed.ORGANISATION:
        return Organisation.objects.public().filter(slug=key).first(), "name"
    if kind == Followed.PRIORITY:
        rows = Priority.objects.filter(programme__published_at__isnull=False)
        return rows.filter(programme__slug=programme, slug=slug).first(), "title"
    return None, ""


def news_of(
    subscriptions: Iterable[Subscription],
    *,
    after: int,
    through: int,
    today: date,
    searches: Searches,
) -> QuerySet[PublicEvent]:
    """The events after one sequence, up to another, that any of these follows; once each."""
    wanted = Q(pk__in=())
    for one in subscriptions:
        since = Q(sequence__gt=max(after, one.since_sequence))
        wanted |= since & _about(one, today, searches)
    rows = PublicEvent.objects.filter(wanted, sequence__gt=after, sequence__lte=through)
    return rows.exclude(NO_NEWS).select_related("commitment__programme").order_by("sequence")


def _about(one: Subscription, today: date, searches: Searches) -> Q:
    if one.kind == Followed.EVERYTHING:
        return Q(is_demo=False)
    if one.kind == Followed.COMMITMENT:
        return Q(commitment__slug=one.key)
    if one.kind == Followed.ORGANISATION:
        parts = Participation.objects.filter(organisation__slug=one.key)
        own = Q(object_kind="organisation", object_key=one.key)
        return own | Q(commitment__in=parts.values("commitment"))
    if one.kind == Followed.PRIORITY:
        programme, _slash, slug = one.key.partition("/")
        own = Q(object_kind="priority", object_key=one.key)
        return own | Q(commitment__priority__slug=slug, commitment__programme__slug=programme)
    return Q(commitment__in=searches.found(one.key, today).order_by().values("pk"))
