"""Whole lists as files, written row by row: memory does not grow with them."""

import re
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any

import orjson
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from commitments.api.errors import Problem
from commitments.api.paging import keys_of
from commitments.api.rendering import dumped
from commitments.api.shapes import Json
from commitments.api.wishes import Wish
from commitments.rules.negotiation import CSV, MEDIA_TYPES, NDJSON, XLSX
from commitments.sheets import Column, Table, write_xlsx
from commitments.sheets.as_csv import BOM, line
from commitments.sheets.cells import neutral

CHUNK = 250
MOST_IN_A_BOOK = 100_000
"""Rows of a workbook, which has to be whole before it is sent."""
_TOO_MANY = _("A workbook holds {most} rows at most; here are {count}. CSV and NDJSON hold all.")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Value = str | int | None


def exported(view: Any, request: Request, wish: Wish, form: str) -> HttpResponseBase:
    """The list with all its rows, as a file to save."""
    keys = array("q", keys_of(view.pages.narrowed(view.filtered(), request)).iterator())
    if form == XLSX and len(keys) > MOST_IN_A_BOOK:
        text = format_lazy(_TOO_MANY, most=MOST_IN_A_BOOK, count=len(keys))
        raise Problem("too-many-rows", text)
    if request.method == "HEAD":
        answer: HttpResponseBase = HttpResponse()
    else:
        base = f"{request.scheme}://{request.get_host()}"
        rows = _rows(view.loaded, keys, lambda row: wish.shaped(row, base))
        answer = _WRITERS[form](rows, wish, request)
    kind = MEDIA_TYPES[form]
    answer["Content-Type"] = f"{kind}; charset=utf-8" if form == CSV else kind
    name = f"{request.path.strip('/').rpartition('/')[2]}-{view.today:%Y-%m-%d}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(
    load: Callable[[list[int]], Iterable[Any]], keys: Sequence[int], shape: Callable[[Any], Json]
) -> Iterator[Json]:
    """All of them, some at a time; what is gone meanwhile is left out."""
    for start in range(0, len(keys), CHUNK):
        some = list(keys[start : start + CHUNK])
        found = {row.pk: row for row in load(some)}
        yield from (shape(found[key]) for key in some if key in found)


def _as_csv(rows: Iterator[Json], wish: Wish, request: Request) -> HttpResponseBase:
    def lines() -> Iterator[bytes]:
        yield (BOM + line(wish.members)).encode()
        for row in rows:
            yield line([_text(value) for value in row.values()]).encode()

    return _streamed(lines(), request)


def _as_ndjson(rows: Iterator[Json], _wish: Wish, request: Request) -> HttpResponseBase:
    return _streamed((dumped(row) + b"\n" for row in rows), request)


def _as_xlsx(rows: Iterator[Json], wish: Wish, _request: Request) -> HttpResponseBase:
    stream = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    columns = [Column(name, name) for name in wish.members]
    cells = ([_cell(value) for value in row.values()] for row in rows)
    write_xlsx([Table("list", columns, cells)], stream)
    stream.seek(0)
    return FileResponse(stream)


_WRITERS: dict[str, Callable[[Iterator[Json], Wish, Request], HttpResponseBase]] = {
    CSV: _as_csv,
    NDJSON: _as_ndjson,
    XLSX: _as_xlsx,
}


def _cell(value: Any) -> Value:
    """Lists of words are joined, all else that has members is JSON; a list of nothing is empty."""
    match value:
        case bool():
            return "true" if value else "false"
        case None | str() | int():
            return value
        case [] | {}:
            return None
        case [*words] if all(isinstance(word, str | int) for word in words):
            return ";".join(map(str, words))
    return orjson.dumps(value).decode()


def _text(value: Any) -> str:
    """A cell of CSV; text that a program might run has an apostrophe before it, a number not."""
    cell = _cell(value)
    if cell is None:
        return ""
    text = str(cell)
    return text if _NUMBER.fullmatch(text) else neutral(text)


def _streamed(pieces: Iterator[bytes], request: Request) -> HttpResponseBase:
    """Packed on the way, for who can read that."""
    if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        answer = StreamingHttpResponse(_joined(pieces))
    else:
        answer = StreamingHttpResponse(_packed(_joined(pieces)))
        answer["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _joined(pieces: Iterator[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """Fewer and larger pieces: each costs a turn of the server."""
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def _packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(4, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for piece in pieces:
        if some := packer.compress(piece):
            yield some
    yield packer.flush()
