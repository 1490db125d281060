"""The daily mail: its words, its links, its headers, in the reader's language."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from commitments.emails.digest import Helper, Told, build_digest
from commitments.emails.quoted import Quoted
from commitments.models import Role, Topic
from commitments.services.notices.about import _links as links
from tests.emails import rich
from tests.emails.rich import PLEDGE, mail, owed, pledge, task

pytestmark = pytest.mark.usefixtures("addresses")

LATE = {
    "days_late": 5,
    "told": [Told("Alice", Role.REPORTER, date(2026, 6, 16)), Told("Test Gone", None, date(2026, 5, 31))],
    "also": [Told("Dan", Role.APPROVER), Told("Test Somebody", None)],
}  # fmt: skip
ERIN = Helper("Erin", "erin@example.org", Quoted("Test delivery unit", "en"))


def html_of(message):
    (alternative,) = message.alternatives
    assert alternative.mimetype == "text/html"
    return alternative.content


def test_build_digest_says_what_is_due_until_when_and_where_to_go():
    assert build_digest(mail(pledge(owed()), helpers=[ERIN])).body == TO_A_REPORTER


TO_A_REPORTER = """\
Dear Alice,

These updates are asked of you. One submission for a commitment is enough, and it ends these reminders.

------------------------
CPT26-001 Test pledge: plant a million trees
Test firm

* Update for May 2026: due by 15 June 2026.

Write the update:
https://cam-ket.example.org/en/staff/commitments/test-pledge/updates/add/

------------------------
The links open after you log in. Opening them changes nothing.

Do you need help, or is this not yours? Reply to this mail or write to:
Erin, Test delivery unit: erin@example.org

Why this mail comes to you:
- You report on a commitment that is named here.

This mail goes out at most once on a working day, and only while something is owed.

Nothing in this mail can be muted: what is due, late, returned or broken is a duty to the public record.

Language, hour of the mail, what is muted, and your days as a calendar of your own:
https://cam-ket.example.org/en/staff/account/
Mute what may be muted, without logging in:
https://cam-ket.example.org/mail/mute/1.test/

Cam Kết · https://cam-ket.example.org/en/
"""


def test_build_digest_says_who_else_was_told():
    officer = {"role": Role.OFFICER, "links": (links.see_commitment(PLEDGE, Role.OFFICER),)}
    message = build_digest(mail(pledge(owed(6, **officer), owed(**LATE, **officer)), name="Erin"))

    head, _rule, _rest = message.body.partition("\nThe links open")
    assert head == TO_AN_OFFICER


TO_AN_OFFICER = """\
Dear Erin,

You are told of these updates because they are late and others were reminded before you.

- 1 update late, due 15 June 2026
- 1 update to write, due 15 July 2026

------------------------
CPT26-001 Test pledge: plant a million trees
Test firm

* Update for May 2026: it was due by 15 June 2026 and is 5 working days late.
  Reminded before: Alice (reporter) on 16 June 2026; Test Gone on 31 May 2026
  Reminded today as well: Dan (approver); Test Somebody

* Update for June 2026: due by 15 July 2026.

You are told as delivery-unit officer. See the commitment:
https://cam-ket.example.org/en/staff/commitments/test-pledge/

------------------------"""


def test_who_was_told_of_all_of_it_is_named_once():
    line = owed(**LATE)

    message = build_digest(mail(pledge(line, line)))

    assert TOLD_OF_BOTH in message.body
    assert html_of(message).count("Reminded before:") == 1


TOLD_OF_BOTH = """
* Update for May 2026: it was due by 15 June 2026 and is 5 working days late.

* Update for May 2026: it was due by 15 June 2026 and is 5 working days late.

Reminded before: Alice (reporter) on 16 June 2026; Test Gone on 31 May 2026
Reminded today as well: Dan (approver); Test Somebody

