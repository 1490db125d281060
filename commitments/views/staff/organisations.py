"""Bodies for the delivery unit: entering, correcting, renaming and merging them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.filters import StaffOrganisationFilter
from commitments.forms.bodies import BodyForm, MergeForm, RenameForm
from commitments.forms.refusals import refusals_on
from commitments.models import Organisation, Role
from commitments.reports.bodies import busiest_first
from commitments.rules import access
from commitments.services import bodies, mergers
from commitments.text.display import said_text
from commitments.views.staff._page import StaffRequest, page

PER_PAGE = 50
MAY_LOOK = (Role.OFFICER, Role.ADMINISTRATOR, Role.ASSESSOR, Role.AUDITOR)


def bodies_of(request: StaffRequest) -> QuerySet[Organisation]:
    """The bodies of the world in which the person's unit delivers: the record, or the demo."""
    worlds = [
        is_demo
        for is_demo in (False, True)
        if access.delivers_as(request.user, *MAY_LOOK, is_demo=is_demo)
    ]
    if not worlds:
        raise PermissionDenied
    return Organisation.objects.filter(is_demo__in=worlds)


@require_safe
@login_required
def organisation_list(request: StaffRequest) -> HttpResponse:
    """Every body, drafts of the delivery unit included, the busiest first."""
    seen = bodies_of(request)
    asked = StaffOrganisationFilter(request.GET or None, seen)
    rows = asked.qs if asked.is_valid() else seen
    found = busiest_first(rows.filter(pk__in=seen).select_related("merged_into"))
    context = {
        "form": asked.form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET.get("q") or request.GET.get("kind")),
        "may_create": _worlds_to_write(request) != [],
    }
    return page(request, "staff/organisations/list.html", context)


def _worlds_to_write(request: StaffRequest) -> list[bool]:
    roles = (Role.OFFICER, Role.ADMINISTRATOR)
    return [is_demo for is_demo in (False, True)
            if access.delivers_as(request.user, *roles, is_demo=is_demo)]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def organisation_create(request: StaffRequest) -> HttpResponse:
    """Enter a body; it becomes public with the first published commitment that names it."""
    worlds = _worlds_to_write(request)
    if not worlds:
        raise PermissionDenied
    choice = Organisation.objects.filter(is_demo=worlds[0], merged_into=None)
    form = BodyForm(request.POST or None, bodies=choice)
    del form.fields["parent"], form.fields["skips_approver"]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = bodies.create_organisation(said=form.said, by=request.user, is_demo=worlds[0])
            messages.success(request, _("{name} was entered.").format(name=made))
            return redirect("staff:organisation-detail", made.slug)
    context = {"form": form, "organisation": None}
    return page(
        request, "staff/organisations/form.html", context, status=422 if form.errors else 200
    )


@require_safe
@login_required
def organisation_detail(request: StaffRequest, slug: str) -> HttpResponse:
    organisation = _seen(request, slug)
    context = {
        "organisation": organisation,
        "demo": organisation.is_demo,
        "may_edit": access.may_edit_organisation(request.user, organisation),
        "former_names": organisation.former_names.select_related("source").order_by("-number"),
        "predecessors": organisation.predecessors.order_by("slug"),
        "children": organisation.children.order_by("slug"),
        "contacts": organisation.contacts.filter(ended_at=None),
        "seniors": _members(organisation, Role.SENIOR_OFFICIAL),
    }
    return page(request, "staff/organisations/detail.html", context)


def _seen(request: StaffRequest, slug: str) -> Organisation:
    found = bodies_of(request).select_related("parent", "merged_into", "merger_source")
    return get_object_or_404(found, slug=slug)


def _members(organisation: Organisation, role: Role) -> list[Any]:
    held = organisation.memberships.filter(role=role, ended_on=None, user__is_active=True)
    return [one.user for one in held.select_related("user").order_by("user__full_name")]


def to_edit(request: StaffRequest, slug: str) -> Organisation:
    organisation = _seen(request, slug)
    if not access.may_edit_organisation(request.user, organisation):
        raise PermissionDenied
    return organisation


