"""The page of the dry run: what would be noted, ended and sent, and nothing is written."""

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest, Heartbeat, Notice
from tests import factories
from tests.services.notices.conftest import local
from tests.views.staff.reminders_seen import MAY, look, rows, run, section, words

PAGE = "/en/staff/reminders/dry-run/"


def tables():
    return [list(model.objects.order_by("pk").values()) for model in (Notice, Digest, Heartbeat)]


def test_reminder_dry_run_tells_everything_and_writes_nothing(owed, client, erin, dan):
    run(6, 8)
    Notice.objects.update(state="planned", digest=None)
    Digest.objects.all().delete()
    before = tables()

    response = look(client, erin, 6, 18, path=PAGE)

    due = f"CPT26-001 update due: {{}}{MAY}".format
    late = f"CPT26-001 update late: {{}}{MAY}".format
    told = late("3 working days after the due date")
    assert {name: rows(section(response, name) or "") for name in NAMES} == {
        "mails": [["Alice Mail of the day", told], ["Dan Mail of the day", told]],
        "planned": [["Alice 18 June 2026 08:30", told], ["Dan 18 June 2026 08:30", told]],
        "skipped": [
            ["Alice 11 June 2026 08:30", due("2 working days before the due date")],
            ["Alice 15 June 2026 08:30", due("on the due date")],
            ["Alice 16 June 2026 08:30", late("1 working day after the due date")],
        ],
        "superseded": [
            ["Alice 1 June 2026 08:30", f"CPT26-001 reporting period opened{MAY}"],
            ["Alice 8 June 2026 08:30", due("5 working days before the due date")],
        ],
        "cancelled": [],
    }
    assert tables() == before


NAMES = ("mails", "planned", "skipped", "superseded", "cancelled")


def test_reminder_dry_run_says_why_something_would_be_cancelled(owed, client, erin):
    run(6, 8)
    Notice.objects.filter(state="sent").update(state="planned")
    owed.obligation.waived_at, owed.obligation.waived_by = local(6, 8), erin
    owed.obligation.waiver_reason_en = "Test"
    owed.obligation.save()

    response = look(client, erin, 6, 9, path=PAGE)

    assert [row[1].rsplit(" ", 1)[1] for row in rows(section(response, "cancelled"))] == ["Waived"]
    assert section(response, "mails") is None


def test_reminder_dry_run_says_that_nothing_would_change(owed, client, erin):
    run(6, 8)

    assert "Nothing would change" in words(look(client, erin, 6, 8, 9, path=PAGE).text)


def test_reminder_dry_run_asks_as_many_queries_for_one_as_for_many(owed, client, erin):
    def count():
        client.force_login(erin)
        with (
            time_machine.travel(local(6, 18), tick=False),
            CaptureQueriesContext(connection) as asked,
        ):
            client.get(PAGE)
        return len(asked)

    one = count()
    for _number in range(9):
        person = factories.MembershipFactory(organisation=owed.body).user
        factories.AssignmentFactory(commitment=owed.commitment, person=person)

    assert count() == one