Write the update:
"""


def test_build_digest_speaks_the_language_of_the_reader_whatever_is_active():
    with translation.override("en"):
        message = build_digest(mail(pledge(owed()), language="vi"))

    assert "15/6/2026" in message.subject
    assert "https://cam-ket.example.org/vi/staff/commitments/test-pledge/updates/add/" in (
        message.body
    )
    assert '<html lang="vi">' in html_of(message)
    assert message.extra_headers["Content-Language"] == "vi"


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.APPROVER, "/en/staff/commitments/test-pledge/"),
        (Role.OFFICER, "/en/staff/commitments/test-pledge/"),
        (Role.SENIOR_OFFICIAL, "/en/commitments/test-pledge/"),
    ],
)
def test_who_does_not_report_is_led_to_the_commitment(role, path):
    line = owed(role=role, links=(links.see_commitment(PLEDGE, role),))

    message = build_digest(mail(pledge(line)))

    url = f"https://cam-ket.example.org{path}"
    assert f"\n{url}\n" in message.body
    assert f'href="{url}"' in html_of(message)


def test_what_is_dealt_with_in_one_place_shares_its_links():
    ask = (links.write_update(PLEDGE), links.move_date(PLEDGE, 2))
    item = pledge(owed(), rich.due(links=ask, title=Quoted("Test milestone", "en")))

    assert IN_ONE_PLACE in build_digest(mail(item)).body


IN_ONE_PLACE = """
* Update for May 2026: due by 15 June 2026.

* Milestone “Test milestone”. Due on 30 June 2026, in 7 days.

Write the update:
https://cam-ket.example.org/en/staff/commitments/test-pledge/updates/add/
Ask for another date of milestone 2:
https://cam-ket.example.org/en/staff/commitments/test-pledge/changes/add/?about=date_moved%3Amilestone%2F2

---"""


def test_the_foot_says_what_may_be_muted_and_what_not():
    soon = rich.due(topic=Topic.DUE_SOON)

    assert MAY_BE_MUTED in build_digest(mail(pledge(soon, owed()))).body


MAY_BE_MUTED = """
You may mute reminders of this sort, which are in this mail:
- a milestone or commitment falls due in some weeks
Everything else is always said: what is due, late, returned or broken is a duty to the public record.
"""


def test_who_stands_in_is_told_why():
    approver = {"role": Role.APPROVER, "links": (links.see_commitment(PLEDGE, Role.APPROVER),)}
    why = "Nobody who reports on these is there at the moment, so you are told in their place."

    body = build_digest(mail(pledge(owed(stands_in=True, **approver)))).body

    assert body.splitlines()[2] == why
    assert f"Why this mail comes to you:\n- {why}\n\n" in body


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"asked_by": ["Erin"]}, "because somebody reminded you by hand."),
        ({}, "because what it says does not wait for it."),
    ],
)
def test_a_single_mail_says_why_it_comes(more, expected):
    body = build_digest(mail(pledge(owed()), is_single=True, **more)).body

    assert f"This mail comes beside the mail of the day, {expected}\n" in body
    assert "at most once" not in body


def test_build_digest_is_the_same_each_time():
    first, second = build_digest(rich.rich("en")), build_digest(rich.rich("en"))

    assert (first.subject, first.body, html_of(first), first.extra_headers) == (
        second.subject, second.body, html_of(second), second.extra_headers,
    )  # fmt: skip


def test_the_demonstration_says_so():
    message = build_digest(mail(pledge(owed()), replace(task(owed()), is_demo=True)))

    said = "Demonstration: the bodies and commitments below are invented."
    assert said in message.body
    assert said in html_of(message)


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Alice", "Dear Alice,"),
        ('Test, "Alice" O\'Test', 'Dear Test, "Alice" O\'Test,'),
        ("Alice\nBcc: bob@example.org", "Dear Alice Bcc: bob@example.org,"),
        ("alice@example.org", "Dear Sir or Madam,"),
        ("", "Dear Sir or Madam,"),
    ],
)
def test_the_greeting(name, greeting):
    assert build_digest(mail(pledge(owed()), name=name)).body.splitlines()[0] == greeting


def test_a_commitment_without_lead_and_reference_is_named_by_its_title():
    bare = replace(pledge(owed(**LATE)), reference="", body=None, title=Quoted("Test bare", "en"))

    message = build_digest(mail(bare))

    assert f"{'-' * 24}\nTest bare\n\n* Update" in message.body
    assert "None" not in message.body + html_of(message)
