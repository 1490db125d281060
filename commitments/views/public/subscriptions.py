"""Following the record by mail: asked for, confirmed, changed and ended without logging in.

No page here knows a cookie. What a form needs against other sites' forms, a stamp of our own
brings: nothing is done in anybody's name but that of whoever has the link in a mail.
"""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.filters.saved import SEARCHES, cleaned_query
from commitments.forms.subscribe import SubscribeForm
from commitments.models import Followed, Subscriber, Subscription
from commitments.reports.following import Thing, followed
from commitments.services import subscriptions
from commitments.text.citizen_links import CONFIRM, OWN
from commitments.text.citizens import read, sign
from commitments.text.display import LANGUAGES, active_language
from commitments.text.masks import masked_address
from commitments.views.public._guard import is_too_many, unkept
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program sends at a press of its own button (RFC 8058 §3.1)."""
AN_HOUR = "3600"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: PublicRequest) -> HttpResponse:
    """Ask for an address; what is followed stands in the address of the page.

    The answer is the same whether the address is known or not, and whether a mail goes out.
    """
    kind, key = _asked(request.GET)
    thing = followed(kind, key, SEARCHES)
    if thing is None:
        return _unknown(request)
    form = SubscribeForm(request.POST if request.method == "POST" else None, now=timezone.now())
    if form.is_valid():
        if is_too_many(request, "subscribe"):
            return _form_page(request, form, thing, 429)
        subscriptions.ask(
            email=form.cleaned_data["email"],
            language=active_language(),
            kind=kind,
            key=key,
            now=timezone.now(),
        )
        return redirect("subscribe-sent")
    return _form_page(request, form, thing, 422 if form.errors else 200)


def _asked(query: QueryDict) -> tuple[str, str]:
    """What the address of the page names; everything, where it names nothing."""
    kind = query.get("topic", Followed.EVERYTHING.value)
    if kind != Followed.SEARCH:
        return kind, query.get("of", "")
    words = query.get("q", "")
    is_whole_query = "=" in words and set(query) <= {"topic", "q"}
    try:
        return kind, cleaned_query(words if is_whole_query else query.urlencode())
    except Refusal:
        return kind, ""


def _form_page(
    request: PublicRequest, form: SubscribeForm, thing: Thing, status: int
) -> HttpResponse:
    context = {"form": form, "thing": thing, "too_many": status == 429, "trail": _trail()}
    answer = unkept(render(request, "public/subscriptions/form.html", context, status=status))
    if status == 429:
        answer["Retry-After"] = AN_HOUR
    return answer


def _unknown(request: PublicRequest) -> HttpResponse:
    context = {"trail": _trail()}
    return unkept(render(request, "public/subscriptions/unknown.html", context, status=404))


def _trail() -> list[tuple[str, str]]:
    return trail((_("Changes by mail"), ""))


@require_safe
def subscribe_sent(request: PublicRequest) -> HttpResponse:
    """The one answer to whoever asked."""
    return unkept(render(request, "public/subscriptions/sent.html", {"trail": _trail()}))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_confirm(request: PublicRequest, token: str) -> HttpResponse:
    """Show what would be followed; only the button confirms, as programs open links in mails."""
    subscription = _subscription_of(token)
    context: dict[str, Any] = {"trail": _trail(), "subscription": subscription}
    status = 200
    if subscription is not None:
        context["thing"] = followed(subscription.kind, subscription.key, SEARCHES)
        context["address"] = masked_address(subscription.subscriber.email)
    if request.method == "POST" and subscription is not None:
        try:
            context["subscription"] = subscriptions.confirm(
                subscription=subscription, now=timezone.now()
            )
        except Refusal:
            context["subscription"] = subscription = None
    if subscription is None:
        status = 410
    elif context["subscription"].confirmed_at:
        context["own"] = _own_token(subscription.subscriber)
    return unkept(render(request, "public/subscriptions/confirm.html", context, status=status))


def _subscription_of(token: str) -> Subscription | None:
    """What a confirming link is about; None where that is over. A forged one is no page."""
    parts = read(CONFIRM, token)
    if parts is None or len(parts) != 2:
        raise Http404
    rows = Subscription.objects.select_related("subscriber")
    return rows.filter(pk=int(parts[0]), subscriber__nonce=parts[1]).first()


def _own_token(subscriber: Subscriber) -> str:
    return sign(OWN, subscriber.nonce)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_list(request: PublicRequest, token: str) -> HttpResponse:
    """One's own page by secret link: what is followed, the language, and an end to each or all.

    A mail program that posts to it ends everything; reading it changes nothing.
    """
    parts = read(OWN, token)
    if parts is None:
        raise Http404
    subscriber = Subscriber.objects.filter(nonce=parts[0]).first()
    deed = _deed_of(request.POST) if request.method == "POST" else ""
    if subscriber is not None and deed:
        _do(subscriber, deed, request.POST)
        subscriber = Subscriber.objects.filter(pk=subscriber.pk).first()
    context: dict[str, Any] = {
        "deed": deed,
        "trail": _trail(),
        "subscriber": subscriber,
        "languages_of_mail": LANGUAGES,
    }
    if subscriber is not None:
        context |= {"things": _things(subscriber), "address": masked_address(subscriber.email)}
    status = 422 if request.method == "POST" and not deed else 200
    return unkept(render(request, "public/subscriptions/list.html", context, status=status))


def _things(subscriber: Subscriber) -> list[tuple[Subscription, Thing]]:
    """What is followed, also what the record has no more: it can still be ended."""
    return [
        (one, followed(one.kind, one.key, SEARCHES) or Thing(one.kind, one.key))
        for one in subscriber.subscriptions.confirmed()
    ]


def _deed_of(body: QueryDict) -> str:
    name, value = ONE_CLICK
    if body.get(name) == value:
        return "end_all"
    deed = body.get("deed", "")
    return deed if deed in {"end", "end_all", "language"} else ""


def _do(subscriber: Subscriber, deed: str, body: QueryDict) -> None:
    if deed == "end_all":
        subscriptions.end_all(subscriber=subscriber)
    elif deed == "language":
        subscriptions.set_language(subscriber=subscriber, language=body.get("language", ""))
    elif (which := body.get("which", "")).isascii() and which.isdigit() and len(which) < 18:
        subscriptions.end(subscriber=subscriber, subscription_id=int(which))
