"""The officer's page of reminders: what will go to whom, what waits, what failed, what went."""

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest
from tests import factories
from tests.services.notices.conftest import local
from tests.views.staff.reminders_seen import MAY, PAGE, days, look, rows, run, section


def test_reminder_list_shows_what_goes_to_whom_in_fourteen_days(owed, client, erin):
    response = look(client, erin, 6, 10)

    late = f"CPT26-001 update late: {{}} after the due date{MAY}".format
    assert days(response) == [
        (
            "Thursday, 11 June 2026: 1 mail",
            [["Alice 08:30", f"CPT26-001 update due: 2 working days before the due date{MAY}"]],
        ),
        (
            "Monday, 15 June 2026: 1 mail",
            [["Alice 08:30", f"CPT26-001 update due: on the due date{MAY}"]],
        ),
        ("Tuesday, 16 June 2026: 1 mail", [["Alice 08:30", late("1 working day")]]),
        (
            "Thursday, 18 June 2026: 2 mails",
            [["Alice 08:30", late("3 working days")], ["Dan 08:30", late("3 working days")]],
        ),
        (
            "Monday, 22 June 2026: 3 mails",
            [
                ["Alice 08:30", late("5 working days")],
                ["Dan 08:30", late("5 working days")],
                ["Erin 08:30", late("5 working days")],
            ],
        ),
    ]
    assert [section(response, name) for name in ("failed", "waiting")] == [None, None]
    assert "No mail went out" in section(response, "sent")


def test_reminder_list_shows_what_comes_of_a_period_that_is_not_open_yet(owed, client, erin):
    response = look(client, erin, 5, 20)

    assert days(response) == [
        (
            "Monday, 1 June 2026: 1 mail",
            [["Alice 08:30", f"CPT26-001 reporting period opened{MAY}"]],
        )
    ]


def test_reminder_list_shows_what_went(owed, client, erin):
    run(6, 8)
    run(6, 18)

    response = look(client, erin, 6, 18, 12)

    late = f"CPT26-001 update late: 3 working days after the due date{MAY}"
    assert rows(section(response, "sent")) == [
        ["Dan 18 June 2026 08:30", late],
        ["Alice 18 June 2026 08:30", late],
        [
            "Alice 8 June 2026 08:30",
            f"CPT26-001 update due: 5 working days before the due date{MAY}",
        ],
    ]
    assert rows(section(look(client, erin, 7, 3), "sent")) == []


def test_reminder_list_shows_what_waits_and_what_failed(owed, client, erin, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Unreachable"
    run(6, 8)

    response = look(client, erin, 6, 8, 12)

    assert rows(section(response, "failed")) == [
        [
            "Alice alice@example.org 8 June 2026",
            "Failed, will be tried again · 1 try · next at 08:31"
            " ConnectionRefusedError: [Errno 111] Connection refused",
        ]
    ]
    assert rows(section(response, "waiting")) == [
        [
            "Alice 8 June 2026 08:30",
            f"CPT26-001 update due: 5 working days before the due date{MAY}",
            "The mail could not be sent; the next try is at 08:31",
        ]
    ]


def test_reminder_list_remembers_a_failure_after_its_notices_moved_on(owed, client, erin, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Unreachable"
    run(6, 8)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run(6, 9)

    response = look(client, erin, 6, 9, 12)

    assert rows(section(response, "failed")) == [
        [
            "Alice alice@example.org 8 June 2026",
            "Given up · 1 try ConnectionRefusedError: [Errno 111] Connection refused",
        ]
    ]
    assert rows(section(response, "sent")) == [
        [
            "Alice 9 June 2026 08:30",
            f"CPT26-001 update due: 5 working days before the due date{MAY}",
        ]
    ]


def test_reminder_list_is_for_officers(owed, client, alice, carol):
    assert [look(client, person, 6, 10).status_code for person in (alice, carol)] == [403, 403]
    client.logout()
    assert client.get(PAGE).headers["Location"] == f"/en/staff/log-in/?next={PAGE}"


def test_reminder_list_shows_an_officer_their_own_programmes_only(owed, client, alice):
    run(6, 8)
    Digest.objects.update(state="failed", sent_at=None)
    stranger = factories.UserFactory(full_name="Test stranger")
    unit = factories.OrganisationFactory(kind="ministry")
    factories.MembershipFactory(user=stranger, organisation=unit, role="officer")
    factories.ProgrammeFactory(delivery_unit=unit)

    response = look(client, stranger, 6, 9)

    assert response.status_code == 200
    assert "Nothing falls due until 23 June 2026" in response.text
    assert "Alice" not in response.text
    assert "CPT26-001" not in response.text


def test_reminder_list_asks_as_many_queries_for_one_as_for_ten(owed, client, erin, alice):
    def add(number):
        commitment = factories.CommitmentFactory(programme=owed.programme, slug=f"test-{number}")
        factories.ParticipationFactory(commitment=commitment, organisation=owed.body)
        person = factories.UserFactory()
        factories.MembershipFactory(user=person, organisation=owed.body)
        factories.AssignmentFactory(commitment=commitment, person=person, assigned_by=alice)
        factories.ObligationFactory(commitment=commitment, period=owed.obligation.period)

    def count():
        run(6, 8)
        client.force_login(erin)
        at_noon = time_machine.travel(local(6, 8, 12), tick=False)
        with at_noon, CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    one = count()
    for number in range(9):
        add(number)

    assert count() == one
