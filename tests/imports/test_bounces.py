"""Delivery reports are read as servers write them, and nothing makes the reader stumble."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.imports.bounces import address_in, read_report
from commitments.rules.mail_faults import Bounce
from tests.imports.reports import DELAYED, FORWARDED, POSTFIX, TWO, WHOLE_MAIL

ALICE = Bounce(
    ("alice@example.org", "alice@example.org"),
    "5.1.1",
    "550 5.1.1 <alice@example.org>: user unknown",
    "<report-1@mx.example.org>",
    "<digest-1-20260608@cam-ket.example.org>",
)


@pytest.mark.parametrize("raw", [POSTFIX, WHOLE_MAIL, POSTFIX.replace(b"\n", b"\r\n")])
def test_read_report_says_who_why_and_which_mail(raw):
    assert read_report(raw) == [ALICE]


def test_read_report_of_several_recipients_leaves_out_whom_it_reached():
    assert read_report(TWO) == [
        ALICE,
        ALICE._replace(addresses=("Dan@Example.org",), code="5.2.2", said=""),
    ]


def test_read_report_names_first_to_whom_we_wrote():
    (found,) = read_report(FORWARDED)

    assert found.addresses == ("alice@example.org", "a.private@example.com")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (DELAYED, "4.4.1"),
        (POSTFIX.replace(b"Action: failed", b"Action: delayed"), "4.0.0"),
        (POSTFIX.replace(b"Status: 5.1.1", b"X: y"), "550"),
        (POSTFIX.replace(b"Status: 5.1.1", b"Status: nonsense"), "550"),
        (POSTFIX.replace(b"Status: 5.1.1\n", b"").replace(b"Diagnostic-Code", b"X"), ""),
        (POSTFIX.replace(b"Action: failed\n", b""), "5.1.1"),
    ],
)
def test_read_report_says_how_it_stands(raw, code):
    assert [one.code for one in read_report(raw)] == [code]


def test_read_report_without_an_id_is_known_by_its_bytes():
    raw = POSTFIX.replace(b"Message-ID: <report-1@mx.example.org>\n", b"")

    assert [one.report_id for one in read_report(raw)] == [
        f"sha256:{hashlib.sha256(raw).hexdigest()}"
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Test\n\nA mail like any other",
        b"Content-Type: message/delivery-status\n\n",
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        POSTFIX.replace(b"Final-Recipient", b"X").replace(b"Original-Recipient", b"Y"),
        POSTFIX.replace(b"rfc822; alice@example.org", b"rfc822;").replace(
            b"rfc822;alice@example.org", b""
        ),
        POSTFIX.replace(b"message/delivery-status", b"text/plain"),
        b"Content-Type: multipart/mixed; boundary=A\n\n"
        + b"--A\nContent-Type: multipart/mixed; boundary=A\n\n" * 3000,
    ],
)
def test_read_report_of_anything_else_is_nothing(raw):
    assert read_report(raw) == []


@given(st.integers(0, len(TWO) - 1), st.binary(max_size=12))
def test_read_report_survives_broken_bytes(at, noise):
    for found in read_report(TWO[:at] + noise + TWO[at + len(noise) :]):
        assert found.addresses
        assert "\x00" not in "".join([*found.addresses, *found[1:]])


@pytest.mark.parametrize(
    "said", ["alice@example.org", " <alice@example.org> ", "rfc822;alice@example.org", "utf-8; <alice@example.org>"]
)  # fmt: skip
def test_address_in(said):
    assert address_in(said) == "alice@example.org"
