"""What was found, as a page shows it: where it stands, its address, the words marked in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import RecordNote, SearchDocument
from commitments.reports.public import NOUNS
from commitments.text.display import active_language, language_of, limited_date
from commitments.text.excerpts import Excerpt, Piece, excerpt, marked

Words = Sequence[str]

_WHERE: dict[str, str | Promise] = {
    "wording": gettext_lazy("In the wording"),
    "participation": gettext_lazy("In the name of a body that has a part in it"),
    "target": gettext_lazy("In a target"),
    "milestone": gettext_lazy("In a milestone"),
    "change_request": gettext_lazy("In the reason of a change"),
    "status_update": gettext_lazy("In an update"),
    "retraction": gettext_lazy("In the notice of a retraction"),
    "recognition": gettext_lazy("In a recognition"),
    "evidence": gettext_lazy("In the title of a source"),
}
_WHERE_DATED: dict[str, str | Promise] = {
    "wording": gettext_lazy("In the wording stated on {date}"),
    "change_request": gettext_lazy("In the reason of a change decided on {date}"),
    "status_update": gettext_lazy("In an update as of {date}"),
    "retraction": gettext_lazy("In the notice of a retraction of {date}"),
}
_TITLES: dict[str, str | Promise] = {
    "vi": gettext_lazy("In the Vietnamese title"),
    "en": gettext_lazy("In the English title"),
}
_NAMES = {noun.kind: noun.model._meta.verbose_name for noun in NOUNS}


@dataclass(frozen=True)
class Passage:
    """A stretch of a text of a commitment, where it stands, and its language if not the page's."""

    where: str
    url: str
    excerpt: Excerpt
    lang: str


@dataclass(frozen=True)
class Finding:
    """A thing that was found: its name and, where the words stand below it, those.

    `of` is its kind as the record names it, `kind` as the reader does; `key` is the record's.
    """

    of: str
    kind: str
    url: str
    title: tuple[Piece, ...]
    lang: str
    excerpt: Excerpt | None
    said: str
    key: str


def title_of(title: str, words: Words) -> tuple[Piece, ...]:
    return marked(title, words)


def passage(row: SearchDocument, words: Words) -> Passage:
    return Passage(
        _where(row), _address_of_text(row), excerpt(row.text, words), _lang(row.language, row.text)
    )


def _where(row: SearchDocument) -> str:
    if row.kind == "commitment":
        return str(_TITLES.get(row.language, _("In a note")))
    if row.said_on and row.kind in _WHERE_DATED:
        return str(_WHERE_DATED[row.kind]).format(date=limited_date(row.said_on))
    return str(_WHERE.get(row.kind, ""))


def _lang(language: str, text: str) -> str:
    """For a `lang` attribute: nothing where it is the language of the page."""
    known = language or language_of(text)
    return "" if known == active_language() else known


def _address_of_text(row: SearchDocument) -> str:
    """The page of the update, where it is one of an update; else nothing: the commitment's own."""
    if row.kind not in ("status_update", "retraction", "evidence"):
        return ""
    slug, number, *_source = row.key.split("/")
    return reverse("update-detail", args=[slug, number])


def findings(rows: Iterable[SearchDocument], words: Words) -> list[Finding]:
    """One for each object, in the order of the rows; in the reader's language where it is there."""
    reader = active_language()
    best: dict[tuple[str, str], SearchDocument] = {}
    for row in rows:
        if (row.kind, row.key) not in best or row.language == reader:
            best[row.kind, row.key] = row
    noted = [row.key for row in best.values() if row.kind == "record_note"]
    notes = _addresses_of_notes(noted) if noted else {}
    return [_finding(row, words, notes) for row in best.values()]


def _finding(row: SearchDocument, words: Words, notes: dict[str, str]) -> Finding:
    title, _line, rest = row.text.partition("\n")
    below = excerpt(rest, words) if rest else None
    return Finding(
        row.kind,
        capfirst(str(_NAMES[row.kind])),
        notes.get(row.key, "") if row.kind == "record_note" else _address(row),
        excerpt(title, words).pieces if len(title) > LONG else marked(title, words),
        _lang(row.language, row.text),
        below if below and any(piece.is_hit for piece in below.pieces) else None,
        limited_date(row.said_on) if row.said_on else "",
        row.key,
    )


LONG = 300
"""A first line that is longer is no title: only what stands around the words is shown."""


def _address(row: SearchDocument) -> str:
    if row.kind == "recognition":
        body = row.organisation
        return reverse("organisation-detail", args=[body.slug]) if body else ""
    make = _ADDRESSES.get(row.kind)
    return make(row.key) if make else ""


def _page(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=key.split("/")[:2])


_ADDRESSES: dict[str, Callable[[str], str]] = {
    "organisation": _page("organisation-detail"),
    "programme": _page("programme-detail"),
    "priority": _page("priority-detail"),
    "instrument": _page("instrument-detail"),
    "indicator": _page("indicator-detail"),
    "source": _page("source-detail"),
    "status_update": _page("update-detail"),
    "retraction": _page("update-detail"),
    "contradiction": lambda _key: reverse("gap-list"),
    "gap": lambda _key: reverse("gap-list"),
}


def _addresses_of_notes(keys: Iterable[str]) -> dict[str, str]:
    """Where a note of the record is shown: with its instrument or its indicator."""
    rows = RecordNote.objects.filter(number__in=[int(key) for key in keys])
    named = rows.values_list("number", "instrument__slug", "indicator__slug")
    return {
        str(number): reverse("instrument-detail", args=[instrument])
        if instrument
        else reverse("indicator-detail", args=[indicator])
        for number, instrument, indicator in named
    }
