"""What was typed into an update form outlives the session: kept until the same person is back.

The form tells by a signed word whose it is. A session of nobody keeps what was sent, and only
that person's log-in brings it back; whoever else logs in never sees it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import User

WRITER = "writer"
"""The field of the form that says whose it is."""

SALT = "commitments.update-form"
KEY = "kept_sheets"
MOST_SHEETS, MOST_LETTERS = 3, 300_000
HOURS = 24
NOT_KEPT = frozenset({"csrfmiddlewaretoken", WRITER, "deed"})

View = Callable[..., HttpResponse]


def writer_word(person: User) -> str:
    """The signed word for the form of this person."""
    return signing.dumps(person.pk, salt=SALT)


def writer_of(request: HttpRequest) -> int | None:
    """Whose form was sent; None where it does not say, or says what we did not sign."""
    try:
        return int(signing.loads(request.POST.get(WRITER, ""), salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def keeps_typed(view: View) -> View:
    """In place of `login_required`, for the pages of an update form."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        writer = writer_of(request) if request.method == "POST" else None
        is_in = isinstance(request.user, User)
        if is_in and writer in (None, request.user.pk):
            return view(request, *args, **kwargs)
        if getattr(request, "htmx", False):
            return HttpResponse(status=401)
        if writer is None:
            return login_required(view)(request, *args, **kwargs)
        if is_in or not keep(request):
            return render(request, "staff/updates/not_kept.html", status=403 if is_in else 401)
        return to_log_in(request)

    return answer


def to_log_in(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        _("You were logged out. What you typed is kept: log in, and it stands in the form again."),
    )
    return redirect_to_login(request.get_full_path())


def keep(request: HttpRequest) -> bool:
    """Put what was sent aside in the session, unless there is too much of it."""
    data = request.POST.copy()
    for name in NOT_KEPT:
        data.pop(name, None)
    typed = data.urlencode()
    if len(typed) > MOST_LETTERS:
        return False
    sheets = _sheets(request)
    sheets.pop(request.get_full_path(), None)
    sheet = {"writer": writer_of(request), "typed": typed, "at": timezone.now().timestamp()}
    newest = [*sheets.items(), (request.get_full_path(), sheet)][-MOST_SHEETS:]
    request.session[KEY] = dict(newest)
    return True


def kept(request: HttpRequest) -> QueryDict | None:
    """What the person sent to this address before they were logged out."""
    sheet = _sheets(request).get(request.get_full_path())
    if sheet is None or sheet["writer"] != request.user.pk:
        return None
    is_fresh = timezone.now().timestamp() - sheet["at"] < HOURS * 60 * 60
    return QueryDict(sheet["typed"]) if is_fresh else None


def forget(request: HttpRequest) -> None:
    """It is saved: nothing needs to be kept of this address."""
    sheets = _sheets(request)
    if sheets.pop(request.get_full_path(), None) is not None:
        request.session[KEY] = sheets


def _sheets(request: HttpRequest) -> dict[str, Any]:
    found = request.session.get(KEY)
    return dict(found) if isinstance(found, dict) else {}
