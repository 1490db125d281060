"""The officer's page of reminders: what will go to whom, what waits, what failed, what went."""

import re
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest
from commitments.services import notices
from tests import factories
from tests.services.notices.conftest import local

PAGE = "/en/staff/reminders/"


@pytest.fixture
def owed(world, alice, dan, erin):
    """An update for May 2026, due on 15 June, is owed; Alice has the charge."""
    factories.AssignmentFactory(commitment=world.commitment, person=alice, assigned_by=erin)
    world.obligation = factories.ObligationFactory(commitment=world.commitment)
    return world


def run(*day):
    now = local(*day)
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    for digest_id in notices.digests_to_send(now=now):
        notices.deliver_digest(digest_id, now=now)


def look(client, user, *day, path=PAGE):
    client.force_login(user)
    with time_machine.travel(local(*day), tick=False):
        return client.get(path)


def words(html):
    """What a reader hears of a piece of the page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def section(response, name):
    found = re.search(rf'id="{name}".*?</section>', response.text, re.DOTALL)
    return found.group() if found else None


def rows(html):
    """The cells of the tables, without their heads."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[ >](.*?)</tr>", "".join(bodies), re.DOTALL)
    ]


MAY = " Update for May 2026, due on 15 June 2026"


def days(response):
    """Each coming day with its mails."""
    found = re.findall(
        r"<summary.*?>(.*?)</summary>(.*?)</details>", section(response, "coming"), re.DOTALL
    )
    return [(words(summary), rows(html)) for summary, html in found]


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
