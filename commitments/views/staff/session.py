"""Logging in and out, and asking for a new password."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commitments.forms.account import PasswordLinkForm
from commitments.forms.log_in import LogInForm
from commitments.services import access
from commitments.text.display import active_language
from commitments.views.staff._library import is_too_many, seconds_to_wait, too_many_page
from commitments.views.staff.adapter import TOO_MANY


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@csrf_protect
def log_in(request: HttpRequest) -> HttpResponse:
    """Let a person in, and on to where they were going; that is only ever a page of ours.

    Whoever has a second factor is asked for it first.
    """
    to = _wanted(request)
    if request.user.is_authenticated:
        return redirect(to)
    if request.method == "POST" and is_too_many(request, "login"):
        return too_many_page(request, seconds_to_wait(request, "login"))
    form = LogInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["username"]
        login = Login(user=form.get_user(), redirect_url=to, email=email)
        response: HttpResponse = perform_password_login(request, {"email": email}, login)
        return response
    return _log_in_page(request, form, to)


def _log_in_page(request: HttpRequest, form: LogInForm, to: str) -> HttpResponse:
    context = {
        "form": form,
        "next": to,
        "without_factor": settings.DEMO and not settings.SECOND_FACTOR_REQUIRED,
    }
    codes = {error.code for error in form.errors.as_data().get("__all__", [])}
    status = 429 if TOO_MANY in codes else 422 if form.errors else 200
    response = render(request, "staff/log_in.html", context, status=status)
    if status == 429:
        key = get_adapter()._get_login_attempts_cache_key(
            request, email=form.cleaned_data.get("username", "")
        )
        response["Retry-After"] = str(seconds_to_wait(request, "login_failed", key))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; following a link does not."""
    if request.method != "POST":
        return redirect("staff:my-work")
    logout(request)
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password: one answer, whether the address has an account or not."""
    form = PasswordLinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        key = email.strip().lower()
        if is_too_many(request, "reset_password", key):
            return too_many_page(request, seconds_to_wait(request, "reset_password", key))
        access.ask_password_link(email=email, language=active_language(), now=timezone.now())
        return redirect("account_reset_password_done")
    status = 422 if form.errors else 200
    return render(request, "account/password_forgotten.html", {"form": form}, status=status)


@require_safe
def password_link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_link_sent.html")


def _wanted(request: HttpRequest) -> str:
    to = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if is_ours else resolve_url("staff:my-work")
