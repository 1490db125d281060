"""How often one network may send a form that needs no log-in, and what no cache may keep."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse

APP = "citizens"
A_DAYS_WORTH = 3
"""So many hours' worth of forms a day takes."""


def is_too_many(request: HttpRequest, action: str) -> bool:
    """Count one more form of a network; whether it is one too many."""
    hour = settings.CITIZEN_FORMS_PER_HOUR
    rates = {action: f"{hour}/h/ip,{hour * A_DAYS_WORTH}/d/ip"}
    return not ratelimit.consume(request, app=APP, action=action, config=rates)


def unkept(answer: HttpResponse) -> HttpResponse:
    """A page that is one reader's own: kept by no cache, found by no search engine, and its
    secret address told to no other page."""
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
