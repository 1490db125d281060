"""Logging in and out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commitments.forms.log_in import LogInForm


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@csrf_protect
def log_in(request: HttpRequest) -> HttpResponse:
    """Let a person in, and on to where they were going; that is only ever a page of ours."""
    to = _wanted(request)
    if request.user.is_authenticated:
        return redirect(to)
    form = LogInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(to)
    context = {"form": form, "next": to}
    return render(request, "staff/log_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; following a link does not."""
    if request.method != "POST":
        return redirect("staff:my-work")
    logout(request)
    return redirect("home")


def _wanted(request: HttpRequest) -> str:
    to = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if is_ours else resolve_url("staff:my-work")
