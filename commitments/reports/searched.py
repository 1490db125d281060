"""Which texts of the public record the search looks through: out of what events say of an object.

The same out of what `reports.public` gives of a row, so that a database without events is
searched alike.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.timezone import localtime

from commitments.models import Commitment, Organisation, OrganisationName, Retraction, Source
from commitments.reports.public._noun import Json
from commitments.text.display import LANGUAGES, language_of


class Item(NamedTuple):
    """What is public of one object; `data` is None where it is public no longer."""

    kind: str
    key: str
    data: Json | None
    is_demo: bool


class Text(NamedTuple):
    """One text of an object, in one language; `beside` is found too, but not shown.

    `commitment` and `organisation` are the slugs of those that it is a text of, if any.
    """

    language: str
    text: str
    said_on: date | None = None
    commitment: str = ""
    organisation: str = ""
    beside: str = ""


@dataclass
class Known:
    """What an object's data only names: rows by their slugs, the names that bodies have or had."""

    commitments: Mapping[str, int] = field(default_factory=dict)
    organisations: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    retracted: frozenset[str] = frozenset()


def known_of(items: Iterable[Item]) -> Known:
    """Look up what these objects name, in the same few queries however many they are."""
    commitments, bodies, sources = set(), set(), set()
    for item in items:
        data = item.data or {}
        commitments.add(item.key if item.kind == "commitment" else data.get("commitment"))
        bodies.add(item.key if item.kind == "organisation" else data.get("organisation"))
        if item.kind == "evidence":
            sources.add(data.get("source"))
    rows = Organisation.objects.filter(slug__in=bodies - {None})
    named = list(rows.values_list("slug", "pk", "name_vi", "name_en"))
    shown = Source.objects.filter(slug__in=sources - {None})
    owned = Commitment.objects.filter(slug__in=commitments - {None})
    updates = Retraction.objects.filter(update__commitment__slug__in=commitments - {None})
    numbers = updates.values_list("update__commitment__slug", "update__number")
    return Known(
        dict(owned.values_list("slug", "pk")),
        {slug: pk for slug, pk, *_names in named},
        _names(named),
        {slug: (*said,) for slug, *said in shown.values_list(*_SOURCE)},  # type: ignore[misc]
        frozenset(f"{slug}/{number}" for slug, number in numbers),
    )


_SOURCE = ("slug", "title", "publisher", "language")


def _names(named: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, list[str]]]:
    """By body and language: the present name, then the former ones."""
    names = {slug: {"vi": [vi], "en": [en]} for slug, _pk, vi, en in named}
    former = OrganisationName.objects.filter(organisation__slug__in=names).order_by("-number")
    for slug, vi, en in former.values_list("organisation__slug", "name_vi", "name_en"):
        names[slug]["vi"].append(vi)
        names[slug]["en"].append(en)
    return names


def texts_of(item: Item, known: Known) -> Iterator[Text]:
    """The texts by which the object is found; none for what nobody would look for."""
    if item.data is None or item.kind not in _TEXTS:
        return
    for text in _TEXTS[item.kind](item, item.data, known):
        if text.text.strip():
            yield text


Texts = Callable[[Item, Json, Known], Iterator[Text]]


def _day(value: str | None) -> date | None:
    """The day of an instant, in Ha Noi, or a whole date; None where it is less precise."""
    if not value or len(value) < 10:
        return None
    if len(value) > 10:
        return localtime(datetime.fromisoformat(value)).date()
    return date.fromisoformat(value)


def _said(*names: str, day: str = "", beside: str = "") -> Texts:
    """The named pairs of columns, all that is in one language as one text, a line for each."""

    def texts(_item: Item, data: Json, _known: Known) -> Iterator[Text]:
        for language in LANGUAGES:
            lines = [data.get(f"{name}_{language}") or "" for name in names]
            yield Text(
                language,
                "\n".join(line for line in lines if line),
                _day(data.get(day)),
                data.get("commitment") or "",
                beside=data.get(beside) or "",
            )

    return texts


def _commitment(item: Item, data: Json, _known: Known) -> Iterator[Text]:
    """Its titles, under its reference too, and what the editors note."""
    for language in LANGUAGES:
        title = data.get(f"title_{language}") or ""
        yield Text(language, title, commitment=item.key, beside=data.get("reference") or "")
    yield Text("", data.get("note") or "", commitment=item.key)


def _participation(_item: Item, data: Json, known: Known) -> Iterator[Text]:
    """The names of a body that has a part in a commitment, the former ones too."""
    for language in LANGUAGES:
        present, *former = known.names.get(data["organisation"], {}).get(language, [""])
        yield Text(language, present, commitment=data["commitment"], beside=" ".join(former))


def _organisation(item: Item, _data: Json, known: Known) -> Iterator[Text]:
    for language in LANGUAGES:
        names = known.names.get(item.key, {}).get(language, [])
        yield Text(language, "\n".join(name for name in names if name), organisation=item.key)


def _update(item: Item, data: Json, known: Known) -> Iterator[Text]:
    """What was said; of a retracted update only that there was one: its notice is found."""
    if item.key not in known.retracted:
        yield from _whole_update(item, data, known)


_whole_update = _said("summary", "problem", "asked", "correction_reason", day="as_of_on")


def _evidence(_item: Item, data: Json, known: Known) -> Iterator[Text]:
    """Title and publisher of the source, and what it is said to show."""
    title, publisher, language = known.sources.get(data["source"], ("", "", ""))
    if f"{data['commitment']}/{data['update']}" in known.retracted:
        return
    shows = data.get("shows") or ""
    of_it = language_of(shows)
    lines = (title, publisher, shows) if of_it == language else (title, publisher)
    yield Text(language, _lines(*lines), commitment=data["commitment"])
    if of_it != language:
        yield Text(of_it, shows, commitment=data["commitment"])


def _source(_item: Item, data: Json, _known: Known) -> Iterator[Text]:
    yield Text(
        data.get("language") or "",
        _lines(data["title"], data.get("publisher") or ""),
        _day(data.get("published")),
    )


def _instrument(item: Item, data: Json, known: Known) -> Iterator[Text]:
    return _said("title", day="dated_on", beside="number")(item, data, known)


def _recognition(item: Item, data: Json, known: Known) -> Iterator[Text]:
    for text in _said("what")(item, data, known):
        yield text._replace(organisation=data.get("organisation") or "")


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


_TEXTS: dict[str, Texts] = {
    "programme": _said("name", beside="code"),
    "priority": _said("title", "summary"),
    "organisation": _organisation,
    "source": _source,
    "instrument": _instrument,
    "indicator": _said("name"),
    "commitment": _commitment,
    "wording": _said("text", day="stated_on"),
    "participation": _participation,
    "target": _said("text"),
    "milestone": _said("title"),
    "change_request": _said("reason", day="decided_at"),
    "status_update": _update,
    "retraction": _said("reason", day="retracted_at"),
    "evidence": _evidence,
    "recognition": _recognition,
    "record_note": _said("summary"),
    "contradiction": _said("topic", "text"),
    "gap": _said("text"),
}
KINDS = frozenset(_TEXTS)
"""The kinds of objects that are found by texts of their own."""
