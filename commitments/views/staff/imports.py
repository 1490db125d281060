"""Imports: choose a file, see what it would do or what is wrong with it, do it as a whole."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.errors import Refusal
from commitments.forms.imports import ImportForm
from commitments.forms.refusals import refusals_on
from commitments.imports.sheets import kind_of, read_file
from commitments.models import ImportRun, ImportState, Role
from commitments.reports.officer import programmes_of
from commitments.services import imports
from commitments.services.imports import MOST_SHOWN
from commitments.sheets import Column, Table
from commitments.sheets.plan import SHEETS
from commitments.text.display import active_language, said_text
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.exports import table_file

PER_PAGE = 50


def _runs(request: StaffRequest) -> QuerySet[ImportRun]:
    """Those of the programmes that the person delivers; whoever checked them."""
    if not request.user.organisations_as(Role.OFFICER):
        raise PermissionDenied
    runs = ImportRun.objects.filter(programme__in=programmes_of(request.user))
    return runs.select_related("programme", "file", "checked_by", "applied_by")


@require_safe
@login_required
def import_list(request: StaffRequest) -> HttpResponse:
    """What was imported, and what waits; workbooks and templates to begin with."""
    runs = _runs(request).defer("faults", "preview", "counts")
    context = {
        "page": Paginator(runs, PER_PAGE).get_page(request.GET.get("page")),
        "programmes": programmes_of(request.user),
        "sheets": list(SHEETS.values()),
    }
    return page(request, "staff/imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_create(request: StaffRequest) -> HttpResponse:
    """Upload a file and check it; nothing of the record is written."""
    _runs(request)
    programmes = programmes_of(request.user)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, programmes=programmes)
    if form.is_valid():
        with refusals_on(form):
            return redirect("staff:import-detail", _checked(request, form).pk)
    context = {"form": form, "programmes": programmes}
    status = 422 if form.errors else 200
    return page(request, "staff/imports/create.html", context, status=status)


def _checked(request: StaffRequest, form: ImportForm) -> ImportRun:
    upload: Any = form.cleaned_data["upload"]
    language = active_language()
    looked = kind_of(upload.name, upload, upload.size)
    file = {"name": looked.name, "media_type": looked.media_type}
    return imports.check_import(
        programme=form.cleaned_data["programme"],
        content=upload,
        **file,
        said=read_file(upload, **file, language=language),
        language=language,
        officer=request.user,
        today=localdate(),
        now=timezone.now(),
    )


@require_safe
@login_required
def import_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _detail(request, get_object_or_404(_runs(request), pk=pk))


def _detail(
    request: StaffRequest, run: ImportRun, *, moved_on: bool = False, refused: Refusal | None = None
) -> HttpResponse:
    """What was found, a page at a time; of one sheet where one is asked for."""
    sheet = request.GET.get("sheet", "")
    found = run.faults if run.state == ImportState.FAULTY else run.preview
    chosen = [one for one in found if not sheet or one["sheet"] == sheet]
    totals = _totals(run)
    context = {
        "run": run,
        "page": Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")),
        "tallies": _counts(run),
        "totals": totals,
        "does_nothing": not any(totals[state] for state in ("new", "changed", "faulty")),
        "is_cut": len(found) >= MOST_SHOWN,
        "sheet": sheet,
        "sheets": sorted({one["sheet"] for one in found}, key=_place),
        "demo": run.programme.is_demo,
        "moved_on": moved_on,
        "refused": refused,
    }
    status = 409 if moved_on else refused.status if refused else 200
    return page(request, "staff/imports/detail.html", context, status=status)


def _place(name: str) -> int:
    return list(SHEETS).index(name) if name in SHEETS else len(SHEETS)


def _counts(run: ImportRun) -> list[dict[str, Any]]:
    """One line a sheet, in the order of the workbook."""
    return [
        {"name": name, "title": SHEETS[name].title if name in SHEETS else name, **run.counts[name]}
        for name in sorted(run.counts, key=_place)
    ]


def _totals(run: ImportRun) -> dict[str, int]:
    states = ("new", "changed", "unchanged", "faulty")
    totals = {state: sum(one[state] for one in run.counts.values()) for state in states}
    return totals | {"errors": len(run.faults)}


@require_safe
@login_required
def import_errors(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """The errors as a file, to be worked through beside the one that has them."""
    run = get_object_or_404(_runs(request), pk=pk)
    columns = [
        Column("sheet", _("Sheet"), 18),
        Column("row", _("Row"), 10, is_figure=True),
        Column("column", _("Column"), 18),
        Column("cell", _("Cell"), 10),
        Column("value", _("What stands there"), 40),
        Column("text", _("What to write instead"), 80),
    ]
    return table_file(Table(_("Errors"), columns, _lines(run)), f"import-{run.pk}-errors", form)


def _lines(run: ImportRun) -> Iterator[list[Any]]:
    for one in run.faults:
        told = said_text(one, "text")
        yield [one["sheet"], one["row"] or None, one["column"], one["cell"], one["value"], told]


@require_POST
@login_required
def import_apply(request: StaffRequest, pk: int) -> HttpResponse:
    """Do it, if it would still do what was shown; else show what it would do now."""
    run = get_object_or_404(_runs(request), pk=pk)
    kept: Any = run.file
    with kept.content.open("rb") as content:
        said = read_file(content, name=kept.name, media_type=kept.media_type, language=run.language)
    try:
        run = imports.apply_import(
            run=run, said=said, officer=request.user, today=localdate(), now=timezone.now()
        )
    except Refusal as refused:
        return _detail(request, run, refused=refused)
    if run.state != ImportState.APPLIED:
        return _detail(request, run, moved_on=True)
    messages.success(request, _("Imported. New commitments are drafts until you publish them."))
    return redirect("staff:import-detail", run.pk)


@require_POST
@login_required
def import_discard(request: StaffRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(_runs(request), pk=pk)
    try:
        imports.discard_import(run=run, officer=request.user)
    except Refusal as refused:
        return _detail(request, run, refused=refused)
    messages.success(request, _("Discarded. Nothing was imported."))
    return redirect("staff:import-list")
