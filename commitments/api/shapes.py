"""Serializers put into a plan once, so that a row is shaped in a third of the time.

The serializers stay what the document says and what the words of the answers mean; a plan gives
the same members with the same values (held by a test over all that is real).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple, cast

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import translation
from rest_framework import serializers

from commitments.api.fields import Amount, Instant, Page
from commitments.api.serializers.events import EventSerializer
from commitments.text.canonical import decimal_text, instant

Json = dict[str, Any]
Get = Callable[[Any, str], Any]
"""From a row, and the scheme and host under which it is asked for, the value of one member."""
Serializer = type[serializers.BaseSerializer[Any]]


class Shape(NamedTuple):
    """The members of an answer in their order, each with what gives its value.

    `whole` gives all of them at once, where that is how they are made.
    """

    members: Mapping[str, Get]
    whole: Callable[[Any], Json] | None = None

    def of(self, row: Any, base: str) -> Json:
        if self.whole:
            said = self.whole(row)
            return {name: said[name] for name in self.members}
        return {name: get(row, base) for name, get in self.members.items()}

    def only(self, names: Collection[str]) -> "Shape":
        """The named members, in the order of the whole."""
        kept = {name: get for name, get in self.members.items() if name in names}
        return Shape(kept, self.whole)


def shape_of(serializer: Serializer) -> Shape:
    """The plan of a serializer, made once."""
    if serializer not in _SHAPES:
        _SHAPES[serializer] = _planned(serializer)
    return _SHAPES[serializer]


_SHAPES: dict[Serializer, Shape] = {}


def _planned(serializer: Serializer) -> Shape:
    made: Any = serializer()
    members = {name: _member(made, field) for name, field in made.fields.items()}
    # An event is answered as it was hashed, in one piece.
    return Shape(members, made.to_representation if serializer is EventSerializer else None)


def names_of(serializer: Serializer) -> tuple[str, ...]:
    return tuple(shape_of(serializer).members)


def _member(serializer: Any, field: Any) -> Get:
    source: str = field.source
    if isinstance(field, Page):
        return _page(field)
    if isinstance(field, serializers.SerializerMethodField):
        method = getattr(serializer, field.method_name or "")
        return lambda row, _base: method(row)
    if isinstance(field, serializers.ListSerializer):
        return _parts(_along(source), shape_of(type(cast(Any, field.child))))
    if isinstance(field, serializers.BaseSerializer):
        return _part(_along(source), shape_of(type(field)))
    return _value(field)


def _value(field: Any) -> Get:
    get = _along(field.source)
    if isinstance(field, serializers.ManyRelatedField):
        name = cast(Any, field.child_relation).slug_field
        return lambda row, _base: [getattr(one, name) for one in get(row).all()]
    if isinstance(field, serializers.SlugRelatedField):
        name = field.slug_field
        return _spelled(get, lambda one: getattr(one, name))
    if isinstance(field, Amount):
        return _spelled(get, decimal_text)
    if isinstance(field, Instant):
        return _spelled(get, instant)
    if isinstance(field, serializers.DateField):
        return _spelled(get, lambda day: day.isoformat())
    if isinstance(field, serializers.CharField | serializers.ChoiceField):
        return _spelled(get, lambda text: str(text) or None)
    return lambda row, _base: get(row)


def _spelled(get: Callable[[Any], Any], spell: Callable[[Any], Any]) -> Get:
    def value(row: Any, _base: str) -> Any:
        found = get(row)
        return None if found is None else spell(found)

    return value


def _parts(get: Callable[[Any], Any], shape: Shape) -> Get:
    return lambda row, base: [shape.of(part, base) for part in get(row).all()]


def _part(get: Callable[[Any], Any], shape: Shape) -> Get:
    def value(row: Any, base: str) -> Any:
        part = get(row)
        return None if part is None else shape.of(part, base)

    return value


def _along(source: str) -> Callable[[Any], Any]:
    """What stands at the end of a path of names; None where a row on the way is not there."""
    names = source.split(".")

    def found(row: Any) -> Any:
        try:
            for name in names:
                row = getattr(row, name)
                if row is None:
                    return None
        except ObjectDoesNotExist:
            return None
        return row

    return found


def _page(field: Page) -> Get:
    path = _path(field.language, field.name, len(field.keys))
    gets = [_along(key) for key in field.keys]
    return lambda row, base: base + path.format(*(get(row) for get in gets))


_PLACE = 987654321
"""Stands in an address where a key goes: a slug and a number may both be spelt so."""


def _path(language: str, name: str, keys: int) -> str:
    """The address of a page with a place for each key: to look it up for each row costs more."""
    places = [_PLACE + place for place in range(keys)]
    with translation.override(language):
        path = reverse(name, args=places)
    for place, number in enumerate(places):
        path = path.replace(str(number), f"{{{place}}}")
    return path
