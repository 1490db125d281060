"""What changed: the public events told as deeds, with filters that its feed takes too."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters import NewsFilter
from commitments.reports.news import news
from commitments.text.display import active_language
from commitments.views.public._events import events_of
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

LARGEST = 2**63 - 1


@require_safe
def change_list(request: PublicRequest) -> HttpResponse:
    """The newest deeds first; `?before=` a sequence gives the older ones, for ever the same."""
    events = events_of(request)
    found = NewsFilter(request.GET, events, request=request)
    is_valid = found.is_valid()
    asked = found.form.cleaned_data
    below = _number(request, "before")
    programme = asked.get("programme")
    context = {
        "form": found.form,
        "is_valid": is_valid,
        "is_filtered": any(asked.values()),
        "commitment": asked.get("commitment"),
        "news": news(found.qs if is_valid else events.none(), below=below),
        "is_older": below is not None,
        "feed": feed_address(request) if is_valid else "",
        "demo": bool(asked.get("demo") or (programme and programme.is_demo)),
        "trail": trail((_("Changes"), "")),
    }
    return render(request, "public/changes/list.html", context, status=200 if is_valid else 400)


def feed_address(request: HttpRequest) -> str:
    """The feed of exactly this filter, in the language of the page."""
    asked = [
        (name, request.GET[name])
        for name in NewsFilter.base_filters
        if request.GET.get(name, "").strip()
    ]
    address = reverse("feed", args=[active_language()])
    return f"{address}?{urlencode(asked)}" if asked else address


def _number(request: HttpRequest, name: str) -> int | None:
    """A sequence that was asked for; what is none is not asked."""
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    return min(int(text), LARGEST)
