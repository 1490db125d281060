"""The filters of the list as a page shows them: options with counts, what applies, ways out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.filters.facets import FacetedForm, kept
from commitments.reports.facets import Counts

AXES = frozenset({"stage", "forecast", "reporting", "verification"})
"""Facets whose values are shown by the words of the axis."""
MOST_OPTIONS = 40
"""Of the bodies only so many are offered, those with the most commitments."""


@dataclass(frozen=True)
class Option:
    """`word` is what an address says, `value` what the record does."""

    word: str
    value: str
    label: str
    count: int
    is_chosen: bool
    id: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    axis: str
    options: list[Option]
    errors: list[str]
    number: int
    is_shortened: bool


@dataclass(frozen=True)
class Way:
    """A filter that applies: what it is, the address without it, how many there are then."""

    label: str
    value: str
    axis: str
    url: str
    count: int | None = None


def shown(form: FacetedForm, counts: Counts) -> list[Facet]:
    """Every facet that offers a choice, or in which something was chosen."""
    facets = [_facet(form, name, counts) for name in form.facets]
    return [facet for facet in facets if facet.errors or facet.number or len(facet.options) > 1]


def _facet(form: FacetedForm, name: str, counts: Counts) -> Facet:
    asked = form.data.getlist(name) if isinstance(form.data, QueryDict) else []
    options = [one for one in _options(form, name, counts, set(asked)) if one]
    is_long = len(options) > MOST_OPTIONS
    if name == "organisation":
        options.sort(key=lambda one: (not one.is_chosen, -one.count))
        options = options[:MOST_OPTIONS]
    return Facet(
        name,
        str(form[name].label),
        name if name in AXES else "",
        options,
        [str(error) for error in form[name].errors],
        sum(one.is_chosen for one in options),
        is_long,
    )


def _options(form: FacetedForm, name: str, counts: Counts, asked: set[str]) -> Iterator[Option]:
    """Those that would leave something, and those that were chosen, in the order of the form."""
    of = counts.of.get(name, {})
    keys = {row.word: row.pk for row in form.named.get(name, ())}
    for place, (word, label) in enumerate(form[name].field.choices):  # type: ignore[attr-defined]
        value = "" if form.blank.get(name) == word else word
        count = of.get(keys.get(word, value), 0)
        if count or word in asked:
            said = capfirst(str(label))
            yield Option(word, value, said, count, word in asked, f"id_{name}_{place}")


def ways_out(form: FacetedForm, path: str) -> list[Way]:
    """What applies, one by one: words first, then each chosen value."""
    ways = []
    if form.cleaned_data.get("q"):
        words = form.cleaned_data["q"]
        ways.append(Way(_("Words"), words, "", _without(form, path, "q")))
    for name in form.chosen:
        labels = dict(form[name].field.choices)  # type: ignore[attr-defined]
        for word in form.cleaned_data[name]:
            label, axis = capfirst(str(labels[word])), name if name in AXES else ""
            value = ("" if form.blank.get(name) == word else word) if axis else label
            url = _without(form, path, name, word)
            ways.append(Way(str(form[name].label), value, axis, url))
    return ways


def wider(form: FacetedForm, counts: Counts, path: str) -> list[Way]:
    """Which one filter to take away so that something is left, and how much that is."""
    return [
        Way(str(form[name].label), "", "", _without(form, path, name), number)
        for name, number in counts.without.items()
        if number
    ]


def _without(form: FacetedForm, path: str, name: str, word: str = "") -> str:
    """The address of the list without a value of a field, or without the field."""
    asked = form.data if isinstance(form.data, QueryDict) else QueryDict()
    query = kept(asked, facets=form.facets, without=(name, word))
    return f"{path}?{query}" if query else path
