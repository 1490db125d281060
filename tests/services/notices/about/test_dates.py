"""What a mail says of milestones and commitments that fall due (R4)."""

from datetime import date

from commitments.models import Notice
from tests import factories
from tests.services.notices.about.conftest import SITE, blocks, mail_to, plan, set_to

STEP = {"due": "2026-06-30", "due_earliest": date(2026, 6, 30), "due_latest": date(2026, 6, 30)}
YEAR = {"due": "2026", "due_earliest": date(2026, 1, 1), "due_latest": date(2026, 12, 31)}
PAGE = f"{SITE}staff/commitments/test-commitment/"


def test_a_reporter_can_write_an_update_or_ask_for_another_date(asked, alice):
    factories.MilestoneFactory(commitment=asked.commitment, **STEP)
    set_to(asked.commitment, **STEP)
    plan(6, 23)

    assert blocks(mail_to(alice, 6, 23)) == [
        f"""CPT26-001 Test commitment
Test lead

* Milestone “Test milestone 1”. Due on 30 June 2026, in 7 days.

* Due on 30 June 2026, in 7 days.

Write the update:
{PAGE}updates/add/
Ask for another date of milestone 1:
{PAGE}changes/add/?about=date_moved%3Amilestone%2F1
Ask for another due date:
{PAGE}changes/add/?about=date_moved"""
    ]


def test_the_link_opens_the_prepared_form(asked, alice, client):
    factories.MilestoneFactory(commitment=asked.commitment, **STEP)
    plan(6, 23)
    (item,) = mail_to(alice, 6, 23).items

    (line,) = item.lines
    client.force_login(alice)
    pages = [
        client.get(link.url.removeprefix("https://cam-ket.example.org")) for link in line.links
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert 'name="due"' in pages[1].content.decode()


def test_a_date_of_less_than_a_day_is_shown_as_it_is(asked, alice):
    set_to(asked.commitment, **YEAR)
    plan(12, 24)

    (block,) = blocks(mail_to(alice, 12, 24, subject_kind="commitment"))
    assert "* Due in 2026, which ends in 7 days.\n" in block


def test_past_due_officers_see_who_was_told_before(asked, alice, dan, erin):
    factories.MilestoneFactory(commitment=asked.commitment, **STEP)
    plan(6, 23)
    digest = factories.DigestFactory(state="sent", sent_at="2026-06-23T01:30:00Z")
    Notice.objects.planned().update(state="sent", digest=digest)
    plan(7, 1)

    assert blocks(mail_to(erin, 7, 1, subject_kind="milestone")) == [
        f"""CPT26-001 Test commitment
Test lead

* Milestone “Test milestone 1”. It was due on 30 June 2026 and is 1 day past due.
  Reminded before: Alice (reporter) on 23 June 2026
  Reminded today as well: Alice (reporter)

You are told as delivery-unit officer. See the commitment:
{PAGE}"""
    ]


def test_early_steps_may_be_muted_and_late_ones_not(asked, alice):
    factories.MilestoneFactory(commitment=asked.commitment, **STEP)
    found = []
    for day in ((6, 1), (6, 23), (6, 29), (7, 1)):
        plan(*day)
        found.append([topic.value for topic in mail_to(alice, *day).topics])

    assert found == [["R4"], ["R4"], [], []]
