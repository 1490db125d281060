"""Atom feeds: all changes, a filter of them, a list of commitments, and one of each noun."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.feeds.atom import FOUNDED, Feed, Item, written
from commitments.filters import NewsFilter
from commitments.filters.facets import CommitmentListForm, kept
from commitments.filters.listed import matching
from commitments.filters.saved import words_of
from commitments.models import Commitment, Organisation, Priority, Programme, PublicEvent
from commitments.reports.news import Entry, news
from commitments.reports.news.prose import headline, prose
from commitments.text.display import LANGUAGES, active_language, said_text
from commitments.views.public._events import events_of
from commitments.views.public._page import PublicRequest

LONGEST = 50
"""How many entries a feed has at most."""


@require_safe
def feed(request: PublicRequest, language: str) -> HttpResponse:
    """Everything that is real, or exactly what the page of changes shows for a filter."""
    with _spoken(language):
        asked = [
            (name, request.GET[name])
            for name in NewsFilter.base_filters
            if request.GET.get(name, "").strip()
        ]
        query = f"?{urlencode(asked)}" if asked else ""
        events, is_valid = _found(request, dict(asked))
        name = _("Chosen changes") if asked else ""
        path = f"{reverse('feed', args=[language])}{query}"
        page = f"{reverse('change-list')}{query}"
        key = f"changes{query}"
        made = _feed(events, name=name, key=key, path=path, page=page)
        return _answer(request, made, 200 if is_valid else 400)


@require_safe
def search_feed(request: PublicRequest, language: str) -> HttpResponse:
    """What happened to the commitments that the list finds now; what it cannot read is a 400."""
    with _spoken(language):
        form = CommitmentListForm(request.GET)
        is_valid = form.is_valid()
        query = kept(request.GET, without=("order", ""))
        asked = f"?{query}" if query else ""
        events = _about(request, form) if is_valid else PublicEvent.objects.none()
        words = words_of(query)
        made = _feed(
            events,
            name=_("Commitments: {words}").format(words=words) if words else _("Commitments"),
            key=f"commitments{asked}",
            path=f"{reverse('search-feed', args=[language])}{asked}",
            page=f"{reverse('commitment-list')}{asked}",
        )
        return _answer(request, made, 200 if is_valid else 400)


def _about(request: PublicRequest, form: CommitmentListForm) -> "QuerySet[PublicEvent]":
    """The events of the commitments found. A past day has a database of its own, with other keys
    in it: there they are named one by one."""
    rows = matching(form, request.today).order_by()
    if request.as_of is None:
        return events_of(request).filter(commitment__in=rows.values("pk"))
    return events_of(request).filter(commitment__slug__in=list(rows.values_list("slug", flat=True)))


@require_safe
def commitment_feed(request: PublicRequest, language: str, slug: str) -> HttpResponse:
    with _spoken(language):
        row = get_object_or_404(Commitment.objects.public(), slug=slug)
        page = reverse("commitment-detail", args=[slug])
        name = f"{row.reference} {said_text(row, 'title')}"
        return _of(request, language, {"commitment": slug}, name, page)


@require_safe
def organisation_feed(request: PublicRequest, language: str, slug: str) -> HttpResponse:
    with _spoken(language):
        row = get_object_or_404(Organisation.objects.public(), slug=slug)
        page = reverse("organisation-detail", args=[slug])
        return _of(request, language, {"organisation": slug}, said_text(row, "name"), page)


@require_safe
def programme_feed(request: PublicRequest, language: str, slug: str) -> HttpResponse:
    with _spoken(language):
        row = get_object_or_404(Programme.objects.public(), slug=slug)
        page = reverse("programme-detail", args=[slug])
        return _of(request, language, {"programme": slug}, said_text(row, "name"), page)


@require_safe
def priority_feed(request: PublicRequest, language: str, programme: str, slug: str) -> HttpResponse:
    with _spoken(language):
        found = Priority.objects.filter(programme__published_at__isnull=False)
        row = get_object_or_404(found, programme__slug=programme, slug=slug)
        page = reverse("priority-detail", args=[programme, slug])
        asked = {"priority": f"{programme}/{slug}"}
        return _of(request, language, asked, said_text(row, "title"), page)


def _spoken(language: str) -> translation.override:
    if language not in LANGUAGES:
        raise Http404
    return translation.override(language)


def _found(request: PublicRequest, asked: dict[str, str]) -> "tuple[QuerySet[PublicEvent], bool]":
    events = events_of(request)
    found = NewsFilter(asked, events, request=request)
    return (found.qs, True) if found.is_valid() else (events.none(), False)


def _of(
    request: PublicRequest, language: str, asked: dict[str, str], name: str, page: str
) -> HttpResponse:
    events, _is_valid = _found(request, asked)
    key = page.removeprefix(f"/{language}/")
    made = _feed(events, name=name, key=key, path=request.path, page=page)
    return _answer(request, made)


def _feed(events: "QuerySet[PublicEvent]", *, name: str, key: str, path: str, page: str) -> Feed:
    """The newest deeds among some events. `path` is the feed's own address, `page` that of its
    page, both without the host; `key` names the feed among ours."""
    language = active_language()
    return Feed(
        key=f"feeds/{language}/{key}",
        title=f"{name} – Cam Kết" if name else _("Changes – Cam Kết"),
        about=_("What was published, changed, corrected and retracted in the public record"),
        language=language,
        url=f"{settings.SITE_URL}{path}",
        page=f"{settings.SITE_URL}{page}",
        began_at=datetime.fromisoformat(FOUNDED).replace(tzinfo=UTC),
        items=[_item(one, language) for one in news(events, deeds=LONGEST).entries[:LONGEST]],
    )


def _item(entry: Entry, language: str) -> Item:
    """One deed, named by the event that heads it."""
    return Item(
        key=f"record/{entry.sequence}/{language}",
        title=headline(entry),
        url=f"{settings.SITE_URL}{entry.url}",
        author=entry.by,
        updated_at=entry.recorded_at,
        text=prose(entry),
    )


def _answer(request: PublicRequest, made: Feed, status: int = 200) -> HttpResponse:
    """The file; the middleware of kept pages names it by the version of the record."""
    body = written(made)
    answer = HttpResponse(body, content_type="application/atom+xml; charset=utf-8", status=status)
    answer["Content-Language"] = made.language
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Robots-Tag"] = "noindex"
    return answer
