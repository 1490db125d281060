"""Which failures speak against an address, and how many are too many."""

import smtplib
import ssl
from datetime import timedelta

import pytest

from commitments.models import MailFault
from commitments.rules.mail_faults import (
    Failure,
    as_text,
    clean_code,
    hard_failure,
    is_soft,
    is_unreached,
    last_straw,
)
from tests.factories.clock import NOW

HERE = "alice@example.org"


def refused(code, said):
    return smtplib.SMTPRecipientsRefused({HERE: (code, said)})


def fault(number, address=HERE, **columns):
    return MailFault(
        pk=number, address=address, happened_at=NOW + timedelta(days=number), **columns
    )


@pytest.mark.parametrize(
    ("code", "said", "found"),
    [
        (550, b"Test refusal", "550"),
        (550, b"5.1.1 <alice@example.org>: user unknown", "5.1.1"),
        (550, b"5.1.10 null MX", "5.1.10"),
        (550, b"5.4.1 Recipient address rejected", "5.4.1"),
        (551, b"moved", "551"),
        (552, b"5.2.2 mailbox full", "5.2.2"),
        (553, b"5.1.3 bad syntax", "5.1.3"),
        (554, b"5.0.0 Test refusal", "554"),
        (556, b"", "556"),
        # What is not about the address, and what may pass.
        (450, b"4.2.0 greylisted", None),
        (421, b"closing", None),
        (550, b"5.1.8 sender's domain not found", None),
        (554, b"5.7.1 <alice@example.org>: relay access denied", None),
        (552, b"5.2.3 too big", None),
        (550, b"5.4.14 hop count exceeded", None),
        (550, b"4.7.1 try later", None),
        (530, b"authentication required", None),
        (503, b"need MAIL first", None),
        (-1, b"", None),
    ],
)
def test_hard_failure_is_about_the_address(code, said, found):
    failure = hard_failure(refused(code, said))

    assert failure == (Failure(found, said.decode()) if found else None)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPSenderRefused(550, b"5.1.1 sender", "office@example.org"),
        smtplib.SMTPDataError(554, b"looks like spam"),
        smtplib.SMTPDataError(550, b"5.7.1 blocked"),
        smtplib.SMTPDataError(451, b"4.3.0 later"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong password"),
        smtplib.SMTPHeloError(550, b"5.1.1 no"),
        smtplib.SMTPConnectError(554, b"no service"),
        smtplib.SMTPNotSupportedError("SMTPUTF8 not supported"),
        TimeoutError("timed out"),
        ssl.SSLError(1, "certificate verify failed"),
        ConnectionRefusedError(111, "Connection refused"),
        ValueError("Invalid address"),
    ],
)
def test_hard_failure_is_nothing_else(error):
    assert hard_failure(error) is None


def test_hard_failure_may_come_after_the_words_of_the_mail():
    late = smtplib.SMTPDataError(550, b"5.1.1 no such user here")

    assert hard_failure(late) == Failure("5.1.1", "5.1.1 no such user here")


def test_many_are_three_that_stand_of_the_present_address():
    others = [
        fault(1, "old@example.org"),
        fault(2, cleared_at=NOW),
    ]
    own = [fault(5, "Alice@Example.org"), fault(4), fault(6)]

    assert [is_unreached([*others, *own[:count]], HERE) for count in range(4)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert last_straw([*others, *own], HERE) == own[2]
    assert last_straw([*own, fault(7)], HERE) == own[2], "a fourth begins no new round"


def test_as_text_keeps_what_can_be_read_and_stored():
    assert as_text(b"5.1.1\x00 no\r\nsuch \xff user") == "5.1.1 no such � user"
    assert as_text("Hộp thư không tồn tại") == "Hộp thư không tồn tại"
    assert len(as_text("x" * 5000)) == 2000


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("5.1.1", "5.1.1"),
        (" 5.1.1 (unknown)", "5.1.1"),
        ("550", "550"),
        ("4.2.2", "4.2.2"),
        ("", ""),
        ("unknown", ""),
        ("9.9.9", ""),
    ],
)
def test_clean_code_is_the_status_alone(said, code):
    assert clean_code(said) == code


def test_is_soft_is_what_may_still_arrive():
    assert [is_soft(code) for code in ("4.2.2", "450", "2.0.0", "5.1.1", "550", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
