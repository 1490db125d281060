"""The other lists of staff as files: organisations, changes, people, updates of a commitment."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters import StaffOrganisationFilter
from commitments.forms.changes import FilterForm
from commitments.forms.people_access import PeopleFilterForm
from commitments.models import Commitment, Programme, StatusUpdate
from commitments.reports import changes, lists, people
from commitments.reports.bodies import busiest_first
from commitments.sheets import Column, Table
from commitments.views.staff._page import StaffRequest
from commitments.views.staff.exports import table_file
from commitments.views.staff.organisations import bodies_of

CHUNK = 500


@require_safe
@login_required
def list_export(request: StaffRequest, noun: str, form: str) -> HttpResponseBase:
    """A list as it is filtered; what the filters cannot read is refused."""
    if noun not in _TABLES:
        raise Http404
    return table_file(_TABLES[noun](request), noun, form)


@require_safe
@login_required
def update_export(request: StaffRequest, slug: str, form: str) -> HttpResponseBase:
    """The updates of a commitment that the person may see."""
    seen = Commitment.objects.visible_to(request.user)
    commitment = get_object_or_404(seen, slug=slug)
    rows = StatusUpdate.objects.visible_to(request.user).filter(commitment=commitment)
    found = lists.update_rows(rows.for_history().iterator(chunk_size=CHUNK))
    return table_file(Table(_("Updates"), _columns(lists.UPDATES), found), f"updates-{slug}", form)


def _columns(named: lists.Columns) -> list[Column]:
    return [Column(name, heading, 30) for name, heading in named.items()]


def _bodies(request: StaffRequest) -> Table:
    seen = bodies_of(request)
    asked = StaffOrganisationFilter(request.GET or None, seen)
    if asked.is_bound and not asked.is_valid():
        raise BadRequest
    rows = (asked.qs if asked.is_bound else seen).filter(pk__in=seen)
    found = busiest_first(rows.select_related("merged_into")).iterator(chunk_size=CHUNK)
    return Table(_("Organisations"), _columns(lists.BODIES), lists.body_rows(found))


def _changes(request: StaffRequest) -> Table:
    rows = changes.listed_for(request.user)
    programmes = Programme.objects.filter(commitments__change_requests__in=rows).distinct()
    form = FilterForm(request.GET or None, programmes=programmes)
    if form.is_bound:
        if not form.is_valid():
            raise BadRequest
        rows = rows.filter(**form.asked())
    found = lists.change_rows(rows.iterator(chunk_size=CHUNK))
    return Table(_("Changes of plan"), _columns(lists.CHANGES), found)


def _people(request: StaffRequest) -> Table:
    if not request.user.roles:
        raise PermissionDenied
    tells = people.sees_log_ins(request.user)
    bodies = people.bodies_seen_by(request.user)
    form = PeopleFilterForm(request.GET, bodies=bodies, sees_log_ins=tells)
    if not form.is_valid():
        raise BadRequest
    rows = people.people_listed(request.user, form.asked()).iterator(chunk_size=CHUNK)
    columns = lists.PEOPLE | lists.LOG_INS if tells else lists.PEOPLE
    found = lists.person_rows(rows, tells_log_ins=tells)
    return Table(_("People"), _columns(columns), found)


_TABLES: dict[str, Callable[[StaffRequest], Table]] = {
    "organisations": _bodies,
    "changes": _changes,
    "people": _people,
}
