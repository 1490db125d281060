"""The API tokens of a body: seen, made and shown once, revoked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.tokens import TokenForm
from commitments.models import ApiToken, Organisation, Scope
from commitments.rules import access
from commitments.services import api_tokens
from commitments.views.staff._bodies import not_theirs
from commitments.views.staff._library import confirm_who
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def token_list(request: StaffRequest, slug: str) -> HttpResponse:
    """Every token of the body, also those that ended: who holds it, its last use."""
    organisation = _body(request, slug)
    rows = ApiToken.objects.filter(organisation=organisation)
    now = timezone.now()
    found = [_row(request, token, now) for token in rows.select_related("holder", "revoked_by")]
    context = {
        "organisation": organisation,
        "working": [row for row in found if row["works"]],
        "ended": [row for row in found if not row["works"]],
        "may_make": access.may_make_token(request.user, organisation),
        "demo": organisation.is_demo,
    }
    return page(request, "staff/tokens/list.html", context)


def _row(request: StaffRequest, token: ApiToken, now: Any) -> dict[str, Any]:
    works = token.works(now)
    return {
        "token": token,
        "works": works,
        "scopes": [Scope(scope).label for scope in token.scopes],
        "holder_left": works and not access.holder_reports(token),
        "may_revoke": works and access.may_revoke_token(request.user, token),
    }


def _body(request: StaffRequest, slug: str) -> Organisation:
    organisation = get_object_or_404(Organisation, slug=slug)
    if not access.may_see_tokens(request.user, organisation):
        raise not_theirs(organisation)
    return organisation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def token_create(request: StaffRequest, slug: str) -> HttpResponse:
    """Make one; its text stands on the page that answers, and nowhere after."""
    organisation = _body(request, slug)
    if not access.may_make_token(request.user, organisation):
        raise not_theirs(organisation)
    confirm_who(request)
    form = TokenForm(request.POST if request.method == "POST" else None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                return _made(request, organisation, form)
        except Refusal as too_many:
            refused = too_many
    context = {
        "organisation": organisation,
        "form": form,
        "refused": refused,
        "demo": organisation.is_demo,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/tokens/form.html", context, status=status)


def _made(request: StaffRequest, organisation: Organisation, form: TokenForm) -> HttpResponse:
    said: dict[str, Any] = form.cleaned_data
    token, text = api_tokens.make_token(
        organisation=organisation, holder=request.user, now=timezone.now(), **said
    )
    context = {
        "organisation": organisation,
        "token": token,
        "text": text,
        "demo": organisation.is_demo,
    }
    return page(request, "staff/tokens/made.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def token_revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """End it at once, after having been asked."""
    token = get_object_or_404(ApiToken.objects.select_related("organisation", "holder"), pk=pk)
    organisation = _body(request, token.organisation.slug)
    if not access.may_revoke_token(request.user, token):
        raise not_theirs(organisation)
    if request.method != "POST":
        context = {"organisation": organisation, "token": token, "demo": organisation.is_demo}
        return page(request, "staff/tokens/revoke.html", context)
    api_tokens.revoke_token(token=token, person=request.user, now=timezone.now())
    messages.success(request, _("“{name}” opens nothing any more.").format(name=token.name))
    return redirect("staff:token-list", organisation.slug)
