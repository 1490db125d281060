"""Whom the delivery unit may write to in a body: entered, corrected and taken off the list."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal
from commitments.forms.bodies import ContactForm
from commitments.forms.refusals import refusals_on
from commitments.models import Contact, Organisation
from commitments.reports.present import mark_of
from commitments.rules import access
from commitments.services import bodies
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.organisations import bodies_of, to_edit


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contact_create(request: StaffRequest, slug: str) -> HttpResponse:
    return _contact_form(request, to_edit(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contact_edit(request: StaffRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    return _contact_form(request, contact.organisation, contact)


@require_http_methods(["POST"])
@login_required
def contact_end(request: StaffRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    bodies.end_contact(contact=contact, by=request.user, now=timezone.now())
    messages.success(request, _("{name} is no longer on the list.").format(name=contact.name))
    return redirect("staff:organisation-detail", contact.organisation.slug)


def _contact(request: StaffRequest, pk: int) -> Contact:
    seen = Contact.objects.filter(organisation__in=bodies_of(request))
    contact = get_object_or_404(seen.select_related("organisation"), pk=pk)
    if not access.may_edit_organisation(request.user, contact.organisation):
        raise PermissionDenied
    return contact


def _contact_form(
    request: StaffRequest, organisation: Organisation, contact: Contact | None
) -> HttpResponse:
    """The form; of two who correct the same contact the second sees both versions."""
    stored = asdict(bodies.contact_said(contact)) if contact else {}
    mark = {"seen": mark_of(stored)} if contact else {}
    form = ContactForm(request.POST or None, initial=stored | mark)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                _save(request, organisation, contact, form)
                messages.success(request, _("Saved."))
                return redirect("staff:organisation-detail", organisation.slug)
        except Refusal as stale:
            refused = stale
    context = {
        "form": form,
        "organisation": organisation,
        "contact": contact,
        "demo": organisation.is_demo,
        "refused": refused,
        "differences": _differences(form, stored, mark) if refused else [],
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/organisations/contact.html", context, status=status)


def _save(
    request: StaffRequest, organisation: Organisation, contact: Contact | None, form: ContactForm
) -> None:
    bodies.save_contact(
        organisation=organisation,
        said=form.said,
        by=request.user,
        contact=contact,
        seen=form.cleaned_data["seen"],
    )


def _differences(
    form: ContactForm, stored: dict[str, Any], mark: dict[str, str]
) -> list[dict[str, Any]]:
    """What was typed beside what somebody else saved; saving again then takes what is typed."""
    typed: Any = form.data
    form.data = typed.copy()
    for name, value in mark.items():
        form.data[name] = value  # type: ignore[index]
    return [
        {"label": form.fields[name].label, "typed": form.cleaned_data[name], "stored": value}
        for name, value in stored.items()
        if form.cleaned_data[name] != value
    ]
