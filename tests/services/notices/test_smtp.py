"""What a real mail server answers, and what becomes of the digest and of the address."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings

from commitments.models import Digest, MailFault, Notice
from commitments.rules.retries import next_try
from commitments.services import notices
from commitments.services.notices.delivery import LEASE
from commitments.services.nudges import nudge
from commitments.tasks import send_digest
from tests import factories
from tests.services.notices.conftest import local, rows
from tests.services.notices.mail_server import (
    DROP,
    HANG,
    TAKE_AND_DROP,
    free_port,
    mail_server,
)

NOW = local(6, 8)


@pytest.fixture
def postman(settings):
    with mail_server(settings) as found:
        yield found


def run(now):
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    return [notices.deliver_digest(pk, now=now) for pk in notices.digests_to_send(now=now)]


def faults():
    return list(
        MailFault.objects.order_by("pk").values_list("kind", "code", "said", "address", "digest")
    )


@dataclass
class Case:
    """What the server answers at which step, or how we are set up; and what we then note."""

    answers: dict = field(default_factory=dict)
    set_up: dict = field(default_factory=dict)
    error: str = ""
    hard: tuple = ()


CASES = [
    Case({"rcpt": "550 5.1.1 no such user"}, {}, "SMTPRecipientsRefused", ("5.1.1", "5.1.1 no such user")),
    Case({"rcpt": "550 unknown"}, {}, "SMTPRecipientsRefused", ("550", "unknown")),
    Case({"data": "550 5.1.1 no such user"}, {}, "SMTPDataError", ("5.1.1", "5.1.1 no such user")),
    Case({"rcpt": "450 4.2.0 greylisted"}, {}, "SMTPRecipientsRefused"),
    Case({"rcpt": "554 5.7.1 relay access denied"}, {}, "SMTPRecipientsRefused"),
    Case({"mail": "550 5.1.8 who are you"}, {}, "SMTPSenderRefused"),
    Case({"data": "554 5.6.0 looks like spam"}, {}, "SMTPDataError"),
    Case({"data": "451 4.3.0 later"}, {}, "SMTPDataError"),
    Case({"rcpt": HANG}, {}, "SMTPServerDisconnected"),
    Case({"data": HANG}, {}, "SMTPServerDisconnected"),
    Case({"rcpt": DROP}, {}, "SMTPServerDisconnected"),
    Case({"data": DROP}, {}, "SMTPServerDisconnected"),
    Case({}, {"EMAIL_HOST_USER": "test", "EMAIL_HOST_PASSWORD": "test"}, "SMTPNotSupportedError"),
    Case({}, {"EMAIL_USE_TLS": True}, "SMTPNotSupportedError"),
    Case({}, {"EMAIL_USE_SSL": True}, "SSLError"),
    Case({}, {"EMAIL_PORT": free_port()}, "ConnectionRefusedError"),
]  # fmt: skip


def test_every_answer_of_a_server_is_tried_again_or_is_a_fault_of_the_address(
    owed, postman, settings
):
    notices.plan_notices(now=NOW)
    notices.make_digests(now=NOW)
    digest = Digest.objects.get()
    found, expected = [], []
    for case in CASES:
        Digest.objects.update(state="planned", tries=0, next_try_at=NOW, last_error="")
        MailFault.objects.all().delete()
        postman.answers = case.answers
        before = {name: getattr(settings, name) for name in case.set_up}
        for name, value in case.set_up.items():
            setattr(settings, name, value)

        assert notices.deliver_digest(digest.pk, now=NOW) is False

        for name, value in before.items():
            setattr(settings, name, value)
        digest.refresh_from_db()
        error = digest.last_error.partition(":")[0]
        found.append((error, digest.state, digest.next_try_at, digest.leased_until, faults()))
        again = NOW if case.hard else next_try(1, NOW, digest.message_id)
        noted = [("refused", *case.hard, "alice@example.org", digest.pk)] if case.hard else []
        expected.append((case.error, "dead" if case.hard else "failed", again, None, noted))

    assert found == expected
    assert (postman.taken, rows(state="sent")) == ([], [])


def test_a_server_that_takes_the_mail_ends_former_refusals_of_the_address(owed, alice, postman):
    def fault(**columns):
        return factories.MailFaultFactory(
            **{"person": alice, "address": alice.email, "happened_at": local(6, 1)} | columns
        )

    fault(address="Alice@Example.org")
    fault(kind="bounced")
    fault(address="old@example.org")
    fault(cleared_at=local(6, 2))
    fault(person=owed.sam)

    assert run(NOW) == [True]

    assert postman.taken == [Digest.objects.get().message_id]
    cleared = MailFault.objects.order_by("pk").values_list("cleared_at", flat=True)
    assert list(cleared) == [NOW, None, None, local(6, 2), None]


def test_a_server_that_takes_the_mail_and_drops_the_line_gets_a_second_copy_of_one_name(
    owed, postman
):
    """It cannot be known that it was taken; the receiving server sees that both are one."""
    postman.answers = {"data": TAKE_AND_DROP}
    assert run(NOW) == [False]
    postman.answers = {}

    assert run(NOW + timedelta(minutes=2)) == [True]

    assert postman.taken == [Digest.objects.get().message_id] * 2


def test_what_a_refused_address_was_to_be_told_goes_with_the_next_working_day(owed, postman):
    postman.answers = {"rcpt": "550 5.1.1 no such user"}
    assert run(local(6, 12)) == [False]
    digest = Digest.objects.get()
    assert (digest.state, digest.tries) == ("dead", 1)
    assert [run(local(6, 12, 9)), run(local(6, 13)), run(local(6, 14))] == [[], [], []]
    postman.answers = {}

    assert run(local(6, 15)) == [True]

    assert [(kind, code) for kind, code, *_rest in faults()] == [("refused", "5.1.1")]
    assert rows(state="sent") == [("R2", "+0", "Alice", "sent")]
    assert MailFault.objects.standing().count() == 0


def test_a_single_mail_that_is_refused_goes_with_the_next_mail_of_the_day(owed, erin, postman):
    postman.answers = {"rcpt": "550 5.1.1 no such user"}
    nudge(obligation=owed.obligation, by=erin, now=local(6, 8, 20, 0))
    Notice.objects.exclude(rule="N1").delete()
    notices.make_digests(now=local(6, 8, 20, 0))
    single = Digest.objects.get(kind="single")
    assert notices.deliver_digest(single.pk, now=local(6, 8, 20, 0)) is False
    single.refresh_from_db()
    assert (single.state, single.tries) == ("dead", 1)
    postman.answers = {}

    assert run(local(6, 9)) == [True]

    notice = Notice.objects.get(rule="N1")
    assert (notice.state, notice.digest.kind) == ("sent", "daily")
    assert len(postman.taken) == 1


def test_a_server_that_takes_the_mail_and_does_not_say_goodbye_has_taken_it(owed, postman):
    for way in (HANG, DROP, "550 no"):
        Digest.objects.all().update(state="planned", sent_at=None, tries=0, next_try_at=NOW)
        Notice.objects.filter(step="-5").update(state="planned")
        postman.answers = {"quit": way}

        assert run(NOW) == [True]

    assert len(postman.taken) == 3


def test_a_lease_outlives_the_job_that_holds_it_and_a_job_a_slow_server():
    """Else two would send at a time, or none would ever get through."""
    hard, soft = send_digest.time_limit, send_digest.soft_time_limit
    steps = 7  # connect, EHLO, log in, MAIL, RCPT, DATA, the mail

    assert settings.EMAIL_TIMEOUT * steps < soft < hard
    assert timedelta(seconds=2 * hard) <= LEASE
