"""One deed on many commitments: choose it, see what would happen, confirm, read the results."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Forbidden
from commitments.filters.register import IN_TURN, kept
from commitments.forms.bulk import BulkForm
from commitments.models import Assignment, BulkRun, Commitment, Membership, Role, User
from commitments.reports.register import rows_for
from commitments.rules import access
from commitments.services import bulk
from commitments.services.bulk import MOST, Order
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.register import ask


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bulk_create(request: StaffRequest) -> HttpResponse:
    """Choose the deed, see what it would do to each row, confirm."""
    if not request.user.organisations_as(Role.OFFICER, Role.APPROVER):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("staff:commitment-list")
    rows = _chosen(request)
    if not rows or len(rows) > MOST:
        messages.error(request, _unfit(len(rows)))
        query = kept(QueryDict(request.POST.get("query", ""))) or "sort=reference"
        return redirect(f"{reverse('staff:commitment-list')}?{query}")
    step = request.POST.get("step", "")
    form = _form(request, rows, typed=step in ("check", "do"))
    if step not in ("check", "do") or not form.is_valid():
        return _choice(request, rows, form)
    order = Order(by=request.user, today=localdate(), **form.cleaned_data)
    return _done(request, rows, order) if step == "do" else _preview(request, rows, order)


def _unfit(number: int) -> str:
    if not number:
        return _("Please choose at least one commitment.")
    said = _("At most {most} commitments can be changed at once. Filter for fewer.")
    return said.format(most=MOST)


def _chosen(request: StaffRequest) -> list[Commitment]:
    """The rows that were ticked, or all that match; of what the person may see, no more."""
    if request.POST.get("scope") == "all":
        return list(ask(request, QueryDict(request.POST.get("query", ""))).rows[: MOST + 1])
    slugs = [slug for slug in request.POST.getlist("chosen") if "\0" not in slug]
    rows = rows_for(request.user, localdate()).filter(slug__in=slugs[: MOST + 1])
    return list(rows.order_by(*IN_TURN))


def _form(request: StaffRequest, rows: list[Commitment], *, typed: bool) -> BulkForm:
    mine = [row for row in rows if access.may_assign(request.user, row)]
    may_waive = any(access.may_waive(request.user, row) for row in rows)
    people = _people(mine)
    if typed:
        return BulkForm(request.POST, people=people, may_waive=may_waive)
    said = {name: request.POST.get(name, "") for name in BulkForm.base_fields}
    return BulkForm(initial=said, people=people, may_waive=may_waive)


def _people(rows: list[Commitment]) -> QuerySet[User]:
    """Those who may be assigned to one of the rows, or are."""
    leads = {row.lead.organisation_id for row in rows if row.lead}
    held = Membership.objects.current().filter(organisation__in=leads, role=Role.REPORTER)
    charged = Assignment.objects.reporting().filter(commitment__in=rows)
    may_report = Q(pk__in=held.values("user"), is_active=True)
    found = User.objects.filter(may_report | Q(pk__in=charged.values("person")))
    return found.order_by("full_name", "pk")


def _context(request: StaffRequest, rows: list[Commitment]) -> dict[str, Any]:
    asked = len(set(request.POST.getlist("chosen")))
    is_all = request.POST.get("scope") == "all"
    return {
        "rows": rows,
        "missing": 0 if is_all else max(0, asked - len(rows)),
        "demo": any(row.programme.is_demo for row in rows),
        "query": kept(QueryDict(request.POST.get("query", ""))),
    }


def _choice(request: StaffRequest, rows: list[Commitment], form: BulkForm) -> HttpResponse:
    context = _context(request, rows) | {"form": form}
    status = 422 if form.errors else 200
    return page(request, "staff/register/bulk.html", context, status=status)


def _preview(request: StaffRequest, rows: list[Commitment], order: Order) -> HttpResponse:
    lines = bulk.foresee(rows, order)
    context = _context(request, rows) | {
        "lines": lines,
        "number": sum(line.happens for line in lines),
        "order": order,
        "token": uuid4(),
    }
    return page(request, "staff/register/preview.html", context)


def _done(request: StaffRequest, rows: list[Commitment], order: Order) -> HttpResponse:
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError as error:
        raise BadRequest from error
    try:
        run = bulk.do_to_all(token=token, commitments=rows, order=order, now=timezone.now())
    except Forbidden as refused:
        raise PermissionDenied from refused
    return redirect("staff:bulk-detail", run.token)


@require_safe
@login_required
def bulk_detail(request: StaffRequest, token: UUID) -> HttpResponse:
    """What became of each row; reading it again does nothing again."""
    run = get_object_or_404(BulkRun, token=token, person=request.user)
    keys = [line["commitment"] for line in run.results]
    seen = rows_for(request.user, localdate()).in_bulk(keys)
    lines = [
        {"commitment": seen[line["commitment"]], "done": line["done"], "words": line["words"]}
        for line in run.results
        if line["commitment"] in seen
    ]
    done = sum(line["done"] for line in run.results)
    heading = ngettext(
        "%(count)d commitment was changed", "%(count)d commitments were changed", done
    )
    context = {
        "run": run,
        "lines": lines,
        "heading": heading % {"count": done},
        "refused": len(run.results) - done,
        "left_out": run.chosen - len(run.results),
        "demo": any(row.programme.is_demo for row in seen.values()),
    }
    return page(request, "staff/register/results.html", context)
