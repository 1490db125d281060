"""Calendars for other programs: public ones, and a person's own by a secret address."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commitments.feeds import (
    AsOf,
    Calendar,
    commitment_calendar,
    organisation_calendar,
    own_calendar,
    programme_calendar,
    whole_calendar,
    written,
)
from commitments.models import CalendarAddress, Commitment, Organisation, Programme
from commitments.services.notices import working_days
from commitments.text.calendars import read_nonce
from commitments.text.display import LANGUAGES
from commitments.views.public._events import events_of
from commitments.views.public._page import PublicRequest

FOR_ALL, FOR_ONE = "public, max-age=900", "private, no-cache"


@require_safe
def whole_ics(request: PublicRequest) -> HttpResponseBase:
    with translation.override(_language(request)):
        return _answer(request, whole_calendar(_as_of(request)), "cam-ket")


@require_safe
def programme_ics(request: PublicRequest, slug: str) -> HttpResponseBase:
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    with translation.override(_language(request)):
        return _answer(request, programme_calendar(programme, _as_of(request)), slug)


@require_safe
def organisation_ics(request: PublicRequest, slug: str) -> HttpResponseBase:
    organisation = get_object_or_404(Organisation.objects.public(), slug=slug)
    with translation.override(_language(request)):
        return _answer(request, organisation_calendar(organisation, _as_of(request)), slug)


@require_safe
def commitment_ics(request: PublicRequest, slug: str) -> HttpResponseBase:
    commitment = get_object_or_404(Commitment.objects.public(), slug=slug)
    with translation.override(_language(request)):
        return _answer(request, commitment_calendar(commitment, _as_of(request)), slug)


@require_safe
def person_ics(request: HttpRequest, token: str) -> HttpResponseBase:
    """What a person is asked for. Without log-in: whoever knows the address reads it.

    One that was given up, one that never was and one of somebody who left get the same answer.
    """
    standing = CalendarAddress.objects.standing().filter(person__is_active=True)
    row = standing.select_related("person").filter(nonce=read_nonce(token)).first()
    if row is None:
        raise Http404
    with translation.override(_language(request, row.person.language)):
        now = timezone.now()
        calendar = own_calendar(row.person, localdate(now), working_days(now))
        return _answer(request, calendar, "cam-ket")


def _as_of(request: PublicRequest) -> AsOf:
    return AsOf(request.today, events_of(request))


def _language(request: HttpRequest, usual: str = LANGUAGES[0]) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else usual


def _answer(request: HttpRequest, calendar: Calendar, name: str) -> HttpResponseBase:
    """The file, or that it is the one that the program has already."""
    body = written(calendar)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer["Content-Language"] = calendar.language
    answer["Cache-Control"] = FOR_ALL if calendar.is_public else FOR_ONE
    answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
