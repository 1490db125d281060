"""The library's pages of accounts inside our frame, and its limits in our words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone

from commitments.views.staff._page import frame
from commitments.views.staff.adapter import TOO_MANY

View = Callable[..., HttpResponseBase]
APP = "allauth.account"
A_MINUTE = 60


def in_frame(view: View) -> View:
    """A view of the library: with what our frame shows, and 422 or 429 where a form has errors."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            _dress(request, response, response.context_data)
        return response

    return answer


def _dress(request: HttpRequest, response: TemplateResponse, said: dict[str, Any]) -> None:
    if request.user.is_authenticated:
        for name, value in frame(request).items():  # type: ignore[arg-type]
            said.setdefault(name, value)
    forms = [said.get("form"), said.get("webauthn_form")]
    codes = {
        error.code
        for form in forms
        if form is not None and form.is_bound
        for errors in form.errors.as_data().values()
        for error in errors
    }
    if codes & {TOO_MANY, "rate_limited"}:
        response.status_code = 429
        response["Retry-After"] = str(max(seconds_to_wait(request, "login_failed"), A_MINUTE))
    elif codes:
        response.status_code = 422


def too_many(request: HttpRequest) -> HttpResponse:
    """The library's answer to too many requests of a sort; all its limits count by the minute."""
    return too_many_page(request, A_MINUTE)


def too_many_page(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"minutes": max(1, -(-seconds // A_MINUTE))}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def is_too_many(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one more of a sort; whether it is one too many."""
    return not ratelimit.consume(request, app=APP, action=action, key=key)


def seconds_to_wait(request: HttpRequest, action: str, key: str | None = None) -> int:
    """How long until the next attempt counts: what the fullest of the limits says."""
    now, wait = timezone.now().timestamp(), 0.0
    for rate in ratelimit.get_rates(app=APP, action=action):
        if rate.per == "key" and key is None:
            continue
        name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        history = cache.get(name, [])
        if len(history) >= rate.amount:
            wait = max(wait, history[rate.amount - 1] + rate.duration - now)
    return max(1, int(wait) + 1)


def confirm_who(request: HttpRequest) -> None:
    """Ask who it is once more before something grave, unless they said so minutes ago."""
    raise_if_reauthentication_required(request, app="commitments")
