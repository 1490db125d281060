"""Things of the public record by the name that it gives them: kind, key, words, page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.models import Commitment, Programme, PublicEvent
from commitments.reports.public import NOUNS
from commitments.text.characters import hidden_character
from commitments.text.display import said_lang, said_text

_NOUNS = {noun.kind: noun.model._meta.verbose_name for noun in NOUNS}
_TEXTS = ("title", "name", "text", "summary", "label", "metric")
"""What names a thing in its public view, the likeliest first."""
_PAGES = {
    "programme": "programme-detail",
    "organisation": "organisation-detail",
    "indicator": "indicator-detail",
    "instrument": "instrument-detail",
    "source": "source-detail",
}
"""Kinds whose key is the slug of their page."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PublicThing:
    """One thing as the last event about it has it; `url` is the page that shows it."""

    kind: str
    key: str
    noun: str
    name: str
    lang: str
    url: str
    programme: Programme | None
    is_demo: bool

    @property
    def about(self) -> str:
        """What stands in the address of a form that is about it."""
        return f"{self.kind}:{self.key}"


def thing_of(about: str) -> PublicThing | None:
    """What `kind:key` names; None where the record has no such thing, or has it no more."""
    kind, _colon, key = about.partition(":")
    if kind not in _NOUNS or not key or len(key) > LONGEST_NAME or hidden_character(key):
        return None
    rows = PublicEvent.objects.filter(object_kind=kind, object_key=key).order_by("-sequence")
    event = rows.select_related("commitment").first()
    return None if event is None or event.after is None else things_in([event])[0]


def things_in(events: Sequence[PublicEvent]) -> list[PublicThing]:
    """What some events are about. A commitment is called what it was called on the day that is
    read: the event itself leads to the present row. Needs events with their commitments."""
    slugs = {event.commitment.slug for event in events if event.commitment}
    rows = Commitment.objects.public().filter(slug__in=slugs).select_related("programme")
    stood = {row.slug: row for row in rows} if slugs else {}
    return [
        _thing(event, stood.get(event.commitment.slug) if event.commitment else None)
        for event in events
    ]


def _thing(event: PublicEvent, commitment: Commitment | None) -> PublicThing:
    said: dict[str, Any] = event.after or event.before or {}
    name, lang = _named(said, event, commitment)
    programme = commitment.programme if commitment else None
    if programme is None and isinstance(said.get("programme"), str):
        programme = Programme.objects.filter(slug=said["programme"]).first()
    if event.object_kind == "programme":
        programme = Programme.objects.filter(slug=event.object_key).first()
    return PublicThing(
        event.object_kind,
        event.object_key,
        noun_words(event.object_kind),
        name,
        lang,
        page_of(event),
        programme,
        event.is_demo,
    )


def noun_words(kind: str) -> str:
    """What a kind of the record is called, as a heading; one that is not known as it stands."""
    return capfirst(str(_NOUNS.get(kind, kind)))


def _named(
    said: dict[str, Any], event: PublicEvent, commitment: Commitment | None
) -> tuple[str, str]:
    """The commitment's title where the thing belongs to one; else its own, else its key."""
    if commitment is not None:
        return said_text(commitment, "title"), said_lang(commitment, "title")
    for column in _TEXTS:
        if text := said_text(said, column) or said.get(column):
            lang = said_lang(said, column) if said_text(said, column) else ""
            return str(text)[:LONGEST_NAME], lang
    return event.object_key, ""


def page_of(event: PublicEvent) -> str:
    """The page that shows what an event is about; else the event's own."""
    slug, _slash, rest = event.object_key.partition("/")
    if event.object_kind == "status_update" and rest.isdigit():
        return reverse("update-detail", args=[slug, int(rest)])
    if event.commitment is not None:
        return reverse("commitment-detail", args=[event.commitment.slug])
    if event.object_kind == "priority" and rest:
        return reverse("priority-detail", args=[slug, rest])
    if page := _PAGES.get(event.object_kind):
        return reverse(page, args=[event.object_key])
    return reverse("event-detail", args=[event.sequence])


def thing_words(kind: str, key: str) -> str:
    """A thing that the record names so, in words, also where it is gone."""
    found = thing_of(f"{kind}:{key}")
    if found is None:
        return _("{noun} {key}").format(noun=capfirst(str(_NOUNS.get(kind, kind))), key=key)
    return f"{found.noun}: {found.name}"
