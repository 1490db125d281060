"""The plan of a programme as a workbook to save, to change and to bring back, or an empty one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, Measurement, Programme, StatusUpdate
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports.plans import known_of, said_of, with_plan
from commitments.sheets import Table, write_xlsx
from commitments.sheets.plan import MEASUREMENTS, SHEETS, Sheet
from commitments.sheets.plan_rows import Planned, guide, measured_rows, rows_of, table_of
from commitments.sheets.tables import Value
from commitments.views.staff._page import StaffRequest
from commitments.views.staff.exports import XLSX, table_file

AT_A_TIME = 1000
Choices = Mapping[str, Mapping[str, Sequence[str]]]


@require_safe
@login_required
def workbook_export(request: StaffRequest, slug: str) -> HttpResponseBase:
    """Everything that the person may see of the programme, in all sheets."""
    programme = _programme(request, slug)
    seen = _seen(request, programme)
    planned = list(_planned(seen))
    choices = _choices(programme)
    tables = [
        table_of(sheet, _rows(sheet, planned, seen), choices.get(sheet.name))
        for sheet in SHEETS.values()
    ]
    return _workbook(tables, f"{programme.slug}.xlsx")


@require_safe
@login_required
def sheet_export(request: StaffRequest, slug: str, name: str) -> HttpResponseBase:
    """One of the sheets as CSV."""
    programme = _programme(request, slug)
    if name not in SHEETS:
        raise Http404
    seen = _seen(request, programme)
    rows = _rows(SHEETS[name], _planned(seen), seen)
    return table_file(table_of(SHEETS[name], rows), f"{programme.slug}-{name}", "csv")


@require_safe
@login_required
def workbook_template(request: StaffRequest, slug: str) -> HttpResponseBase:
    """The same workbook without rows, and a sheet that says what goes where."""
    programme = _programme(request, slug)
    choices = _choices(programme)
    tables = [table_of(sheet, [], choices.get(sheet.name)) for sheet in SHEETS.values()]
    return _workbook([*tables, guide(choices)], f"{programme.slug}-template.xlsx")


def _programme(request: StaffRequest, slug: str) -> Programme:
    """One that is public, or that the person delivers."""
    own = Q(delivery_unit__in=request.user.organisations_as("officer"))
    return get_object_or_404(Programme, Q(published_at__isnull=False) | own, slug=slug)


def _seen(request: StaffRequest, programme: Programme) -> CommitmentQuerySet:
    return Commitment.objects.visible_to(request.user).filter(programme=programme)


def _planned(seen: CommitmentQuerySet) -> Iterator[Planned]:
    """What each says, read in chunks."""
    for row in with_plan(seen).order_by("pk").iterator(chunk_size=AT_A_TIME):
        state = _("published") if row.published_at else _("draft")
        yield Planned(said_of(row), row.reference or "", state)


def _rows(
    sheet: Sheet, planned: Iterable[Planned], seen: CommitmentQuerySet
) -> Iterator[list[Value]]:
    if sheet is not MEASUREMENTS:
        return rows_of(sheet, planned)
    published = StatusUpdate.objects.public().filter(commitment__in=seen.order_by().values("pk"))
    measured = (
        Measurement.objects.filter(update__in=published.order_by().values("pk"))
        .select_related("update__commitment", "target")
        .order_by("target__commitment", "target__number", "as_of_on", "pk")
    )
    return measured_rows(sheet, measured.iterator(chunk_size=AT_A_TIME))


def _choices(programme: Programme) -> Choices:
    """What may be named in a column, by sheet and key."""
    known = known_of(programme)
    return {
        "commitments": {"priority": sorted(known.priorities)},
        "participations": {"organisation": sorted(set(known.organisations) - set(known.merged))},
    }


def _workbook(tables: Sequence[Table], name: str) -> FileResponse:
    stream = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    write_xlsx(tables, stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)
