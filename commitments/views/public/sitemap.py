"""What search engines ask for first: where they may go, and which pages there are."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from commitments.feeds import sitemap
from commitments.text.display import LANGUAGES
from commitments.views.public._events import events_of
from commitments.views.public._page import PublicRequest

FOR_A_WHILE = "public, max-age=3600"


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Public pages without a query, and later pages of lists; nothing of a demonstration, whose
    invented record must not be found as if it were true."""
    closed = [f"/{language}/staff/" for language in LANGUAGES]
    closed += ["/admin/", "/api/", "/demo/", "/mail/", "/*?"]
    lines = ["User-agent: *"]
    if settings.DEMO:
        lines += ["Disallow: /"]
    else:
        lines += [f"Disallow: {path}" for path in closed]
        lines += ["Allow: /*?page=", "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    answer = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = FOR_A_WHILE
    return answer


@require_safe
def sitemap_index(request: PublicRequest) -> HttpResponse:
    return _answer(sitemap.index(events_of(request)))


@require_safe
def sitemap_part(request: PublicRequest, name: str, number: int) -> HttpResponse:
    body = sitemap.part(name, number, events_of(request)) if number < 10**9 else None
    if body is None:
        raise Http404
    return _answer(body)


def _answer(body: bytes) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/xml; charset=utf-8")
    answer["Cache-Control"] = FOR_A_WHILE
    answer["X-Robots-Tag"] = "noindex"
    return answer
