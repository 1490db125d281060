"""Tables as files to save."""

from collections.abc import Iterator
from datetime import date
from tempfile import TemporaryFile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, override

from commitments.sheets import Table, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dated_file(table: Table, name: str, form: str, on: date) -> HttpResponseBase:
    """The table as a file to save, named with the day it speaks of.

    It is read row by row, however many there are. Raises Http404 for another form than `csv` and
    `xlsx`.
    """
    file_name = f"{name}-{on:%Y-%m-%d}.{form}"
    if form == "csv":
        answer = StreamingHttpResponse(_in_language(write_csv(table)), "text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return answer
    if form != "xlsx":
        raise Http404
    stream = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    write_xlsx([table], stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=file_name, content_type=XLSX)


def _in_language(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces are made after the view has answered: in the language of the page all the same."""
    language = get_language()
    while True:
        with override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
