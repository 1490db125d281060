"""What a mail says of updates that are owed (R1, R2, R3, and N1 by hand)."""

from commitments.emails.digest import OwedLine
from commitments.models import Obligation, Role
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked


def owed_lines(asked: Asked) -> dict[int, OwedLine]:
    rows = Obligation.objects.filter(pk__in=asked.notices).select_related("period")
    return {one.pk: _line(one, asked) for one in rows}


def _line(obligation: Obligation, asked: Asked) -> OwedLine:
    period, commitment = obligation.period, asked.commitment(obligation.pk)
    common = asked.common(obligation.pk)
    role = common["role"] = common["role"] or Role.REPORTER
    reports = role == Role.REPORTER
    link = links.write_update(commitment) if reports else links.see_commitment(commitment, role)
    return OwedLine(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        days_late=asked.working_days(period.due_on),
        links=(link,),
        **common,
    )
