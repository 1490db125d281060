"""The webhooks of a body: who of it reports or approves keeps them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.webhooks import WebhookForm
from commitments.models import Organisation, Webhook
from commitments.reports.webhooks import numbers_of, told_about
from commitments.rules import access
from commitments.services.webhooks import keeping
from commitments.views.staff._bodies import not_theirs
from commitments.views.staff._page import StaffRequest, page
from commitments.views.webhooks import Done, do, shown


def _body(request: StaffRequest, slug: str) -> Organisation:
    organisation = get_object_or_404(Organisation, slug=slug)
    if not access.may_keep_webhooks(request.user, organisation):
        raise not_theirs(organisation)
    return organisation


def _webhook(request: StaffRequest, pk: int) -> Webhook:
    """One that the person keeps; to everybody else it is not there."""
    bodies = request.user.organisations_as("reporter", "approver")
    rows = Webhook.objects.filter(organisation__in=bodies).select_related("organisation", "made_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def webhook_list(request: StaffRequest, slug: str) -> HttpResponse:
    """Those of the body that send or are paused, and what became of their messages."""
    organisation = _body(request, slug)
    rows = Webhook.objects.standing().filter(organisation=organisation).select_related("made_by")
    context = {
        "organisation": organisation,
        "rows": [(one, numbers_of(one), told_about(one)) for one in rows],
        "demo": organisation.is_demo,
    }
    return page(request, "staff/webhooks/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def webhook_create(request: StaffRequest, slug: str) -> HttpResponse:
    """Make one; its secret stands on the page that answers, and nowhere after."""
    organisation = _body(request, slug)
    form, refused = WebhookForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            with refusals_on(form):
                webhook, secret = keeping.make_webhook(
                    organisation=organisation, by=request.user, now=timezone.now(),
                    **form.cleaned_data,
                )  # fmt: skip
                said = _("The webhook was made. It is told of what happens from now on.")
                return _detail(request, webhook, Done("make", said, secret))
        except Refusal as too_many:
            refused = too_many
    return _form(request, organisation, form, refused)


def _form(
    request: StaffRequest,
    organisation: Organisation,
    form: WebhookForm,
    refused: Refusal | None,
    webhook: Webhook | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "refused": refused,
        "webhook": webhook,
        "demo": organisation.is_demo,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/webhooks/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def webhook_edit(request: StaffRequest, pk: int) -> HttpResponse:
    webhook = _webhook(request, pk)
    assert webhook.organisation is not None  # a body's, as asked for
    names = ("address", "name", "kinds", "programmes")
    held = {name: getattr(webhook, name) for name in names}
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=held)
    refused = None
    if form.is_valid():
        try:
            with refusals_on(form):
                keeping.edit_webhook(webhook=webhook, by=request.user, **form.cleaned_data)
                messages.success(request, _("Saved."))
                return redirect("staff:webhook-detail", webhook.pk)
        except Refusal as ended:
            refused = ended
    return _form(request, webhook.organisation, form, refused, webhook)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def webhook_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One webhook: where it sends, what was answered; each button posts its deed here."""
    webhook = _webhook(request, pk)
    if request.method != "POST":
        return _detail(request, webhook, Done())
    done = do(webhook, request.POST.dict(), request.user, timezone.now())
    if done.status == 200 and not done.secret:
        messages.success(request, done.words)
        if done.deed == "end" and webhook.organisation is not None:
            return redirect("staff:webhook-list", webhook.organisation.slug)
        return redirect("staff:webhook-detail", pk)
    return _detail(request, _webhook(request, pk), done)


def _detail(request: StaffRequest, webhook: Webhook, done: Done) -> HttpResponse:
    body = webhook.organisation
    context = shown(request, webhook, done, reverse("staff:webhook-detail", args=[webhook.pk]))
    context["demo"] = body is not None and body.is_demo
    return page(request, "staff/webhooks/detail.html", context, status=done.status)
