"""The mailbox of the demonstration: the mails that the file backend wrote, for all to read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

NEWEST = 50
"""How many mails the mailbox shows."""

BETWEEN = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
"""What the file backend writes after every mail."""

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as its reader sees it; `name` and `number` say where it is kept."""

    name: str
    number: int
    subject: str
    to: str
    sent_at: datetime | None
    language: str
    text: str
    html: str


def demo_only(view: View) -> View:
    """Answer 404 unless this is a demonstration that keeps its mail in files."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **named: str) -> HttpResponseBase:
        if not settings.DEMO or not issubclass(import_string(settings.EMAIL_BACKEND), EmailBackend):
            raise Http404
        return view(request, *args, **named)

    return guarded


@never_cache
@csp_update({"frame-src": [SELF]})
@demo_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    mails: list[Mail] = []
    for path in _files():
        mails += reversed(_mails_of(path))
        if len(mails) >= NEWEST:
            break
    return render(request, "demo/mailbox.html", {"mails": mails[:NEWEST], "demo": True})


@never_cache
@xframe_options_sameorigin
@csp(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
@demo_only
@require_safe
def mail_page(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The HTML of one mail as it was sent; it runs nothing and loads nothing."""
    path = next((path for path in _files() if path.stem == name), None)
    mails = _mails_of(path) if path else []
    if number >= len(mails) or not mails[number].html:
        raise Http404
    return HttpResponse(mails[number].html)


def _files() -> list[Path]:
    """The files of the file backend, last written first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _mails_of(path: Path) -> list[Mail]:
    parts = BETWEEN.split(path.read_bytes())
    return [_mail(path.stem, number, part) for number, part in enumerate(parts) if part.strip()]


def _mail(name: str, number: int, raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    date = message["Date"]
    return Mail(
        name=name,
        number=number,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sent_at=date.datetime if date else None,
        language=str(message["Content-Language"] or ""),
        text=_content(message, "plain"),
        html=_content(message, "html"),
    )


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content() if part else ""
