"""The ledger: every notice with what became of it, its mail, and who was told before."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest, Notice
from tests import factories
from tests.services.notices.conftest import local
from tests.views.staff.reminders_seen import MAY, look, rows, run, words

LEDGER = "/en/staff/reminders/ledger/"
LATE = "CPT26-001 update late: {} after the due date" + MAY
DUE = "CPT26-001 update due: {}" + MAY


@pytest.fixture
def past(owed):
    """Told in time, too late once, late with the approver; one skipped, one called off."""
    run(6, 8)
    run(6, 16)
    run(6, 18)
    Notice.objects.filter(step="+3", recipient__email="dan@example.org").update(
        state="cancelled", cancelled_because="waived"
    )
    return owed


def listed(response):
    return rows(response.text)


def test_reminder_ledger_lists_everything_newest_first(past, client, erin):
    response = look(client, erin, 6, 18, 12, path=LEDGER)

    assert listed(response) == [
        [
            "Dan 18 June 2026 08:30 R3 +3",
            f"{LATE.format('3 working days')} Told before: Alice, 16 June 2026",
            "Cancelled Waived Mail of the day, 18 June 2026 : sent",
        ],
        [
            "Alice 18 June 2026 08:30 R3 +3",
            LATE.format("3 working days"),
            "Sent Mail of the day, 18 June 2026",
        ],
        [
            "Alice 16 June 2026 08:30 R3 +1",
            LATE.format("1 working day"),
            "Sent Mail of the day, 16 June 2026",
        ],
        ["Alice 15 June 2026 08:30 R2 +0", DUE.format("on the due date"),
         "Superseded by a later step"],
        ["Alice 11 June 2026 08:30 R2 -2", DUE.format("2 working days before the due date"),
         "Superseded by a later step"],
        ["Alice 8 June 2026 08:30 R2 -5", DUE.format("5 working days before the due date"),
         "Sent Mail of the day, 8 June 2026"],
        ["Alice 1 June 2026 08:30 R1 +0", f"CPT26-001 reporting period opened{MAY}",
         "Superseded by a later step"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=sent", 3),
        ("state=superseded", 3),
        ("state=planned", 0),
        ("state=dead", 0),
        ("reason=waived", 1),
        ("reason=moved", 0),
        ("rule=R3&person=dan", 1),
        ("person=alice", 6),
        ("programme=test", 7),
        ("commitment=cpt26-001", 7),
        ("commitment=CPT26-002", 0),
        ("first=15/6/2026&last=16/6/2026", 2),
        ("first=nonsense", 7),
        ("state=nonsense", 7),
    ],
)
def test_reminder_ledger_is_narrowed(past, client, erin, query, found):
    response = look(client, erin, 6, 18, 12, path=f"{LEDGER}?{query}")

    assert (response.status_code, len(listed(response))) == (200, found)
    assert ("No reminder is like this" in response.text) is (found == 0)


def test_reminder_ledger_tells_of_mails_that_failed(owed, client, erin, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Unreachable"
    run(6, 8)

    response = look(client, erin, 6, 8, 12, path=f"{LEDGER}?state=failed")

    assert [row[2] for row in listed(response)] == [
        "Planned Mail of the day, 8 June 2026 : failed, will be tried again"
    ]
    assert listed(look(client, erin, 6, 8, 12, path=f"{LEDGER}?state=dead")) == []


def test_reminder_ledger_pages_in_as_many_queries(owed, client, erin, alice):
    def count():
        client.force_login(erin)
        with (
            time_machine.travel(local(6, 8, 12), tick=False),
            CaptureQueriesContext(connection) as asked,
        ):
            response = client.get(LEDGER)
        return len(asked), len(listed(response))

    def add(number):
        return factories.NoticeFactory(
            recipient=factories.UserFactory(), commitment=owed.commitment,
            subject_id=owed.obligation.pk, cycle="2026-06-15", step=f"+{number}",
        )  # fmt: skip

    add(1)
    one, _rows = count()
    for number in range(2, 60):
        add(number)

    assert count() == (one, 50)


def test_digest_detail_tells_of_one_mail(past, client, erin):
    mail = Digest.objects.get(day_on="2026-06-18", recipient__email="alice@example.org")
    path = f"/en/staff/reminders/mails/{mail.pk}/"

    response = look(client, erin, 6, 18, 12, path=path)

    assert listed(response) == [
        [LATE.format("3 working days"), "Sent Mail of the day, 18 June 2026"]
    ]
    found = words(response.text)
    assert "Mail of the day to Alice" in found
    assert f"Subject {mail.subject}" in found
    assert "Taken by the mail server at 18 June 2026 08:30" in found
    assert "The text of a mail is not kept" in found
    assert re.search(r"Message-ID\s+<digest-", found)


def test_digest_detail_says_no_subject_that_may_name_what_other_units_deliver(
    past, client, erin, alice
):
    mail = Digest.objects.get(day_on="2026-06-18", recipient=alice)
    other = factories.CommitmentFactory()
    factories.NoticeFactory(
        recipient=alice, commitment=other, subject_id=other.pk, digest=mail, state="sent",
        rule="R6", cycle="a1",
    )  # fmt: skip

    response = look(client, erin, 6, 18, 12, path=f"/en/staff/reminders/mails/{mail.pk}/")

    assert mail.subject not in response.text
    found = words(response.text)
    assert "Subject Not shown, as it may name what other units deliver." in found
    assert "It carried 1 more reminder, of programmes that other units deliver." in found


def test_the_ledger_is_for_officers_of_the_programme(past, client, alice, dan, carol):
    stranger = factories.UserFactory(full_name="Test stranger")
    unit = factories.OrganisationFactory(kind="ministry")
    factories.MembershipFactory(user=stranger, organisation=unit, role="officer")
    factories.ProgrammeFactory(delivery_unit=unit)
    mail = f"/en/staff/reminders/mails/{Digest.objects.first().pk}/"
    dry_run = "/en/staff/reminders/dry-run/"

    for person in (alice, dan, carol):
        seen = [
            look(client, person, 6, 18, path=path).status_code for path in (LEDGER, mail, dry_run)
        ]
        assert seen == [403, 403, 403]
    seen = [look(client, stranger, 6, 18, path=path) for path in (LEDGER, mail, dry_run)]
    assert [one.status_code for one in seen] == [200, 404, 200]
    assert not any("Alice" in one.text for one in seen)


def test_the_ledger_holds_notices_of_addresses_of_those_who_work_there(past, client, erin, alice):
    factories.NoticeFactory(
        rule="R9", subject_kind="address", subject_id=alice.pk, cycle="f1", step="+0",
        recipient=erin, commitment=None, due_at=local(6, 19), by_itself=True,
    )  # fmt: skip
    elsewhere = factories.UserFactory(full_name="Test elsewhere")
    factories.NoticeFactory(
        rule="R9", subject_kind="address", subject_id=elsewhere.pk, cycle="f2", step="+0",
        recipient=elsewhere, commitment=None, due_at=local(6, 19), by_itself=True,
    )  # fmt: skip

    first, second = listed(look(client, erin, 6, 19, 12, path=LEDGER))[:2]

    assert first[:2] == [
        "Erin 19 June 2026 08:30 R9 +0",
        "nobody assigned, or mail bounced: at once Mail does not reach Alice",
    ]
    assert second[0] == "Dan 18 June 2026 08:30 R3 +3"
