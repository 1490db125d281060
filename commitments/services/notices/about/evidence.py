"""What a mail says of sources that evidence rests on (R8)."""

from commitments.emails.digest import EvidenceLine, Link
from commitments.emails.quoted import Quoted, shortened
from commitments.models import Evidence, Role, SourceFault, SourceFaultKind
from commitments.rules.reminders import Anchor
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked
from commitments.text.display import language_of

NOTE = 300
"""So much of what was found a mail quotes."""


def evidence_lines(asked: Asked) -> dict[int, EvidenceLine]:
    rows = list(Evidence.objects.filter(pk__in=asked.notices).select_related("update", "source"))
    open_faults = SourceFault.objects.open().filter(source__in=[one.source_id for one in rows])
    faults = {fault.source_id: fault for fault in open_faults}
    return {
        one.pk: _line(one, faults[one.source_id], asked) for one in rows if one.source_id in faults
    }


def _line(evidence: Evidence, fault: SourceFault, asked: Asked) -> EvidenceLine:
    source, common = evidence.source, asked.common(evidence.pk)
    return EvidenceLine(
        since_on=asked.day(evidence.pk, Anchor.CONFIRMED),
        source=Quoted(source.title, source.language or language_of(source.title)),
        fault=SourceFaultKind(fault.kind),
        note=Quoted(shortened(fault.note, NOTE), language_of(fault.note)),
        links=(_link(evidence, common["role"], asked),),
        **common,
    )


def _link(evidence: Evidence, role: Role | None, asked: Asked) -> Link:
    """A body corrects what it said itself; what others said, it can only read."""
    update, commitment = evidence.update, asked.commitment(evidence.pk)
    lead = commitment.lead
    if role == Role.REPORTER and lead and update.body_id == lead.organisation_id:
        return links.correct_update(update, commitment)
    return links.see_update(update)
