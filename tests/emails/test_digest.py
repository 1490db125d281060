"""The daily mail: its words, its links, its headers, in the reader's language."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import translation

from commitments.emails.digest import DigestMail, Helper, Item, Line, Told, build_digest
from commitments.models import Role
from commitments.rules.moments import VIETNAM
from tests import factories

MAY = Line(date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 15), days_late=0)
LATE = replace(
    MAY,
    days_late=5,
    told=[Told("Alice", Role.REPORTER, date(2026, 6, 16)), Told("Test Gone", None, MAY.ends_on)],
    also=[Told("Dan", Role.APPROVER), Told("Test Somebody", None)],
)
JUNE = Line(date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 15), days_late=0)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = "https://cam-ket.example.org"


@pytest.fixture
def item(world):
    world.commitment.title_vi = "Cam kết thử"
    return Item(world.commitment, world.body, Role.REPORTER, [MAY])


@pytest.fixture
def digest(world, item):
    return DigestMail(
        to="alice@example.org",
        name="Alice",
        language="en",
        message_id="<digest-1-20260608@cam-ket.example.org>",
        sent_at=datetime(2026, 6, 8, 8, 30, tzinfo=VIETNAM),
        items=[item],
        helpers=[Helper("Erin", "erin@example.org", world.unit)],
    )


def html_of(message):
    (alternative,) = message.alternatives
    assert alternative.mimetype == "text/html"
    return alternative.content


def test_build_digest_says_what_is_due_until_when_and_where_to_go(digest):
    assert build_digest(digest).body == TO_A_REPORTER


TO_A_REPORTER = """\
Dear Alice,

These updates are asked of you. One submission for a commitment is enough, and it ends these reminders.

------------------------
CPT26-001 Test commitment
Test lead

* Update for 1 May 2026 to 31 May 2026: due by 15 June 2026.

Write the update:
https://cam-ket.example.org/en/staff/commitments/test-commitment/updates/add/

------------------------
The links open after you log in. Opening them changes nothing.

Do you need help, or is this not yours? Reply to this mail or write to:
Erin, Test delivery unit: erin@example.org

This mail goes out at most once on a working day, and only while something is owed.
Cam Kết · https://cam-ket.example.org/en/
"""


def test_build_digest_says_who_else_was_told(digest, item):
    late = replace(item, role=Role.OFFICER, lines=[LATE, JUNE])
    alone = replace(digest, name="Erin", items=[late], helpers=[])

    assert build_digest(alone).body == TO_AN_OFFICER


TO_AN_OFFICER = """\
Dear Erin,

You are told of these updates because they are late and others were reminded before you.

------------------------
CPT26-001 Test commitment
Test lead

* Update for 1 May 2026 to 31 May 2026: it was due by 15 June 2026 and is 5 working days late.
  Reminded before: Alice (reporter) on 16 June 2026; Test Gone on 31 May 2026
  Reminded today as well: Dan (approver); Test Somebody

* Update for 1 June 2026 to 30 June 2026: due by 15 July 2026.

You are told as delivery-unit officer. See the commitment:
https://cam-ket.example.org/en/staff/commitments/test-commitment/

------------------------
The links open after you log in. Opening them changes nothing.

This mail goes out at most once on a working day, and only while something is owed.
Cam Kết · https://cam-ket.example.org/en/
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([MAY], "1 update due by 15 June 2026 · Cam Kết"),
        ([MAY, MAY], "2 updates due by 15 June 2026 · Cam Kết"),
        ([JUNE, MAY], "2 updates due, the first by 15 June 2026 · Cam Kết"),
        ([LATE], "1 update late: it was due by 15 June 2026 · Cam Kết"),
        ([LATE, LATE], "2 updates late: the first was due by 15 June 2026 · Cam Kết"),
        ([LATE, JUNE], "Updates: 1 late, 1 due by 15 July 2026 · Cam Kết"),
    ],
)
def test_the_subject_says_what_and_when(digest, item, lines, expected):
    assert build_digest(replace(digest, items=[replace(item, lines=lines)])).subject == expected


