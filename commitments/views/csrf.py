"""A form without its secret word: refused, and what was typed of an update is kept all the same."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import csrf

from commitments.models import User
from commitments.views.staff import _kept


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing is done. Somebody who logged in anew from another window gets their text back.

    The writer's word is signed by us and stands in the person's own form only; what is kept is
    shown to that person again, not saved.
    """
    writer = _kept.writer_of(request)
    if writer is None or getattr(request, "htmx", False) or not _kept.keep(request):
        return csrf.csrf_failure(request, reason=reason)
    if not isinstance(request.user, User):
        return _kept.to_log_in(request)
    messages.warning(request, _("You logged in again since this form was opened."))
    return redirect(request.get_full_path())
