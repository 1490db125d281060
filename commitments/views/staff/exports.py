"""Lists as files: exactly what the filters find, in the chosen columns, as CSV or XLSX."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.reports.register import COLUMNS, in_words
from commitments.sheets import Column, Table
from commitments.views.staff._page import StaffRequest
from commitments.views.staff.register import FIRST, ask
from commitments.views.tables import dated_file


def table_file(table: Table, name: str, form: str) -> HttpResponseBase:
    """The table as a file to save, named with the present day."""
    return dated_file(table, name, form, localdate())


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
