"""`manage.py record_bounce` takes what the mail hook hands in and never loops."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from commitments.models import MailFault
from tests import factories
from tests.imports.reports import DELAYED, FORWARDED, POSTFIX, TWO


def run(*said, **options):
    out = io.StringIO()
    call_command("record_bounce", *said, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def hand_in(monkeypatch):
    """Standard input holds a report."""

    def hand(raw):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return hand


def test_record_bounce_by_address(alice):
    told = [
        run("Alice@example.org", "--code", "5.1.1", "--said", "no such user", "--report-id", "r1"),
        run("alice@example.org", "--code", "5.1.1", "--report-id", "r1"),
        run("alice@example.org", "--code", "4.2.2"),
        run("alice@example.org"),
        run("nobody@example.org"),
        run("no\x1b[2Jbody"),
    ]

    assert told == [
        ["Counted: Alice@example.org (5.1.1)."],
        ["Counted before: alice@example.org (5.1.1)."],
        ["Not counted, as it may still arrive: alice@example.org (4.2.2)."],
        ["Counted: alice@example.org (no code)."],
        ["Nobody here has the address nobody@example.org: nothing was recorded."],
        ["Nobody here has the address no?[2Jbody: nothing was recorded."],
    ]
    assert list(MailFault.objects.order_by("pk").values_list("code", "said", "report_id")) == [
        ("5.1.1", "no such user", "r1"),
        ("", "", ""),
    ]


def test_record_bounce_by_report(alice, dan, hand_in, tmp_path):
    mail = factories.DigestFactory(
        recipient=alice, message_id="<digest-1-20260608@cam-ket.example.org>"
    )
    file = tmp_path / "report"
    file.write_bytes(FORWARDED.replace(b"report-1", b"report-2"))
    told = []
    for raw in (TWO, POSTFIX, DELAYED, b"garbage \xff\x00"):
        hand_in(raw)
        told.append(run("--dsn"))
    hand_in(POSTFIX)
    told += [run("--file", "-"), run("--file", str(file))]

    assert told == [
        ["Counted: alice@example.org (5.1.1).", "Counted: Dan@Example.org (5.2.2)."],
        ["Counted before: alice@example.org (5.1.1)."],
        ["Not counted, as it may still arrive: alice@example.org (4.4.1)."],
        ["This is no report of a mail that came back: nothing was recorded."],
        ["Counted before: alice@example.org (5.1.1)."],
        ["Counted: alice@example.org (5.1.1)."],
    ]
    assert list(MailFault.objects.order_by("pk").values_list("digest", flat=True)) == [
        mail.pk, None, mail.pk,
    ]  # fmt: skip


def test_record_bounce_by_both_takes_what_is_said_first(alice, hand_in):
    hand_in(POSTFIX.replace(b"alice@", b"list@"))
    assert run("alice@example.org", "--dsn", "--report-id", "r9") == [
        "Counted: alice@example.org (5.1.1)."
    ]
    hand_in(b"garbage")
    assert run("alice@example.org", "--dsn", "--code", "550") == [
        "Counted: alice@example.org (550)."
    ]

    assert list(MailFault.objects.order_by("pk").values_list("code", "report_id")) == [
        ("5.1.1", "r9"),
        ("550", ""),
    ]


def test_record_bounce_asks_for_something_to_record(db):
    with pytest.raises(CommandError, match="Name an address, or hand in a report"):
        run()
    with pytest.raises(CommandError, match="no-such-file: No such file or directory"):
        run("--file", "no-such-file")


def test_record_bounce_asks_for_another_try_when_the_database_is_away(alice):
    def away(*_query):
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(away), pytest.raises(CommandError) as refused:
        run("alice@example.org")

    assert (refused.value.returncode, str(refused.value)) == (
        75, "Try again later: server closed the connection",
    )  # fmt: skip
