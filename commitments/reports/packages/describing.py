"""What a release says of itself: the data package, the page to read first, the licence."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from commitments.reports.packages.dictionary import LANGUAGES, Column, title_of, worded
from commitments.reports.packages.schemas import table_schema

Json = dict[str, Any]
NAME = "cam-ket"
TITLE = _("Cam Kết: the public record of national missions and corporate commitments")
NO_LICENCE = _("No licence has been declared for the data as a whole.")
ABOUT = _(
    "The whole public record: every public event with its hash, and for every kind of object what "
    "holds of it after the last event. Nothing in these tables is invented; an empty cell means "
    "that something is not known or was not published, never zero."
)


class Licence(NamedTuple):
    """What may be done with the data: the licence's name and its address, if it has one."""

    name: str
    url: str


class Table(NamedTuple):
    """A table of a release; `refer` are the columns that hold keys of another one's rows."""

    kind: str
    columns: Sequence[Column]
    rows: int
    refer: Sequence[Column]


class Head(NamedTuple):
    """The last event of a release."""

    sequence: int
    hash: str
    recorded_at: str


def licence() -> Licence | None:
    """The one that the installation declares, if it does."""
    name, _blank, url = settings.DATA_LICENCE.rpartition(" ")
    if "://" not in url:
        name, url = settings.DATA_LICENCE, ""
    name = name.strip() or url
    return Licence(name, url) if name else None


def package(head: Head, tables: Sequence[Table], sums: Mapping[str, tuple[int, str]]) -> Json:
    """The Frictionless data package; `sums` gives bytes and SHA-256 by path."""
    titles, about = worded(TITLE), worded(ABOUT)
    declared = licence()
    no_licence = {} if declared else {"rights": worded(NO_LICENCE)}
    found = {
        "profile": "data-package",
        "name": NAME,
        "title": titles["vi"],
        "titles": titles,
        "description": about["vi"],
        "descriptions": about,
        "homepage": settings.SITE_URL,
        "version": str(head.sequence),
        "created": head.recorded_at,
        "sequence": head.sequence,
        "hash": head.hash,
        **no_licence,
        "sources": [{"title": titles["vi"], "path": f"{settings.SITE_URL}/api/v1/events/"}],
        "resources": [_resource(table, sums) for table in tables],
    }
    if declared:
        path = {"path": declared.url} if declared.url else {}
        found["licenses"] = [{"name": _slug(declared.name), "title": declared.name, **path}]
    if settings.OPERATOR_NAME:
        found["contributors"] = [{"title": settings.OPERATOR_NAME, "role": "publisher"}]
    return found


def _slug(name: str) -> str:
    """A licence's name as the standard spells it: `CC-BY-4.0` stays, blanks do not."""
    return "-".join(name.split())


def _resource(table: Table, sums: Mapping[str, tuple[int, str]]) -> Json:
    path = f"{table.kind}.csv"
    size, sha256 = sums[path]
    titles = title_of(table.kind)
    return {
        "profile": "tabular-data-resource",
        "name": table.kind,
        "title": titles["vi"],
        "titles": titles,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "rows": table.rows,
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(table.columns, table.refer),
    }


def read_first(head: Head, tables: Sequence[Table]) -> str:
    """The page that comes with the files, in both languages."""
    said = []
    for language in LANGUAGES:
        with override(language):
            context = {
                "head": head,
                "licence": licence(),
                "operator": settings.OPERATOR_NAME,
                "site": settings.SITE_URL,
                "tables": [(one.kind, title_of(one.kind)[language], one.rows) for one in tables],
                "title": TITLE,
                "about": ABOUT,
                "no_licence": NO_LICENCE,
            }
            said.append(render_to_string("releases/readme.txt", context))
    return "\n".join(said)
