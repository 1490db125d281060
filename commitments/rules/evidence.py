"""What a row of evidence must say before it is kept in a draft, and before it is handed in."""

from collections.abc import Iterable, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.models import Language
from commitments.models.evidence import Relation
from commitments.models.source import SourceKind
from commitments.rules.texts import check_text

LIMITS = {"title": 500, "publisher": 300, "shows": 2000}
"""The most characters of each text; a line break counts as one."""

MOST_ROWS = 20
"""The most pieces of evidence in one update."""


def check_row(
    *, title: str, publisher: str = "", shows: str = "", relation: str = "", complete: bool
) -> Iterator[Refusal]:
    """What is wrong with one row, at its own fields; `complete` when it is handed in.

    A draft's row may be half empty. Its address is `rules.addresses`' to judge.
    """
    said = {"title": title, "publisher": publisher, "shows": shows}
    for field, limit in LIMITS.items():
        yield from check_text(said[field], limit, field)
    if relation and relation not in Relation.values:
        yield Invalid("relation_unknown", _("Please choose who published it."), "relation")
    if complete and not title.strip():
        yield Invalid("title_missing", _("Please give the title of the publication."), "title")
    if complete and not relation:
        text = _("Please say who published it; only then can anybody judge it.")
        yield Invalid("relation_missing", text, "relation")


def check_source(*, language: str, kind: str) -> Iterator[Refusal]:
    """What a publication is, where somebody says it: in which language, and of which kind."""
    if language and language not in Language.values:
        yield Invalid("language_unknown", _("Please choose one of the languages."), "language")
    if kind and kind not in SourceKind.values:
        text = _("Please choose what kind of publication it is.")
        yield Invalid("kind_unknown", text, "kind")


def check_addresses(urls: Iterable[str]) -> Iterator[tuple[int, Refusal]]:
    """One address stands once; which row says one again, counted from 0. Empty ones are none."""
    seen: dict[str, int] = {}
    for index, url in enumerate(urls):
        if url in seen:
            text = format_lazy(_("This address stands in row {row} already."), row=seen[url] + 1)
            yield index, Invalid("address_twice", text, "url")
        elif url:
            seen[url] = index


def check_count(count: int) -> Iterator[Refusal]:
    if count > MOST_ROWS:
        text = _("{count} pieces of evidence are too many; {limit} is the limit.")
        yield Invalid(
            "too_much_evidence", format_lazy(text, count=count, limit=MOST_ROWS), "evidence"
        )
