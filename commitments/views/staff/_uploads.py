"""Files that came with the update form: kept at once, so that no error elsewhere loses them."""

from typing import NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from commitments.errors import Refusal
from commitments.forms.evidence import PREFIX
from commitments.forms.sheet import Faults
from commitments.rules.evidence import MOST_ROWS
from commitments.services.files import keep_evidence
from commitments.views.staff._page import StaffRequest


class Sent(NamedTuple):
    """What was sent, with each upload replaced by the number of the file that is kept of it."""

    data: QueryDict
    faults: Faults


def sent(request: StaffRequest) -> Sent:
    """Keep the uploads of a form; what is none of the kinds is a fault of its row."""
    data, faults = request.POST.copy(), {}
    for index in range(MOST_ROWS):
        upload = request.FILES.get(f"{PREFIX}-{index}-upload")
        if upload is None:
            continue
        try:
            kept = keep_evidence(
                content=upload,
                name=upload.name or "",
                by=request.user,
                most=settings.EVIDENCE_MAX_BYTES,
                now=timezone.now(),
            )
            data[f"{PREFIX}-{index}-file"] = str(kept.pk)
        except Refusal as refused:
            faults[index] = refused
    return Sent(data, faults)
