"""What the sources contradict each other in, and what none of them says."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Contradiction, Gap
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail


@require_safe
def gap_list(request: PublicRequest) -> HttpResponse:
    context = {
        "contradictions": Contradiction.objects.prefetch_related("sources"),
        "gaps": Gap.objects.all(),
        "trail": trail((_("Gaps and contradictions"), "")),
    }
    return render(request, "public/gaps/list.html", context)
