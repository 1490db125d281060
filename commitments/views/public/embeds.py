"""What other sites show of ours: cards, which alone may stand in a foreign frame, and pictures."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from commitments.charts.share import Shown, drawn
from commitments.models import Commitment, Priority
from commitments.reports.cards import Card, commitment_card, priority_card
from commitments.reports.standings import for_list
from commitments.text.display import limited_date
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
    return _page(request, commitment_card(_found(request, slug), request.today))


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
    card = commitment_card(_found(request, slug), request.today)
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


@require_safe
def commitment_picture(request: PublicRequest, slug: str) -> HttpResponse:
    """What is shown with a link to the page: title, lead, stage, and the day that it speaks of."""
    row = _found(request, slug)
    card = commitment_card(row, request.today)
    lead = card.facts[0]
    shown = Shown(
        kicker=f"{card.kicker} · {capfirst(row.get_kind_display())}",
        title=card.title,
        facts=[lead, (_("Stage"), _stage(row))],
        foot=_("As of {date}").format(date=limited_date(card.on)),
        tag=_("Demonstration") if card.is_demo else "",
    )
    answer = HttpResponse(drawn(shown), content_type="image/png")
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _stage(row: Commitment) -> str:
    """With the day of which it was stated; beside it that a date has passed."""
    said = capfirst(str(row.get_stage_display() or _("no stage stated")))
    if row.stage_as_of_on:
        day = limited_date(row.stage_as_of_on)
        said = _("{stage}, as of {date}").format(stage=said, date=day)
    is_late: bool = row.is_past_due  # type: ignore[attr-defined]  # annotated
    return f"{said} · {capfirst(_('past due'))}" if is_late else said


def _found(request: PublicRequest, slug: str) -> Commitment:
    """With its axes and bodies. Raises Http404."""
    return get_object_or_404(for_list(Commitment.objects.public(), request.today), slug=slug)


def _page(request: PublicRequest, card: Card) -> HttpResponse:
    context = {"card": card, "site": settings.SITE_URL}
    answer = render(request, "public/embeds/card.html", context)
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
