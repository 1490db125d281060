"""Headers by which mail programs know a mail, lay it to others, answer it and mute it."""

from dataclasses import replace

import pytest

from commitments.emails.digest import build_digest
from commitments.emails.digest.headers import THREADS
from tests.emails import rich
from tests.emails.rich import mail, owed, person, pledge, task

pytestmark = pytest.mark.usefixtures("addresses")

HEADERS = {
    "To": "alice@example.org",
    "Reply-To": "erin@example.org",
    "Date": "Tue, 23 Jun 2026 08:30:00 +0700",
    "Message-ID": "<digest-1-20260623@cam-ket.example.org>",
    "In-Reply-To": "<commitment-test-pledge@cam-ket.example.org>",
    "References": "<commitment-test-pledge@cam-ket.example.org> "
    "<commitment-test-task@cam-ket.example.org> <address-12@cam-ket.example.org>",
    "Content-Language": "en",
    "Auto-Submitted": "auto-generated",
    "List-Id": "<reminders.cam-ket.example.org>",
    "List-Unsubscribe": "<https://cam-ket.example.org/mail/mute/1.test/>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


def test_the_headers_make_it_answerable_recognisable_and_mutable():
    sent = build_digest(rich.rich("en")).message()

    assert {name: sent[name] for name in HEADERS} == HEADERS


def test_a_mail_without_helpers_has_no_reply_address():
    assert build_digest(mail(pledge(owed()))).message()["Reply-To"] is None


def test_mails_of_one_commitment_share_a_thread_on_every_day_and_for_every_kind():
    mails = [
        build_digest(mail(pledge(owed()))),
        build_digest(mail(pledge(rich.returned()), message_id="<single-7@cam-ket.example.org>")),
        build_digest(mail(task(owed()), pledge(owed(days_late=3)))),
    ]

    assert {one.extra_headers["In-Reply-To"] for one in mails} == {
        "<commitment-test-pledge@cam-ket.example.org>"
    }


def test_a_mail_about_a_person_only_has_a_thread_too():
    assert build_digest(mail(person())).extra_headers["References"] == (
        "<address-12@cam-ket.example.org>"
    )


def test_the_threads_of_a_very_long_mail_are_not_all_named():
    items = [replace(pledge(owed()), thread=f"commitment-{number}") for number in range(60)]

    assert build_digest(mail(*items)).extra_headers["References"].count("<") == THREADS
