"""Cards and badges that other sites show: the only pages that may stand in a foreign frame."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from commitments.models import Commitment, Priority
from commitments.reports.cards import Card, commitment_card, priority_card
from commitments.reports.standings import for_list
from commitments.text.lines import lines
from commitments.views.public._page import PublicRequest

LINE, LINES = 40, 3
FACT, FACTS = 50, 2
TOP, STEP = 50, 20


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # our request is one
def commitment_embed(request: PublicRequest, slug: str) -> HttpResponse:
    """A commitment as a small page to be framed."""
    return _page(request, _commitment_card(request, slug))


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # our request is one
def priority_embed(request: PublicRequest, programme: str, slug: str) -> HttpResponse:
    """A priority as a small page to be framed."""
    found = Priority.objects.filter(programme__published_at__isnull=False)
    priority = get_object_or_404(
        found.select_related("programme"), programme__slug=programme, slug=slug
    )
    rows = Commitment.objects.public().filter(priority=priority)
    return _page(request, priority_card(priority, rows, request.today))


@require_safe
def commitment_badge(request: PublicRequest, slug: str) -> HttpResponse:
    """A commitment as a picture, for sites that take no frames."""
    card = _commitment_card(request, slug)
    titled = lines(card.title, LINE, LINES)
    context = {
        "card": card,
        "titled": [(TOP + STEP * number, line) for number, line in enumerate(titled)],
        "facts": [
            (18 * number, *lines(f"{name}: {value}", FACT, 1))
            for number, (name, value) in enumerate(card.facts[:FACTS], start=1)
        ],
        "below": TOP + STEP * len(titled),
    }
    answer = render(request, "public/embeds/badge.svg", context, content_type="image/svg+xml")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _commitment_card(request: PublicRequest, slug: str) -> Card:
    rows = for_list(Commitment.objects.public(), request.today)
    return commitment_card(get_object_or_404(rows, slug=slug), request.today)


def _page(request: PublicRequest, card: Card) -> HttpResponse:
    context = {"card": card, "site": settings.SITE_URL}
    answer = render(request, "public/embeds/card.html", context)
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
