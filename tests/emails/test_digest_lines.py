"""The words of single lines: dates as precisely as they are known, and the rarer kinds."""

from dataclasses import replace
from datetime import date

import pytest

from commitments.emails.digest import build_digest
from commitments.emails.quoted import Quoted
from commitments.models import SourceFaultKind
from tests.emails import rich
from tests.emails.rich import mail, pledge

pytestmark = pytest.mark.usefixtures("addresses")


def line_in(text, mark):
    """The lines that begin with the mark of an entry."""
    return [line for line in text.splitlines() if line.startswith(mark)]


@pytest.mark.parametrize(
    ("due", "day", "days_left", "expected"),
    [
        ("2026-06-30", date(2026, 6, 30), 7, "Due on 30 June 2026, in 7 days."),
        ("2026-06-30", date(2026, 6, 30), 1, "Due on 30 June 2026, in 1 day."),
        ("2026-06-30", date(2026, 6, 30), 0, "Due today, 30 June 2026."),
        ("2026-06-30", date(2026, 6, 30), -1, "It was due on 30 June 2026 and is 1 day past due."),
        ("2026-06-30", date(2026, 6, 30), -7, "It was due on 30 June 2026 and is 7 days past due."),
        ("2026", date(2026, 12, 31), 30, "Due in 2026, which ends in 30 days."),
        ("2026-Q2", date(2026, 6, 30), 1, "Due in Q2 2026, which ends in 1 day."),
        ("2026-06", date(2026, 6, 30), 0, "Due in June 2026, which ends today."),
        ("2026", date(2026, 12, 31), -1, "It was due in 2026 and is 1 day past due."),
        ("2026", date(2026, 12, 31), -31, "It was due in 2026 and is 31 days past due."),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(due, day, days_left, expected):
    said = build_digest(mail(pledge(rich.due(due, day, days_left)))).body

    assert line_in(said, "*") == [f"* {expected}"]
    assert "31 December" not in said


def test_a_milestone_is_named():
    line = rich.due(title=Quoted("Test milestone", "en"))

    assert line_in(build_digest(mail(pledge(line))).body, "*") == [
        "* Milestone “Test milestone”. Due on 30 June 2026, in 7 days."
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            rich.returned(fields=0),
            "* Your update as of 31 May 2026 was returned to you by Test Reviewer on 19 June 2026.",
        ),
        (
            replace(rich.returned(fields=1), as_of_on=None),
            "* Your update was returned to you by Test Reviewer on 19 June 2026. 1 field has a "
            "comment of its own, which you see in the form.",
        ),
        (
            rich.evidence(SourceFaultKind.ALTERED),
            "* The source “Bài báo thử nghiệm” says something else than when it was cited, as was "
            "confirmed on 17 June 2026. Evidence of this commitment rests on it.",
        ),
    ],
)
def test_the_rarer_words(line, expected):
    assert line_in(build_digest(mail(pledge(line))).body, "*") == [expected]
