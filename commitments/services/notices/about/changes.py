"""What a mail says of requests to change the plan (R7)."""

from commitments.emails.digest import ChangeLine
from commitments.models import ChangeRequest
from commitments.reports.changes import heading
from commitments.rules.reminders import Anchor
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked


def change_lines(asked: Asked) -> dict[int, ChangeLine]:
    rows = ChangeRequest.objects.filter(pk__in=asked.notices).select_related("requester")
    return {one.pk: _line(one, asked) for one in rows}


def _line(change: ChangeRequest, asked: Asked) -> ChangeLine:
    since = asked.day(change.pk, Anchor.REQUESTED)
    return ChangeLine(
        since_on=since,
        working_days=asked.working_days(since),
        heading=heading(change),
        requester=str(change.requester),
        links=(links.decide_change(change.pk),),
        **asked.common(change.pk),
    )
