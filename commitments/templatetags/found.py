"""Rows of commitments, and texts with what was found in them marked: `{% load found %}`.

A list shows fifty rows. They are put together here and not by templates, in a tenth of the time.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.template import Library
from django.urls import reverse
from django.utils.html import conditional_escape as escaped
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.filters.listed import Keys
from commitments.models import Commitment
from commitments.reports.found import Finding, Passage, title_of
from commitments.reports.parts import each
from commitments.templatetags.ui.axes import axis_tag
from commitments.text.display import active_language, limited_date, said, said_lang, said_text
from commitments.text.excerpts import Excerpt, Piece

register = Library()

_SLUG = "slug-of-it"


@lru_cache(maxsize=512)
def _tag(axis: str, value: str, _language: str) -> str:
    return f"<li>{axis_tag(axis, value)}</li>"


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A text in which what was found is marked."""
    return mark_safe(
        "".join(
            f"<mark>{escaped(piece.text)}</mark>" if piece.is_hit else escaped(piece.text)
            for piece in pieces
        )
    )


@register.simple_tag
def cut_out(excerpt: Excerpt, lang: str = "") -> SafeString:
    """A stretch of a text, with dots where it was cut."""
    language = format_html(' lang="{}"', lang) if lang else ""
    before, after = "… " * excerpt.is_cut_before, " …" * excerpt.is_cut_after
    return format_html("<span{}>{}{}{}</span>", language, before, marked(excerpt.pieces), after)


@register.simple_tag
def found_items(items: Iterable[Finding]) -> SafeString:
    """Things that were found, as a list."""
    return mark_safe(f'<ul class="rows">{"".join(map(_found_item, items))}</ul>')


def _found_item(item: Finding) -> str:
    title, said = marked(item.title), f" · {escaped(item.said)}" if item.said else ""
    lang = format_html(' lang="{}"', item.lang) if item.lang else ""
    below = cut_out(item.excerpt, item.lang) if item.excerpt else ""
    return (
        '<li class="row row--found"><div>'
        f'<p class="row__kicker">{escaped(item.kind)}{said}</p>'
        f'<p class="row__title"{lang}>'
        + (format_html('<a href="{}">{}</a>', item.url, title) if item.url else title)
        + "</p>"
        + (f'<p class="row__found">{below}</p>' if below else "")
        + "</div></li>"
    )


@register.simple_tag
def commitment_rows(
    rows: Iterable[Commitment] | Keys,
    *,
    hide_lead: bool = False,
    words: Iterable[str] = (),
    passages: Mapping[int, Passage] | None = None,
    on: date | None = None,
) -> SafeString:
    """Commitments (of `for_list`) as a list.

    `words` are marked, `passages` say where else they stand; `hide_lead` is for the page of the
    body that leads them. Where the day is said `on` which they stand so, the rows are kept.
    """
    if isinstance(rows, Keys):
        return mark_safe(f'<ul class="rows">{"".join(_kept_rows(rows))}</ul>')
    known, shown = tuple(words), {row.pk: row for row in rows}

    def make(keys: Iterable[int]) -> dict[int, str]:
        dress = _Dress(hide_lead)
        return {pk: dress.row(shown[pk], known, (passages or {}).get(pk)) for pk in keys}

    if on is None:
        items = list(make(shown).values())
    else:
        items = each("row with", [*shown], on, hide_lead, *known, make=make, is_typed=True)
    return mark_safe(f'<ul class="rows">{"".join(items)}</ul>')


def _kept_rows(rows: Keys) -> list[str]:
    """Each in its order; those that are not kept are loaded and put together now."""

    def make(keys: list[int]) -> dict[int, str]:
        dress = _Dress(hide_lead=False)
        return {key: dress.row(row, (), None) for key, row in rows.load(keys).items()}

    return each("row", rows.keys, rows.on, make=make)


class _Dress:
    """The words and addresses that all rows have in common, looked up once for the whole list."""

    def __init__(self, hide_lead: bool) -> None:
        self.language = active_language()
        self.hide_lead = hide_lead
        self.nobody = escaped(_("no body named"))
        self.undated = escaped(_("no due date published"))
        self.due = _("due {date}")
        self.as_of = _("stage as of {date}")
        self.address = reverse("commitment-detail", args=[_SLUG])
        self.kinds: dict[str, str] = {}

    def row(self, row: Commitment, words: tuple[str, ...], passage: Passage | None) -> str:
        title = _marked_title(row, words, self.language) if words else said(row, "title")
        address = self.address.replace(_SLUG, row.slug)
        return (
            '<li class="row"><div>'
            f'<p class="row__kicker"><span class="nowrap">{escaped(row.reference or "")}</span>'
            f" · {self._kind(row)}</p>"
            f'<p class="row__title"><a href="{address}">{title}</a></p>'
            f'<p class="row__meta">{self._meta(row)}</p>{_said_elsewhere(passage)}'
            f'</div><ul class="states">{self._states(row)}</ul></li>'
        )

    def _kind(self, row: Commitment) -> str:
        if row.kind not in self.kinds:
            self.kinds[row.kind] = escaped(capfirst(str(row.get_kind_display())))
        return self.kinds[row.kind]

    def _meta(self, row: Commitment) -> str:
        parts = []
        if not self.hide_lead:
            parts.append(said(row.lead.organisation, "name") if row.lead else self.nobody)
        due = limited_date(row.due) if row.due else ""
        parts.append(escaped(self.due.format(date=due)) if due else self.undated)
        if row.stage_as_of_on:
            parts.append(escaped(self.as_of.format(date=limited_date(row.stage_as_of_on))))
        return " · ".join(parts)

    def _states(self, row: Commitment) -> str:
        states = [_tag("stage", row.stage, self.language)]
        if row.is_past_due:
            states.append(_tag("deadline", "past_due", self.language))
        if row.forecast != "not_given":
            states.append(_tag("forecast", row.forecast, self.language))
        states.append(_tag("reporting", row.reporting, self.language))
        return "".join(states)


def _marked_title(row: Commitment, words: tuple[str, ...], reader: str) -> str:
    title = marked(title_of(said_text(row, "title"), words))
    language = said_lang(row, "title")
    return (
        title if language == reader else format_html('<span lang="{}">{}</span>', language, title)
    )


def _said_elsewhere(passage: Passage | None) -> str:
    if passage is None:
        return ""
    where = (
        format_html('<a href="{}">{}</a>', passage.url, passage.where)
        if passage.url
        else escaped(passage.where)
    )
    return format_html(
        '<p class="row__found"><span class="row__where">{}:</span> {}</p>',
        where,
        cut_out(passage.excerpt, passage.lang),
    )
