"""What a mail says of commitments that nobody reports on (R9)."""

from commitments.emails.digest import ChargeLine
from commitments.rules.reminders import Anchor
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked


def charge_lines(asked: Asked) -> dict[int, ChargeLine]:
    return {
        key: ChargeLine(
            since_on=asked.day(key, Anchor.SINCE),
            links=(links.assign_somebody(asked.commitments[key]),),
            **asked.common(key),
        )
        for key in asked.notices
        if key in asked.commitments
    }
