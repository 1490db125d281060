"""The columns of a table as schemas: Table Schema for its CSV, JSON Schema for its NDJSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from commitments.reports.packages.dictionary import KEY, Column, Kind, title_of, worded

Json = dict[str, Any]
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
LIMITED = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4])?"
"""A date as exact as it was said: a year, a quarter, a month or a day."""
AMOUNT = r"-?[0-9]+(\.[0-9]+)?"
INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"

_TABLE_TYPES: dict[Kind, Json] = {
    Kind.TEXT: {"type": "string"},
    Kind.WHOLE: {"type": "integer"},
    Kind.AMOUNT: {"type": "number"},
    Kind.FLAG: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Kind.DAY: {"type": "date"},
    Kind.INSTANT: {"type": "datetime", "format": INSTANT},
    Kind.LIMITED: {"type": "string", "constraints": {"pattern": LIMITED}},
    Kind.ADDRESS: {"type": "string", "format": "uri"},
    Kind.WORDS: {"type": "array"},
    Kind.OBJECT: {"type": "object"},
    Kind.UNKNOWN: {"type": "string"},
}
_JSON_TYPES: dict[Kind, Json] = {
    Kind.TEXT: {"type": "string"},
    Kind.WHOLE: {"type": "integer"},
    Kind.AMOUNT: {"type": "string", "pattern": f"^{AMOUNT}$"},
    Kind.FLAG: {"type": "boolean"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.LIMITED: {"type": "string", "pattern": f"^({LIMITED})?$"},
    Kind.ADDRESS: {"type": "string"},
    Kind.WORDS: {"type": "array", "items": {"type": "string"}},
    Kind.OBJECT: {"type": "object"},
    Kind.UNKNOWN: {},
}


def table_schema(columns: Sequence[Column], refer: Iterable[Column]) -> Json:
    """The Table Schema of the CSV; `refer` are the columns all of whose values are keys of the
    table that they name."""
    schema: Json = {
        "fields": [_field(column) for column in columns],
        "primaryKey": [KEY],
        "missingValues": [""],
    }
    keys = [
        {"fields": [one.name], "reference": {"resource": one.refers, "fields": [KEY]}}
        for one in refer
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> Json:
    field = {"name": column.name, **_titled(column), **_TABLE_TYPES[column.kind]}
    constraints = dict(field.pop("constraints", {}))
    if column.needed:
        constraints["required"] = True
    if column.name == KEY:
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = [value for value, _words in column.choices]
        field["meanings"] = _meanings(column)
    return field | ({"constraints": constraints} if constraints else {})


def json_schema(kind: str, columns: Sequence[Column]) -> Json:
    """The JSON Schema of one line of the NDJSON."""
    titles = title_of(kind)
    return {
        "$schema": JSON_SCHEMA,
        "title": titles["vi"],
        "titles": titles,
        "type": "object",
        "required": [column.name for column in columns if column.needed],
        "properties": {column.name: _property(column) for column in columns},
        "additionalProperties": False,
    }


def _property(column: Column) -> Json:
    said = dict(_JSON_TYPES[column.kind])
    if "type" in said and not column.needed:
        said["type"] = [said["type"], "null"]
    if column.choices:
        said["enum"] = [*(value for value, _words in column.choices), "", None]
        said["meanings"] = _meanings(column)
    return _titled(column) | said


def _titled(column: Column) -> Json:
    titles = worded(column.label)
    return {"title": titles["vi"], "titles": titles}


def _meanings(column: Column) -> Json:
    return {value: worded(words) for value, words in column.choices}
