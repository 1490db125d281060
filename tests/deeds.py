"""Drives an update along its way by the real services, on the tests' own day."""

from datetime import timedelta
from decimal import Decimal

from commitments.services import drafts, updates
from commitments.services.citations import EvidenceSaid
from tests.factories.clock import NOW, TODAY

SAID = {
    "kind": "progress",
    "as_of_on": TODAY,
    "stage": "in_progress",
    "forecast": "not_given",
    "summary_en": "Test: work is under way.",
}
"""What a whole update says of a commitment without date and target."""

PAGE = EvidenceSaid(
    title="Test page",
    publisher="Test publisher",
    url="https://example.org/test-page",
    relation="third_party",
)
"""Evidence from somebody other than the body."""


def draft(author, commitment, *, evidence=(), measured=None, corrects=None, now=NOW, **said):
    """A saved draft; `said` changes what a whole one says."""
    begun = drafts.start_draft(
        commitment=commitment, author=author, today=TODAY, now=now, corrects=corrects
    )
    return drafts.save_draft(
        update=begun,
        author=author,
        said=SAID | said,
        evidence=list(evidence),
        measured={key: Decimal(value) for key, value in (measured or {}).items()},
        version=begun.version,
        now=now,
    )


def submitted(author, commitment, *, today=TODAY, now=NOW, **said):
    written = draft(author, commitment, now=now, **said)
    return updates.submit_update(update=written, author=author, today=today, now=now)


def approved(author, approver, commitment, *, now=NOW, **said):
    handed_in = submitted(author, commitment, now=now, **said)
    return updates.approve_update(update=handed_in, approver=approver, now=now)


def published(author, approver, officer, commitment, *, now=NOW, **said):
    signed = approved(author, approver, commitment, now=now, **said)
    return updates.publish_update(update=signed, publisher=officer, today=TODAY, now=now)


def returned(author, reviewer, commitment, *, comment="Test: please add figures.", **said):
    handed_in = submitted(author, commitment, **said)
    return updates.return_update(update=handed_in, reviewer=reviewer, comment=comment, now=NOW)


def later(minutes):
    return NOW + timedelta(minutes=minutes)