def _others(organisation: Organisation) -> QuerySet[Organisation]:
    others = Organisation.objects.filter(is_demo=organisation.is_demo, merged_into=None)
    return others.exclude(pk=organisation.pk).order_by("slug")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def organisation_edit(request: StaffRequest, slug: str) -> HttpResponse:
    """Correct kind, web site and place; of two who save at once the second sees both."""
    organisation = to_edit(request, slug)
    is_public = organisation.published_at is not None
    stored = {
        name: getattr(organisation, name)
        for name in ("name_vi", "name_en", "kind", "website", "parent", "skips_approver", "version")
    }
    form = BodyForm(
        request.POST or None, bodies=_others(organisation), is_public=is_public, initial=stored
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                _save(request, organisation, form)
                messages.success(request, _("Saved."))
                return redirect("staff:organisation-detail", slug)
        except Refusal as stale:
            refused = stale
    context = {
        "form": form,
        "organisation": organisation,
        "demo": organisation.is_demo,
        "refused": refused,
        "differences": _differences(form, stored) if refused else [],
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/organisations/form.html", context, status=status)


def _save(request: StaffRequest, organisation: Organisation, form: BodyForm) -> None:
    bodies.save_organisation(
        organisation=organisation,
        said=form.said,
        parent=form.cleaned_data["parent"],
        skips_approver=form.cleaned_data["skips_approver"],
        version=form.cleaned_data["version"] or 0,
        by=request.user,
        today=localdate(),
        now=timezone.now(),
    )


def _differences(form: BodyForm, stored: dict[str, Any]) -> list[dict[str, Any]]:
    """What was typed beside what somebody else saved; saving again then takes what is typed."""
    typed: Any = form.data
    form.data = typed.copy()
    form.data["version"] = str(stored["version"])  # type: ignore[index]
    shown = [name for name in stored if name != "version"]
    return [
        {"label": form.fields[name].label, "typed": form.cleaned_data[name], "stored": stored[name]}
        for name in shown
        if form.cleaned_data[name] != stored[name]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def organisation_rename(request: StaffRequest, slug: str) -> HttpResponse:
    organisation = to_edit(request, slug)
    present = {"name_vi": organisation.name_vi, "name_en": organisation.name_en}
    form = RenameForm(request.POST or None, is_demo=organisation.is_demo, initial=present)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                former = bodies.rename(
                    organisation=organisation, said=form.said,
                    source=form.cleaned_data["source"], by=request.user,
                    today=localdate(), now=timezone.now(),
                )  # fmt: skip
                said = _("{name} is kept as a former name.").format(name=former)
                messages.success(request, said)
                return redirect("staff:organisation-detail", slug)
        except Refusal as wrong:
            refused = wrong
    context = {"form": form, "organisation": organisation, "refused": refused}
    context["demo"] = organisation.is_demo
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/organisations/rename.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def organisation_merge(request: StaffRequest, slug: str) -> HttpResponse:
    """Choose the successor, see what goes over, confirm."""
    organisation = to_edit(request, slug)
    form = MergeForm(
        request.POST or None, bodies=_others(organisation), is_demo=organisation.is_demo
    )
    refused, confirmed = None, request.POST.get("deed") == "merge"
    if request.method == "POST" and form.is_valid() and confirmed:
        try:
            with refusals_on(form):
                return _merged(request, organisation, form)
        except Refusal as wrong:
            refused = wrong
    checked = request.method == "POST" and not form.errors and not refused
    context = {
        "form": form,
        "organisation": organisation,
        "demo": organisation.is_demo,
        "moving": mergers.moving(organisation),
        "into": form.cleaned_data["into"] if checked else None,
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/organisations/merge.html", context, status=status)


def _merged(request: StaffRequest, organisation: Organisation, form: MergeForm) -> HttpResponse:
    into = form.cleaned_data["into"]
    mergers.merge(
        body=organisation, into=into, on=form.cleaned_data["merged"],
        source=form.cleaned_data["source"], by=request.user,
        today=localdate(), now=timezone.now(),
    )  # fmt: skip
    said = _("{name} was merged into {into}.")
    messages.success(request, said.format(name=said_text(organisation, "name"),
                                          into=said_text(into, "name")))  # fmt: skip
    return redirect("staff:organisation-detail", organisation.slug)
