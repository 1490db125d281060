"""What a reader may wish of an answer: some members, one language, a form, rows along with it."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from commitments.api.errors import bad_parameter
from commitments.api.languages import AUTO, BOTH, LANGUAGES, chosen, in_one, names_in_one
from commitments.api.shapes import Json, Serializer, Shape, names_of, shape_of
from commitments.rules.negotiation import MEDIA_TYPES

FIELDS, LANG, FORMAT, EXPAND, FACETS = "fields", "lang", "format", "expand", "facets"
OF_ROWS = (FIELDS, LANG)
"""What may be wished of a single row."""
_UNKNOWN_FIELD = _("There is no member “{name}” here.")
_UNKNOWN_ROWS = _("“{name}” cannot be had along here.")
_WORDS = _("One of these is needed: {words}.")


def word_of(request: Request, name: str, words: Collection[str]) -> str:
    """One word of several from the query; empty where nothing is said."""
    said = request.query_params.get(name, "")
    if said and said not in words:
        raise bad_parameter(name, "invalid_choice", _told(_WORDS, words=", ".join(words)))
    return str(said)


def names_from(request: Request, name: str, known: Collection[str], text: Any) -> tuple[str, ...]:
    """Names joined by commas, in the order in which they were said, each once."""
    said = [one.strip() for one in ",".join(request.query_params.getlist(name)).split(",")]
    found = tuple(dict.fromkeys(one for one in said if one))
    for one in found:
        if one not in known:
            raise bad_parameter(name, "invalid_choice", _told(text, name=one[:60]))
    return found


def _told(text: Any, **named: str) -> Any:
    """What was typed may have braces and per cent signs of its own."""
    return lambda: str(text).format(**named)


class Wish:
    """What was asked of the rows of one serializer; a mistake in it is refused at once."""

    def __init__(self, request: Request, serializer: Serializer, *, texts: bool = True) -> None:
        """`texts`: whether its texts may be asked for in one language."""
        self._serializer = serializer
        asked = word_of(request, LANG, (*LANGUAGES, AUTO)) if texts else BOTH
        self.language = chosen(asked, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        self.fields = names_from(request, FIELDS, self._made_of, _UNKNOWN_FIELD)

    @cached_property
    def _made_of(self) -> Mapping[str, tuple[str, ...]]:
        """The members that may be asked for, and out of which they are made."""
        names = names_of(self._serializer)
        if self.language == BOTH:
            return {name: (name,) for name in names}
        return dict(names_in_one(names))

    @cached_property
    def _shape(self) -> Shape:
        whole = shape_of(self._serializer)
        if not self.fields:
            return whole
        return whole.only({part for name in self.fields for part in self._made_of[name]})

    @property
    def members(self) -> list[str]:
        """What every answer has, in its order."""
        return [name for name in self._made_of if not self.fields or name in self.fields]

    def shaped(self, row: Any, base: str) -> Json:
        """The row as it was wished for."""
        said = self._shape.of(row, base)
        if self.language == BOTH:
            return said
        one: Json = in_one(said, self.language)
        return {name: one[name] for name in self.members}


def expanded(request: Request, known: Collection[str]) -> tuple[str, ...]:
    return names_from(request, EXPAND, known, _UNKNOWN_ROWS)


def with_facets(request: Request) -> bool:
    return word_of(request, FACETS, ("true", "false")) == "true"


def form_asked(request: Request) -> str:
    """The form that the address names; empty where it leaves that to `Accept`."""
    return word_of(request, FORMAT, tuple(MEDIA_TYPES))
