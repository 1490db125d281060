"""The plan of a programme as a workbook to save, to change and to bring back, or an empty one."""

from collections.abc import Sequence
from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commitments.imports.sheets.workbooks import sheet_of, template_of, workbook_of
from commitments.models import Commitment, Programme, Role
from commitments.models.commitment import CommitmentQuerySet
from commitments.sheets import Table, write_xlsx
from commitments.sheets.plan import SHEETS
from commitments.views.staff._page import StaffRequest
from commitments.views.staff.exports import table_file
from commitments.views.tables import XLSX


@require_safe
@login_required
def workbook_export(request: StaffRequest, slug: str) -> HttpResponseBase:
    """Everything that the person may see of the programme, in all sheets."""
    programme = _programme(request, slug)
    tables = workbook_of(programme, _seen(request, programme))
    return _workbook(tables, f"{programme.slug}.xlsx")


@require_safe
@login_required
def sheet_export(request: StaffRequest, slug: str, name: str) -> HttpResponseBase:
    """One of the sheets as CSV."""
    programme = _programme(request, slug)
    if name not in SHEETS:
        raise Http404
    table = sheet_of(name, _seen(request, programme))
    return table_file(table, f"{programme.slug}-{name}", "csv")


@require_safe
@login_required
def workbook_template(request: StaffRequest, slug: str) -> HttpResponseBase:
    programme = _programme(request, slug)
    return _workbook(template_of(programme), f"{programme.slug}-template.xlsx")


def _programme(request: StaffRequest, slug: str) -> Programme:
    """One that is public, or that the person delivers."""
    own = Q(delivery_unit__in=request.user.organisations_as(Role.OFFICER))
    return get_object_or_404(Programme, Q(published_at__isnull=False) | own, slug=slug)


def _seen(request: StaffRequest, programme: Programme) -> CommitmentQuerySet:
    return Commitment.objects.visible_to(request.user).filter(programme=programme)


def _workbook(tables: Sequence[Table], name: str) -> FileResponse:
    stream = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    write_xlsx(tables, stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)
