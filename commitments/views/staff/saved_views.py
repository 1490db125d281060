"""A person's saved views of the register: keeping, naming, ordering and forgetting them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.filters.register import kept
from commitments.forms.refusals import refusals_on
from commitments.forms.views import ViewForm
from commitments.models import SavedView
from commitments.services import views
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.register import PAGE_NAME


@require_safe
@login_required
def saved_view_list(request: StaffRequest) -> HttpResponse:
    return page(request, "staff/register/views.html", {"rows": _own(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_view_create(request: StaffRequest) -> HttpResponse:
    """Keep the present questions under a name; a wrong name is asked for again on a page."""
    query = kept(QueryDict(request.POST.get("query", "")))
    form = ViewForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            view = views.save_view(
                owner=request.user,
                page=PAGE_NAME,
                name=form.cleaned_data["name"],
                query=query,
            )
            messages.success(request, _("Saved as “{name}”.").format(name=view.name))
            return redirect(f"{reverse('staff:commitment-list')}?{view.query}")
    context = {"form": form, "query": query}
    status = 422 if form.errors else 200
    return page(request, "staff/register/view_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_view_rename(request: StaffRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(_own(request), pk=pk)
    form = ViewForm(request.POST or None, initial={"name": view.name})
    if form.is_valid():
        with refusals_on(form):
            views.rename_view(view=view, name=form.cleaned_data["name"])
            messages.success(request, _("Renamed."))
            return redirect("staff:saved-view-list")
    context = {"form": form, "view": view}
    status = 422 if form.errors else 200
    return page(request, "staff/register/view_form.html", context, status=status)


@require_http_methods(["POST"])
@login_required
def saved_view_first(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the register with this view, or, where it opens so already, with all."""
    view = get_object_or_404(_own(request), pk=pk)
    views.show_first(view=view, first=request.POST.get("first") == "yes")
    return redirect("staff:saved-view-list")


@require_http_methods(["POST"])
@login_required
def saved_view_delete(request: StaffRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(_own(request), pk=pk)
    views.delete_view(view=view)
    messages.success(request, _("“{name}” is deleted.").format(name=view.name))
    return redirect("staff:saved-view-list")


def _own(request: StaffRequest) -> QuerySet[SavedView]:
    return SavedView.objects.filter(owner=request.user, page=PAGE_NAME)
