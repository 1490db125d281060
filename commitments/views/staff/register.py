"""The register: every commitment that a person may see, filtered, ordered, in chosen columns."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url, reswap, retarget

from commitments.filters.register import ONLY_SHOWN, SORTS, RegisterFilter, kept
from commitments.models import Commitment, Role, SavedView
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports.officer import programmes_of
from commitments.reports.register import COLUMNS, is_of_demo, rows_for
from commitments.reports.standings import counted
from commitments.views.staff._page import StaffRequest, page

PER_PAGE = 50
PAGE_NAME = "commitments"
"""Under which the saved views of the register are kept."""
ALL = "sort=reference"
"""Asks for everything: an address without a question opens the view that is shown first."""


class Column(NamedTuple):
    """One heading: what a click on it asks for, and how the list is sorted by it at present."""

    name: str
    label: Any
    sort: str
    aria: str


class Found(NamedTuple):
    """What was asked of the register, and what answers it."""

    asked: RegisterFilter
    rows: CommitmentQuerySet
    is_valid: bool
    is_demo: bool


def ask(request: StaffRequest, said: QueryDict) -> Found:
    """The rows that the person may see and the questions find; none where one is not read."""
    today = localdate()
    is_demo = is_of_demo(request.user)
    asked = RegisterFilter(
        said,
        rows_for(request.user, today),
        request=request,
        person=request.user,
        is_demo=is_demo,
        today=today,
    )
    if not asked.is_valid():
        return Found(asked, asked.queryset.none(), False, is_demo)
    rows = rows_for(request.user, today, asked.columns_shown)
    asked.queryset = rows
    programme = asked.form.cleaned_data["programme"]
    return Found(asked, asked.qs, True, programme.is_demo if programme else is_demo)


@require_safe
@login_required
def commitment_list(request: StaffRequest) -> HttpResponse:
    """Show what is asked for; without a question the view that the person wants first."""
    views = SavedView.objects.filter(owner=request.user, page=PAGE_NAME)
    if not request.GET and (first := views.filter(is_default=True).exclude(query="").first()):
        return redirect(f"{reverse('staff:commitment-list')}?{first.query}")
    found = ask(request, request.GET)
    listed = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _shown(request, found, listed) | {
        "views": views,
        "programmes": programmes_of(request.user),
        "demo": found.is_demo,
    }
    return _answer(request, context, is_valid=found.is_valid)


def _answer(request: StaffRequest, context: dict[str, Any], *, is_valid: bool) -> HttpResponse:
    """The whole page; htmx gets the list alone, or with the filters where one is wrong."""
    status = 200 if is_valid else 422
    if not request.htmx or request.htmx.history_restore_request:
        return page(request, "staff/register/list.html", context, status=status)
    address = f"{reverse('staff:commitment-list')}?{_address(request)}"
    if is_valid and request.htmx.target == "found":
        return push_url(render(request, "staff/register/_found.html", context), address)
    answer = render(request, "staff/register/_register.html", context, status=status)
    return push_url(reswap(retarget(answer, "#register"), "outerHTML"), address)


def _address(request: StaffRequest) -> str:
    """What was asked, as the address of the page says it: without what is empty."""
    number = request.GET.get("page", "")
    asked = [kept(request.GET) or ALL, f"page={number}" if number.isdecimal() else ""]
    return "&".join(part for part in asked if part)


def _shown(request: StaffRequest, found: Found, listed: Page[Commitment]) -> dict[str, Any]:
    asked = found.asked
    sort = asked.form.cleaned_data.get("sort") or "reference" if found.is_valid else "reference"
    query = kept(request.GET)
    roles = request.user.organisations_as(Role.OFFICER, Role.APPROVER)
    return {
        "form": asked.form,
        "is_valid": found.is_valid,
        "page": listed,
        "found": counted(listed.paginator.count) if found.is_valid else "",
        "headings": [_heading(name, sort) for name in ("reference", "title", *asked.columns_shown)],
        "columns": asked.columns_shown,
        "query": query,
        "is_filtered": bool(kept(request.GET, but=ONLY_SHOWN)),
        "asks_more": bool(kept(request.GET, but=(*ONLY_SHOWN, *ASKED_FIRST))),
        "asked_first": [asked.form[name] for name in ASKED_FIRST],
        "asked_then": [one for one in asked.form if one.name not in (*ASKED_FIRST, "columns")],
        "may_choose": bool(roles),
        "all_url": f"{reverse('staff:commitment-list')}?{ALL}",
    }


ASKED_FIRST = ("q", "organisation", "stage", "due")
"""The filters that always stand in view; the others are opened."""
FIRST = {"reference": _("Reference"), "title": _("Title")}


def _heading(name: str, sort: str) -> Column:
    label = COLUMNS.get(name) or FIRST[name]
    if name not in SORTS:
        return Column(name, label, "", "")
    if sort == name:
        return Column(name, label, f"-{name}", "ascending")
    return Column(name, label, name, "descending" if sort == f"-{name}" else "none")
