"""Webhooks of people without an account: asked for, confirmed by mail, kept by a secret link.

No page here knows a cookie: what is done is done by whoever has the link.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.webhooks import AskWebhookForm
from commitments.models import Webhook
from commitments.services.webhooks import asking
from commitments.text.citizen_links import CONFIRM_WEBHOOK, OWN_WEBHOOK
from commitments.text.citizens import read, sign
from commitments.text.display import active_language
from commitments.text.masks import masked_address
from commitments.views.public._guard import is_too_many, unkept
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail
from commitments.views.webhooks import Done, do, shown

AN_HOUR = "3600"


def _page(request: PublicRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    context = context | {"trail": trail((_("Webhooks"), ""))}
    return unkept(render(request, f"public/webhooks/{name}.html", context, status=status))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_ask(request: PublicRequest) -> HttpResponse:
    """Ask for one; the answer is the same whether the e-mail address is known or not."""
    form = AskWebhookForm(request.POST if request.method == "POST" else None, now=timezone.now())
    if not form.is_valid():
        return _page(request, "form", {"form": form}, 422 if form.errors else 200)
    if is_too_many(request, "webhook"):
        answer = _page(request, "form", {"form": form, "too_many": True}, 429)
        answer["Retry-After"] = AN_HOUR
        return answer
    with refusals_on(form):
        asking.ask_webhook(language=active_language(), now=timezone.now(), **form.cleaned_data)
        return redirect("webhook-sent")
    return _page(request, "form", {"form": form}, 422)


@require_safe
def webhook_sent(request: PublicRequest) -> HttpResponse:
    """The one answer to whoever asked."""
    return _page(request, "sent", {}, 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_confirm(request: PublicRequest, token: str) -> HttpResponse:
    """Show what would be told; only the button confirms, and its answer shows the secret once."""
    webhook = _webhook_of(token, CONFIRM_WEBHOOK)
    if webhook is not None and webhook.ended_at is not None:
        webhook = None
    if request.method == "POST" and webhook is not None:
        try:
            webhook, secret = asking.confirm_webhook(webhook=webhook, now=timezone.now())
        except Refusal:
            webhook = None
        else:
            said = _("Confirmed. From now on every change is sent.")
            return _own(request, webhook, Done("confirm", said, secret))
    if webhook is None:
        return _page(request, "confirm", {"webhook": None}, 410)
    if webhook.confirmed_at is not None:
        return redirect("webhook-own", sign(OWN_WEBHOOK, webhook.nonce))
    context = {"webhook": webhook, "email": masked_address(webhook.email)}
    return _page(request, "confirm", context, 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_own(request: PublicRequest, token: str) -> HttpResponse:
    """One's own webhook by secret link; reading it changes nothing."""
    webhook = _webhook_of(token, OWN_WEBHOOK)
    if webhook is None or webhook.confirmed_at is None:
        return _page(request, "gone", {}, 410)
    if request.method != "POST":
        return _own(request, webhook, Done())
    done = do(webhook, request.POST.dict(), None, timezone.now())
    fresh = _webhook_of(token, OWN_WEBHOOK)
    if fresh is None:
        return _page(request, "gone", {"done": done}, 200)
    return _own(request, fresh, done)


def _own(request: PublicRequest, webhook: Webhook, done: Done) -> HttpResponse:
    own = sign(OWN_WEBHOOK, webhook.nonce)
    context = shown(request, webhook, done, reverse("webhook-own", args=[own]))
    context["email"] = masked_address(webhook.email)
    return _page(request, "own", context, done.status)


def _webhook_of(token: str, purpose: str) -> Webhook | None:
    """None for one that was ended and forgotten. A forged link is no page."""
    parts = read(purpose, token)
    if parts is None or len(parts) != 1:
        raise Http404
    return Webhook.objects.exclude(email="").filter(nonce=parts[0]).first()
