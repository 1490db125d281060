"""What a link in a mail leads to without logging in: muting what may be muted (RFC 8058)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commitments.models import Mute, Route, User, written_by
from commitments.rules.reminders.muting import ALWAYS_SAID, MAY_BE_MUTED
from commitments.services.mutes import mute_all, unmute_all
from commitments.text.display import LANGUAGES
from commitments.text.masks import masked_address
from commitments.text.mutes import read_token

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""The whole body that a mail program sends at a press of its own button (RFC 8058 §3.1)."""
DEEDS = {"mute": mute_all, "unmute": unmute_all}


@csrf_exempt  # the address is the secret; a mail program that posts has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def mail_mute(request: HttpRequest, token: str) -> HttpResponse:
    """Say what may be muted and what will come all the same; only a POST that says so acts.

    The link may have been forwarded: the page tells no name, and asks and sets no session.
    """
    person = _person_of(token)
    deed = _deed_of(request.POST) if request.method == "POST" else ""
    if deed:
        with written_by(Route.MAIL_LINK):  # whoever has the link: nobody proved who they are
            DEEDS[deed](person=person, now=timezone.now())
    status = 422 if request.method == "POST" and not deed else 200
    with translation.override(_language(request, person)):
        answer = render(request, "mail_mute.html", _context(person, deed), status=status)
        answer["Content-Language"] = translation.get_language()
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _person_of(token: str) -> User:
    person = User.objects.filter(pk=read_token(token) or 0).first()
    if person is None:
        raise Http404
    return person


def _deed_of(body: QueryDict) -> str:
    """What the body asks for; nothing, where it is neither a mail program's nor our form's."""
    name, value = ONE_CLICK
    if body.get(name) == value:
        return "mute"
    deed = body.get("deed", "")
    return deed if deed in DEEDS else ""


def _language(request: HttpRequest, person: User) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else person.language


def _context(person: User, deed: str) -> dict[str, Any]:
    muted = set(Mute.objects.filter(person=person).values_list("topic", flat=True))
    here = translation.get_language()
    return {
        "deed": deed,
        "address": masked_address(person.email),
        "standing": [one for one in MAY_BE_MUTED if one.topic not in muted],
        "muted": [one for one in MAY_BE_MUTED if one.topic in muted],
        "always": ALWAYS_SAID,
        "here": here,
        "own_languages": [
            {
                "code": code,
                "name": translation.get_language_info(code)["name_local"],
                "url": f"?lang={code}",
                "is_active": code == here,
            }
            for code in LANGUAGES
        ],
    }