def test_build_digest_speaks_the_language_of_the_reader_whatever_is_active(digest):
    with translation.override("en"):
        message = build_digest(replace(digest, language="vi"))

    assert "15/6/2026" in message.subject
    assert "Cam kết thử" in message.body
    assert "https://cam-ket.example.org/vi/staff/commitments/test-commitment/updates/add/" in (
        message.body
    )
    assert '<html lang="vi">' in html_of(message)
    assert message.extra_headers["Content-Language"] == "vi"


def test_a_text_in_the_other_language_is_marked(digest, item):
    item.commitment.title_en = ""

    message = build_digest(digest)

    assert "CPT26-001 Cam kết thử" in message.body
    assert '<span lang="vi">Cam kết thử</span>' in html_of(message)


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.REPORTER, "/en/staff/commitments/test-commitment/updates/add/"),
        (Role.APPROVER, "/en/staff/commitments/test-commitment/"),
        (Role.OFFICER, "/en/staff/commitments/test-commitment/"),
        (Role.SENIOR_OFFICIAL, "/en/commitments/test-commitment/"),
    ],
)
def test_the_link_leads_each_role_to_its_page(digest, item, role, path):
    message = build_digest(replace(digest, items=[replace(item, role=role)]))

    url = f"https://cam-ket.example.org{path}"
    assert f"\n{url}\n" in message.body
    assert f'href="{url}"' in html_of(message)


def test_the_headers_make_it_answerable_and_recognisable(digest):
    sent = build_digest(digest).message()

    assert {name: sent[name] for name in HEADERS} == HEADERS


HEADERS = {
    "To": "alice@example.org",
    "Reply-To": "erin@example.org",
    "Date": "Mon, 08 Jun 2026 08:30:00 +0700",
    "Message-ID": "<digest-1-20260608@cam-ket.example.org>",
    "Content-Language": "en",
    "Auto-Submitted": "auto-generated",
}


def test_a_mail_without_helpers_has_no_reply_address(digest):
    assert build_digest(replace(digest, helpers=[])).message()["Reply-To"] is None


def test_build_digest_is_the_same_each_time(digest):
    first, second = build_digest(digest), build_digest(digest)

    assert (first.subject, first.body, html_of(first)) == (
        second.subject,
        second.body,
        html_of(second),
    )


def test_the_html_says_the_same_and_loads_nothing(digest, item):
    html = html_of(build_digest(replace(digest, items=[replace(item, lines=[LATE])])))

    for text in (
        "Test commitment",
        "it was due by 15 June 2026 and is 5 working days late.",
        "Alice (reporter) on 16 June 2026; Test Gone on 31 May 2026",
        "Dan (approver); Test Somebody",
        "erin@example.org",
    ):
        assert text in html
    for loaded in ("<img", "<script", "<link", "url(", "@import", "src=", "<form", "<iframe"):
        assert loaded not in html


def test_what_people_typed_stays_text(digest, item):
    item.commitment.title_en = "Test <b>bold</b> & more"
    named = replace(digest, name="<script>alert(1)</script>")

    message = build_digest(named)

    assert "Test <b>bold</b> & more" in message.body
    assert "Dear <script>alert(1)</script>," in message.body
    html = html_of(message)
    assert "Test &lt;b&gt;bold&lt;/b&gt; &amp; more" in html
    assert "<script>" not in html


def test_the_demonstration_says_so(digest, item):
    item.commitment.programme.is_demo = True

    message = build_digest(digest)

    said = "Demonstration: the bodies and commitments below are invented."
    assert said in message.body
    assert said in html_of(message)


def test_a_commitment_without_lead_and_reference_is_named_by_its_title(digest, world):
    bare = factories.CommitmentFactory.build(
        programme=world.programme, slug="test-bare", title_en="Test bare", reference=None
    )
    message = build_digest(replace(digest, items=[Item(bare, None, Role.OFFICER, [LATE])]))

    assert f"{'-' * 24}\nTest bare\n\n* Update" in message.body
    assert "None" not in message.body + html_of(message)
