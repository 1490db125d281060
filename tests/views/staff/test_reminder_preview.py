"""The preview of fourteen days: every kind of thing, who stands in, who asked for silence."""

import io

import openpyxl
import pytest

from tests import factories
from tests.services.notices.conftest import local
from tests.views.staff.reminders_seen import MAY, PAGE, days, look, section, words


def mail_of(response, name):
    """Every line that somebody gets, by day."""
    return [(day, cells[1]) for day, found in days(response) for cells in found if name in cells[0]]


def test_reminder_list_tells_of_milestones_and_commitments(owed, client, erin):
    owed.commitment.reporting_opened_on = local(1, 5).date()
    owed.commitment.reporting_opened_by = erin
    owed.commitment.save()
    factories.MilestoneFactory(
        commitment=owed.commitment, title_en="Test step", due="2026-06-17",
        due_earliest="2026-06-17", due_latest="2026-06-17",
    )  # fmt: skip

    response = look(client, erin, 6, 9, path=f"{PAGE}?rule=R4")

    step = "Milestone 1: Test step, due 17 June 2026"
    when = "CPT26-001 milestone or commitment due: {}".format
    assert days(response) == [
        (
            "Wednesday, 10 June 2026: 1 mail",
            [["Alice 08:30", f"{when('7 days before the due date')} {step}"]],
        ),
        (
            "Tuesday, 16 June 2026: 1 mail",
            [["Alice 08:30", f"{when('1 working day before the due date')} {step}"]],
        ),
        (
            "Thursday, 18 June 2026: 2 mails",
            [
                ["Alice 08:30", f"{when('1 day after the due date')} {step}"],
                ["Erin 08:30", f"{when('1 day after the due date')} {step}"],
            ],
        ),
    ]


def test_reminder_list_names_who_is_away(owed, client, erin, alice):
    cover = factories.UserFactory(full_name="Test cover")
    factories.MembershipFactory(user=cover, organisation=owed.body)
    factories.AbsenceFactory(
        person=alice, cover=cover, starts_on="2026-06-11", ends_on="2026-06-12"
    )

    response = look(client, erin, 6, 10)

    due = "CPT26-001 update due: {}".format
    assert mail_of(response, "Test cover") == [
        (
            "Thursday, 11 June 2026: 1 mail",
            f"{due('2 working days before the due date')}{MAY} instead of Alice, who is away",
        )
    ]
    assert mail_of(response, "Alice")[0] == (
        "Monday, 15 June 2026: 1 mail",
        f"{due('on the due date')}{MAY}",
    )


def test_reminder_list_says_who_is_not_told_as_they_asked(owed, client, erin, alice):
    factories.MuteFactory(person=alice, topic="R1")

    response = look(client, erin, 5, 20)

    assert words(section(response, "coming")).endswith(
        "Monday, 1 June 2026: 0 mails Not told, as they asked not to be told of this:"
        " Alice: CPT26-001 reporting period opened"
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=alice", 5),
        ("person=dan&rule=R3", 2),
        ("rule=R2", 2),
        ("programme=test&rule=R3", 3),
        ("programme=nonsense", 5),
        ("rule=nonsense", 5),
        ("person=nobody", 0),
    ],
)
def test_reminder_list_is_narrowed(owed, client, erin, query, found):
    response = look(client, erin, 6, 10, path=f"{PAGE}?{query}")

    assert (response.status_code, len(days(response))) == (200, found)
    assert ("Nothing like this falls due in these days" in response.text) is (found == 0)


def test_reminder_list_cuts_a_long_day(owed, client, erin):
    for number in range(60):
        person = factories.UserFactory(full_name=f"Test person {number:02}")
        factories.MembershipFactory(user=person, organisation=owed.body)
        factories.AssignmentFactory(commitment=owed.commitment, person=person)

    response = look(client, erin, 6, 10)

    first = days(response)[0]
    assert (first[0], len(first[1])) == ("Thursday, 11 June 2026: 61 mails", 50)
    assert "And 11 more mails: narrow the list, or download all of it." in response.text
    saved = look(client, erin, 6, 10, path=f"{PAGE}coming.csv?rule=R2")
    assert b"".join(saved.streaming_content).count(b"\n") == 2 + 2 * 61


def test_reminder_export_is_what_is_asked_for(owed, client, erin, alice):
    saved = look(client, erin, 6, 10, path=f"{PAGE}coming.xlsx?rule=R2")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(saved.streaming_content))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        [
            f"2026-06-{day} 08:30", "Alice", "alice@example.org", "R2", f"update due: {when}",
            "CPT26-001", MAY.strip(), None,
        ]
        for day, when in [("11", "2 working days before the due date"), ("15", "on the due date")]
    ]  # fmt: skip
    assert look(client, alice, 6, 10, path=f"{PAGE}coming.csv").status_code == 403
    assert look(client, erin, 6, 10, path=f"{PAGE}coming.pdf").status_code == 404
