"""Whole sheets of commitments, as a form or a spreadsheet hands them in."""

from datetime import date
from decimal import Decimal

from commitments.rules.commitments import (
    CommitmentSaid,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
)
from commitments.rules.dates import LimitedDate
from commitments.services import plans
from tests.factories.clock import NOW, TODAY

LEAD = PartSaid(
    organisation="test-lead", role="lead", stage="announced", since=LimitedDate.parse("2026-01")
)
TARGET = TargetSaid(
    number=1,
    text_en="Test: 20,000 stations",
    metric="stations",
    unit="stations",
    comparator="at_least",
    value=Decimal(20000),
    baseline=Decimal(5),
    baseline_on=date(2026, 1, 1),
    direction="up",
    cumulation="latest",
    due=LimitedDate.parse("2026"),
)
MILESTONE = MilestoneSaid(number=1, title_en="Test step", due=LimitedDate.parse("2026-Q3"))
SOURCE = SourceSaid(title="Test page", publisher="Test press", url="https://example.org/test-page")


def sheet(**changes):
    """A pledge with everything that publication asks for."""
    said = {
        "kind": "corporate_pledge",
        "title_vi": "Cam kết thử",
        "title_en": "Test pledge",
        "note": "Test note",
        "speaker": "body",
        "due": LimitedDate.parse("2026-12-31"),
        "text_vi": "Lời thử",
        "text_en": "Test wording",
        "basis": "summarised",
        "stated_on": date(2026, 1, 15),
        "parts": (LEAD,),
        "targets": (TARGET,),
        "milestones": (MILESTONE,),
        "sources": (SOURCE,),
    }
    return CommitmentSaid(**(said | changes))


def begun(officer, programme, *, after=0, **changes):
    """A saved draft."""
    return plans.create_commitment(
        programme=programme,
        officer=officer,
        said=sheet(**changes),
        after=after,
        today=TODAY,
        now=NOW,
    )


def public(officer, programme, *, after=0, **changes):
    draft = begun(officer, programme, after=after, **changes)
    return plans.publish_plan(
        commitment=draft, officer=officer, version=draft.version, today=TODAY, now=NOW
    )
