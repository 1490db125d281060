"""What a mail says of dates that come near or have passed (R4)."""

from datetime import date

from commitments.emails.digest import DueLine, Link
from commitments.emails.quoted import Quoted, quoted
from commitments.models import Commitment, Milestone, Role
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked


def milestone_lines(asked: Asked) -> dict[int, DueLine]:
    rows = Milestone.objects.filter(pk__in=asked.notices)
    return {
        one.pk: _line(one.pk, asked, one.due, one.due_latest, quoted(one, "title"), one.number)
        for one in rows
    }


def commitment_lines(asked: Asked) -> dict[int, DueLine]:
    """Of the commitments themselves: their present due dates."""
    return {
        key: _line(key, asked, one.due, one.due_latest)
        for key, one in asked.commitments.items()
        if key in asked.notices and one.due_latest
    }


def _line(
    key: int,
    asked: Asked,
    due: str,
    due_on: date,
    title: Quoted | None = None,
    number: int | None = None,
) -> DueLine:
    common = asked.common(key)
    return DueLine(
        title=title,
        due=due,
        due_on=due_on,
        days_left=(due_on - asked.today).days,
        links=_links(asked.commitment(key), common["role"], number),
        **common,
    )


def _links(commitment: Commitment, role: Role | None, milestone: int | None) -> tuple[Link, ...]:
    """Who reports says how it stands, or asks for another date."""
    if role == Role.REPORTER:
        return links.write_update(commitment), links.move_date(commitment, milestone)
    return (links.see_commitment(commitment, role),)
