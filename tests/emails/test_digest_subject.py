"""The subject says what and when, for every sort of thing and every mix, and stays short."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from commitments.emails.digest import build_digest
from commitments.emails.quoted import Quoted
from commitments.models import SourceFaultKind
from tests.emails import rich
from tests.emails.rich import mail, owed, person, pledge, task
from tests.emails.rich import rich as everything

pytestmark = pytest.mark.usefixtures("addresses")

LONG = (
    "Hoàn thành xây dựng nền tảng dữ liệu số dùng chung phục vụ quản lý, vận hành và khai thác "
    "hạ tầng khoa học, công nghệ và đổi mới sáng tạo quốc gia giai đoạn thử nghiệm"
)
JUNE, LATE = owed(6), owed(days_late=5)
EARLIER = {"since_on": date(2026, 6, 3)}


with translation.override("en"):
    CASES = [
        ([pledge(owed())], "1 update due by 15 June 2026"),
        ([pledge(owed(), owed())], "2 updates due by 15 June 2026"),
        ([pledge(JUNE, owed())], "2 updates due, the first by 15 June 2026"),
        ([pledge(LATE)], "1 update late: it was due by 15 June 2026"),
        ([task(LATE), pledge(LATE)], "2 updates late: the first was due by 15 June 2026"),
        ([pledge(rich.due())], "Due 30 June 2026: CPT26-001 Test pledge: plant a million trees"),
        (
            [pledge(rich.due("2026", date(2026, 12, 31), -3, Quoted("Test milestone", "en")))],
            "Past due, 2026: CPT26-001 Test milestone",
        ),
        (
            [pledge(rich.due()), task(rich.due("2026", date(2026, 12, 31), 191))],
            "2 dates coming up, the first: 30 June 2026",
        ),
        ([pledge(rich.due(), rich.due())], "2 dates coming up: 30 June 2026"),
        (
            [task(rich.review())],
            "Waiting for your review since 18 June 2026: GTT26-002 Nhiệm vụ thử",
        ),
        (
            [task(rich.review()), pledge(replace(rich.review(), **EARLIER))],
            "2 updates to review, since 3 June 2026",
        ),
        ([task(rich.returned())], "Returned to you: GTT26-002 Nhiệm vụ thử"),
        (
            [task(rich.returned()), pledge(rich.returned())],
            "2 updates returned to you, since 19 June 2026",
        ),
        (
            [task(rich.change())],
            "Waiting for your decision since 11 June 2026: GTT26-002 Nhiệm vụ thử",
        ),
        ([task(rich.change(), rich.change())], "2 changes to decide, since 11 June 2026"),
        ([pledge(rich.evidence())], "Evidence cannot be opened: Bài báo thử nghiệm"),
        (
            [pledge(rich.evidence(SourceFaultKind.ALTERED))],
            "Evidence says something else now: Bài báo thử nghiệm",
        ),
        ([pledge(rich.evidence(), rich.evidence())], "2 sources to check, since 17 June 2026"),
        ([task(rich.charge())], "Nobody reports on GTT26-002 Nhiệm vụ thử"),
        (
            [task(rich.charge()), pledge(rich.charge())],
            "2 commitments that nobody reports on, since 15 June 2026",
        ),
        ([person()], "Mail does not reach Test Gone"),
        ([person(), person()], "2 addresses not reached, since 9 June 2026"),
        (
            [pledge(LATE, JUNE)],
            "1 update late, due 15 June 2026; 1 update to write, due 15 July 2026",
        ),
        (
            [pledge(JUNE, LATE, LATE, rich.returned())],
            "2 updates late, due 15 June 2026; 1 update returned to you; 1 more",
        ),
        (
            [task(rich.charge()), person(), pledge(JUNE)],
            "1 commitment that nobody reports on; 1 address not reached; 1 more",
        ),
    ]


@pytest.mark.parametrize(("items", "expected"), CASES)
def test_the_subject_says_what_and_when(items, expected):
    assert build_digest(mail(*items)).subject == f"{expected} · Cam Kết"


def test_a_reminder_by_hand_says_that_it_is_one():
    by_hand = mail(pledge(owed()), is_single=True, asked_by=["Erin"])

    assert build_digest(by_hand).subject == "Reminder: 1 update due by 15 June 2026 · Cam Kết"


def test_a_single_mail_that_comes_by_itself_does_not():
    assert build_digest(mail(person(), is_single=True)).subject == (
        "Mail does not reach Test Gone · Cam Kết"
    )


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    "line", [rich.review(), rich.change(), rich.returned(), rich.charge(), rich.due()]
)
def test_a_long_title_is_shortened_on_a_word(language, line):
    item = replace(pledge(line), title=Quoted(LONG, "vi"))

    subject = build_digest(mail(item, language=language)).subject

    kept = subject.removesuffix(" · Cam Kết")
    assert len(subject) <= 78
    assert kept.endswith("…")
    assert kept.removesuffix("…").split(" ")[-1] in LONG.replace(",", "").split()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_subject_of_everything_at_once_is_short(language):
    assert len(build_digest(everything(language)).subject) <= 78


@pytest.mark.parametrize(
    "title", ["Test\nBcc: bob@example.org", "Test\r\nBcc: bob@example.org", "Test\u2028Bcc:\x0bx"]
)
def test_a_title_never_makes_a_header_of_its_own(title):
    message = build_digest(mail(replace(pledge(rich.returned()), title=Quoted(title, "en"))))

    sent = message.message()
    assert message.subject.splitlines() == [message.subject]
    assert (sent["Bcc"], sent["To"]) == (None, "alice@example.org")
