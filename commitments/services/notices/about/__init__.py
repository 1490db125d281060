"""What a mail says of each kind of thing that notices are about, a block for each commitment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from commitments.emails.digest import Item, Line
from commitments.emails.quoted import Quoted, quoted
from commitments.models import Commitment, Notice, Organisation, User
from commitments.rules.moments import day_of
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.about._asked import Asked, others_told
from commitments.services.notices.about.addresses import address_lines, invented
from commitments.services.notices.about.changes import change_lines
from commitments.services.notices.about.charges import charge_lines
from commitments.services.notices.about.dates import commitment_lines, milestone_lines
from commitments.services.notices.about.evidence import evidence_lines
from commitments.services.notices.about.obligations import owed_lines
from commitments.services.notices.about.updates import update_lines
from commitments.services.notices.standing import Known

Lines = Callable[[Asked], Mapping[int, Line]]
"""The lines of the notices of a kind, by the ids of what they are about; in the language that is
active, in as many queries for one as for many."""

ITEMS: Mapping[str, Lines] = {
    "obligation": owed_lines,
    "milestone": milestone_lines,
    "commitment": commitment_lines,
    "update": update_lines,
    "change": change_lines,
    "evidence": evidence_lines,
    "charge": charge_lines,
    "address": address_lines,
}


class Gathered(NamedTuple):
    """The blocks of a mail, and the delivery units of the commitments in it."""

    items: list[Item]
    units: list[Organisation]


def gather(
    notices: Sequence[Notice], facts: Known, recipient: int, now: datetime, calendar: WorkCalendar
) -> Gathered:
    """What a mail says of these notices, in the language that is active."""
    commitments = _commitments(notices)
    others = others_told(notices, recipient)
    lines: dict[int, list[Line]] = defaultdict(list)
    addresses: dict[int, Line] = {}
    for kind, lines_of in ITEMS.items():
        own = {one.subject_id: one for one in notices if one.subject_kind == kind}
        if not own:
            continue
        known = {key: facts[kind, key] for key in own if (kind, key) in facts}
        standing = {key: own[key] for key in known}
        today = day_of(now)
        asked = Asked(kind, standing, known, recipient, today, calendar, others, commitments)
        for key, line in lines_of(asked).items():
            if (about := own[key].commitment_id) is None:
                addresses[key] = line
            else:
                lines[about].append(line)
    items = [_about_commitment(commitments[key], own) for key, own in lines.items()]
    units = {one.programme.delivery_unit for one in commitments.values()}
    return Gathered([*items, *_about_people(addresses)], [one for one in units if one])


def _commitments(notices: Iterable[Notice]) -> dict[int, Commitment]:
    keys = {one.commitment_id for one in notices if one.commitment_id}
    rows = Commitment.objects.filter(pk__in=keys).select_related("programme__delivery_unit")
    return {one.pk: one for one in rows.prefetch_related("participations__organisation")}


def _about_commitment(commitment: Commitment, lines: Sequence[Line]) -> Item:
    lead = commitment.lead
    return Item(
        title=quoted(commitment, "title"),
        lines=lines,
        thread=f"commitment-{commitment.slug}",
        reference=commitment.reference or "",
        body=quoted(lead.organisation, "name") if lead else None,
        is_demo=commitment.programme.is_demo,
    )


def _about_people(lines: Mapping[int, Line]) -> list[Item]:
    """A block for each person; none and no query where there are no such lines."""
    if not lines:
        return []
    people, demo = User.objects.in_bulk(list(lines)), invented(lines)
    return [
        Item(
            title=Quoted(str(people[key]), ""),
            lines=[line],
            thread=f"address-{key}",
            is_demo=key in demo,
        )
        for key, line in lines.items()
    ]
