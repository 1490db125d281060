"""Lists as files: exactly what the filters find, in the chosen columns, as CSV or XLSX."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.reports.register import COLUMNS, in_words
from commitments.sheets import Column, Table, write_csv, write_xlsx
from commitments.views.staff._page import StaffRequest
from commitments.views.staff.register import FIRST, ask

FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(table: Table, name: str, form: str) -> HttpResponseBase:
    """The table as a file to save, named with its day; read row by row, however many there are."""
    file_name = f"{name}-{localdate():%Y-%m-%d}.{form}"
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


@require_safe
@login_required
def commitment_export(request: StaffRequest, form: str) -> HttpResponseBase:
    """The register as it is asked for."""
    found = ask(request, request.GET)
    if not found.is_valid:
        raise BadRequest
    columns = found.asked.columns_shown
    table = Table(_("Commitments"), _columns(columns), in_words(found.rows, columns))
    return table_file(table, "commitments", form)


def _columns(columns: list[str]) -> list[Column]:
    widths = {"reference": 14, "title": 60}
    labels = FIRST | COLUMNS
    return [
        Column(name, labels[name], widths.get(name, 24))
        for name in ("reference", "title", *columns)
    ]
