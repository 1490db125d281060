"""The OpenAPI document in words: what each address takes and answers, for a page to show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _

Json = dict[str, Any]
LABEL = re.compile(r"^\* `(?P<word>[^`]*)` - (?P<label>.*)$", re.MULTILINE)
KINDS: dict[tuple[str, str], Any] = {
    ("string", ""): _("text"),
    ("string", "date"): _("day, as 2026-05-31"),
    ("string", "date-time"): _("instant in UTC"),
    ("string", "limited-date"): _("date, as precise as it was stated"),
    ("string", "uri"): _("web address"),
    ("string", "decimal"): _("exact number, as text"),
    ("integer", ""): _("whole number"),
    ("integer", "int64"): _("whole number"),
    ("boolean", ""): _("true or false"),
    ("object", ""): _("object"),
}


@dataclass(frozen=True)
class Member:
    """A parameter of an address or a member of an object; `of` names the object or words it is."""

    name: str
    kind: Any
    of: str
    is_list: bool
    may_be_null: bool
    about: str
    words: list[tuple[str, str]]
    is_header: bool = False
    is_needed: bool = False


@dataclass(frozen=True)
class Operation:
    """What can be done at an address, with its query and headers; `sends` and `answers` name
    objects, `opens` is the address itself where it needs no key. `scope` is what a token has to
    allow, `problems` are the statuses of refusals and what they are for."""

    method: str
    path: str
    summary: str
    about: str
    parameters: list[Member]
    sends: str
    answers: str
    opens: str
    scope: str = ""
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Component:
    """An object with its members, or a vocabulary with its words."""

    name: str
    about: str
    members: list[Member]
    words: list[tuple[str, str]]
    example: str


def operations(document: Json) -> dict[str, list[Operation]]:
    """The addresses by noun, in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            found.setdefault(said["tags"][0], []).append(_operation(document, path, method, said))
    return found


def _operation(document: Json, path: str, method: str, said: Json) -> Operation:
    answered = said["responses"].get("201") or said["responses"]["200"]
    answer = answered["content"]["application/json"]["schema"]
    asks = any(one["required"] for one in said.get("parameters", []) if "required" in one)
    is_open = method == "get" and not asks and not any(said.get("security", []))
    return Operation(
        method=method.upper(),
        path=path,
        summary=said["summary"],
        about=said.get("description", ""),
        parameters=[_parameter(one) for one in said.get("parameters", []) if one["in"] != "path"],
        sends=_sent(said),
        answers=_listed(document, answer),
        opens=path if is_open else "",
        scope=_scope(said),
        problems=tuple(
            (status, answer["description"])
            for status, answer in sorted(said["responses"].items())
            if status >= "400"
        ),
    )


def _scope(said: Json) -> str:
    """What a token has to allow; empty where none is needed."""
    allowed = [scope for way in said.get("security", []) for scope in way.get("token", [])]
    return str(allowed[0]) if allowed else ""


def _sent(said: Json) -> str:
    """The component that is sent as JSON; empty where none is."""
    content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]


def objects(document: Json) -> list[Component]:
    """What is answered, without the frames of lists."""
    return [one for one in _components(document) if one.members and not _is_frame(one.name)]


def _is_frame(name: str) -> bool:
    """Whether it only wraps or cuts another object."""
    return "Paginated" in name or name.startswith("Partial")


def vocabularies(document: Json) -> list[Component]:
    return [one for one in _components(document) if one.words]


def _components(document: Json) -> Iterator[Component]:
    for name, said in document["components"]["schemas"].items():
        members = [_member(*one) for one in said.get("properties", {}).items()]
        words = _words(said) if "enum" in said else []
        about = "" if words else said.get("description", "")
        example = ""
        if "examples" in said:
            example = orjson.dumps(said["examples"][0], option=orjson.OPT_INDENT_2).decode()
        yield Component(_plain(name), about, members, words, example)


def _plain(name: str) -> str:
    return name.removesuffix("Enum")


def _listed(document: Json, schema: Json) -> str:
    """The component that an address answers; of a list, the one that its rows are."""
    name = schema.get("anyOf", [schema])[0]["$ref"].rpartition("/")[2]
    members = document["components"]["schemas"][name]["properties"]
    rows = members.get("results") or members.get("groups")
    return _listed(document, rows["items"]) if rows else name


def _parameter(said: Json) -> Member:
    schema = {**said["schema"], "description": said.get("description", "")}
    inner = {**schema, **schema.get("items", {})}
    words = _words(inner) if "enum" in inner else []
    member = _member(said["name"], schema)
    about = schema["description"].partition("\n\n*")[0]
    is_header, is_needed = said["in"] == "header", said.get("required", False)
    return Member(member.name, member.kind, "", False, False, about, words, is_header, is_needed)


def _member(name: str, schema: Json) -> Member:
    is_list = "array" in _types(schema)
    inner = schema["items"] if is_list else schema
    alternatives = next(
        (inner[one] for one in ("oneOf", "allOf", "anyOf") if one in inner), [inner]
    )
    names = [_plain(one["$ref"].rpartition("/")[2]) for one in alternatives if "$ref" in one]
    of = next((one for one in names if one != "Null"), "")
    types = [one for part in (schema, *alternatives) for one in _types(part)]
    kind = next((one for one in types if one not in ("null", "array")), "")
    spelt = next((part["format"] for part in alternatives if "format" in part), "")
    return Member(
        name=name,
        kind="" if of else KINDS[kind, spelt],
        of=of,
        is_list=is_list,
        may_be_null="null" in types or "Null" in names,
        about=schema.get("description") or schema.get("title", ""),
        words=[],
    )


def _types(schema: Json) -> list[str]:
    said = schema.get("type", [])
    return said if isinstance(said, list) else [said]


def _words(schema: Json) -> list[tuple[str, str]]:
    """The words of a vocabulary in its own order, with what they mean."""
    labels = dict(LABEL.findall(schema.get("description", "")))
    return [(word, labels[word]) for word in labels if word in schema["enum"]]
