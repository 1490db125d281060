"""What the document says of reading: the wishes that may be added to an address, and its forms."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.api.examples import NOT_ACCEPTABLE
from commitments.api.languages import AUTO, LANGUAGES, names_in_one
from commitments.api.routes import NOUNS
from commitments.api.shapes import names_of
from commitments.api.wishes import EXPAND, FACETS, FIELDS, FORMAT, LANG
from commitments.rules.negotiation import CSV, JSON, MEDIA_TYPES, NDJSON, XLSX
from commitments.text.problems import PROBLEM

Json = dict[str, Any]
PARTIAL = "Partial"
_REF = "#/components/schemas/"
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_IN: Json = {"type": ["string", "null"], "enum": [*LANGUAGES, None]}
_ABOUT = _("Of it, the members that were asked for, or all with their texts in one language.")
_FILES = {
    CSV: {"type": "string"},
    NDJSON: {"type": "string"},
    XLSX: {"type": "string", "format": "binary"},
}


def complete(result: Json, **_options: Any) -> Json:
    """Hook of the generator, before `document.complete`."""
    components = result["components"]["schemas"]
    for plural, _noun, view, key in NOUNS:
        slots = key.replace("slug:", "").replace("int:", "").replace("<", "{").replace(">", "}")
        listing = result["paths"][f"/api/v1/{plural}/"]["get"]
        single = result["paths"][f"/api/v1/{plural}/{slots}/"]["get"]
        for operation, action in ((listing, "list"), (single, "retrieve")):
            made = view(action=action, format_kwarg=None, kwargs={})
            said = [one for one in operation.get("parameters", []) if one["name"] != FORMAT]
            operation["parameters"] = [*said, *_wishes(made)]
            operation["responses"]["406"] = _not_acceptable()
        _describe_list(listing, view, components)
        content = single["responses"]["200"]["content"]["application/json"]
        content["schema"] = _or_some(content["schema"], components)
    return result


def _describe_list(operation: Json, view: Any, components: Json) -> None:
    content = operation["responses"]["200"]["content"]
    name = content[MEDIA_TYPES[JSON]]["schema"]["$ref"].removeprefix(_REF)
    members = components[name]["properties"]
    members["results"]["items"] = _or_some(members["results"]["items"], components)
    if view.has_facets:
        members["facets"] = _counts()
    if view.along:
        members["included"] = _included(view, components)
    for form, schema in _FILES.items():
        content[MEDIA_TYPES[form]] = {"schema": schema}


def _wishes(view: Any) -> Iterator[Json]:
    """The parameters of `wishes`, as far as the view knows them."""
    names = names_of(view.get_serializer_class())
    either = dict.fromkeys([*names, *(one for one, _of in names_in_one(names))])
    words = {LANG: [*LANGUAGES, AUTO], FORMAT: [*MEDIA_TYPES], FACETS: ["true", "false"]}
    lists: dict[str, list[str]] = {
        FIELDS: [*either] if view.has_texts else [*names],
        EXPAND: [*view.along],
    }
    for name in view.wishes:
        if name in lists:
            schema: Json = {"type": "array", "items": {"type": "string", "enum": lists[name]}}
            yield _parameter(name, schema) | {"style": "form", "explode": False}
        else:
            yield _parameter(name, {"type": "string", "enum": words[name]})


def _parameter(name: str, schema: Json) -> Json:
    about = _WISHES[name]
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


_WISHES = {
    FIELDS: _("Only these members, joined by commas."),
    LANG: _(
        "Texts in one language (title, with title_lang for the language in which it really is) "
        "instead of both (title_vi, title_en). auto takes the reader's Accept-Language."
    ),
    FORMAT: _(
        "The form of the answer, whatever Accept says. CSV, NDJSON and XLSX hold the whole list: "
        "pages say nothing there."
    ),
    EXPAND: _("Rows that are answered along with the list, each once, at most 500 of a noun."),
    FACETS: _("Also how many commitments each value of a facet would leave."),
}


def _or_some(schema: Json, components: Json) -> Json:
    """The whole object, or some of it."""
    return {"anyOf": [schema, _partial(schema, components)]}


def _partial(schema: Json, components: Json) -> Json:
    """A component like the one named, of which nothing has to be there; made where it is not."""
    name = schema["$ref"].removeprefix(_REF)
    whole, partial = components[name], f"{PARTIAL}{name}"
    if "properties" not in whole:
        return schema
    if partial not in components:
        said = whole["properties"]
        components[partial] = made = {"type": "object", "description": _ABOUT, "properties": {}}
        members: Json = {member: _inner(of, components) for member, of in said.items()}
        made["properties"] = members | _in_one(list(said))
    return {"$ref": f"{_REF}{partial}"}


def _inner(schema: Json, components: Json) -> Json:
    """The same where other objects stand in it: they are in one language too."""
    if "$ref" in schema:
        return _partial(schema, components)
    found = {**schema}
    if "items" in schema:
        found["items"] = _inner(schema["items"], components)
    for several in ("oneOf", "allOf", "anyOf"):
        if several in schema:
            found[several] = [_inner(one, components) for one in schema[several]]
    return found


def _in_one(names: Sequence[str]) -> Json:
    """The members that there are in one language only."""
    return {
        one: _IN if one.endswith("_lang") else _TEXT_OR_NULL
        for one, made_of in names_in_one(names)
        if len(made_of) > 1
    }


def _counts() -> Json:
    counted = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
    about = _("Where facets were asked for: by facet and value, how many it would leave.")
    return {"type": "object", "description": about, "additionalProperties": counted}


def _included(view: Any, components: Json) -> Json:
    """By noun its rows."""
    about = _("What was to be answered along: by noun its rows, and how many were left out.")
    return {
        "type": "object",
        "description": about,
        "properties": {
            name: _along(_name_of(along.serializer), components)
            for name, along in view.along.items()
        },
    }


def _along(name: str, components: Json) -> Json:
    items = _or_some({"$ref": f"{_REF}{name}"}, components)
    return {
        "type": "object",
        "required": ["results", "left_out"],
        "properties": {
            "results": {"type": "array", "items": items},
            "left_out": {"type": "integer", "minimum": 0},
        },
    }


def _name_of(serializer: Any) -> str:
    name: str = serializer.__name__
    return name.removesuffix("Serializer")


def _not_acceptable() -> Json:
    schema = {"$ref": f"{_REF}Problem"}
    return {
        "description": _("The answer does not come in a form that Accept takes."),
        "content": {PROBLEM: {"schema": schema, "example": NOT_ACCEPTABLE}},
    }
