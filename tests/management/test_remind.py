"""`manage.py remind` sends what is owed now, or says what it would send."""

from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from commitments.models import Digest, Notice
from tests import factories
from tests.services.notices.conftest import local


@pytest.fixture
def owed(world, alice):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    return factories.ObligationFactory(commitment=world.commitment)


def remind(*day, **options):
    out = StringIO()
    with time_machine.travel(local(*day), tick=False):
        call_command("remind", stdout=out, **options)
    return out.getvalue().splitlines()


def test_remind_sends_what_is_owed_once(owed):
    assert remind(6, 8) == [
        "Planned 1 reminder; 0 overtaken, 0 called off.",
        "Sent 1 of 1 mail.",
    ]
    assert remind(6, 8, 9) == [
        "Planned 0 reminders; 0 overtaken, 0 called off.",
        "Sent 0 of 0 mails.",
    ]
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]


def test_remind_dry_run_says_who_is_told_and_writes_nothing(owed):
    assert remind(6, 8, dry_run=True) == [
        "2026-06-08 08:30  R2   -5  CPT26-001 obligation  Alice <alice@example.org>",
        "1 reminder would go out with the next mails, 1 of them noted anew;"
        " 0 overtaken, 0 called off.",
        "Mail now: alice@example.org, 1 reminder",
        "1 mail now. Nothing was written.",
    ]
    assert (mail.outbox, Notice.objects.count(), Digest.objects.count()) == ([], 0, 0)


def test_remind_ends_with_an_error_when_a_mail_could_not_be_sent(owed, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Unreachable"

    with pytest.raises(CommandError) as refused:
        remind(6, 8)

    assert str(refused.value) == (
        "1 mail could not be sent. The officers' page of reminders says why."
    )
