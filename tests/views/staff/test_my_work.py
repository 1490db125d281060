"""My work: what each person finds there, and in how many queries."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import rows, sections, words

WORK = "/en/staff/"
pytestmark = pytest.mark.usefixtures("monday")


def owe(world, commitment=None, month=5, **columns):
    """An update of that month of 2026, due on the 15th of the next one."""
    period, _made = world.programme.periods.get_or_create(
        starts_on=date(2026, month, 1),
        defaults={
            "ends_on": date(2026, month, 28),
            "opens_on": date(2026, month + 1, 1),
            "due_on": date(2026, month + 1, 15),
            "locks_on": date(2026, month + 2, 1),
        },
    )
    return factories.ObligationFactory(
        commitment=commitment or world.commitment, period=period, **columns
    )


def menu(response):
    """The numbers that stand beside the sections of the navigation."""
    found = response.text.split('<ul class="menu__list">')[1].split("</ul>")[0]
    numbers = re.findall(r'id="count-(\w+)">(\d+)<', found)
    return {name: int(number) for name, number in numbers}


# Reporters


def test_my_work_of_a_reporter_says_what_is_owed(alice, world, as_):
    owe(world)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    page = as_(alice).get(WORK)

    assert rows(page, "owed") == [
        "CPT26-001 · Test programme Test commitment For May 2026, due on 15 June 2026 · "
        "assigned to you Due in 14 days Report : Test commitment"
    ]
    assert menu(page) == {"work": 1}
    assert 'href="/en/staff/commitments/test-commitment/updates/add/"' in page.text


def test_my_work_counts_what_was_missed_once(alice, world, as_):
    for month in (3, 4, 5):
        owe(world, month=month)

    page = as_(alice).get(WORK)

    assert rows(page, "owed") == [
        "CPT26-001 · Test programme Test commitment For May 2026, due on 15 June 2026 · "
        "2 earlier updates were missed · nobody is assigned "
        "47 days late Report : Test commitment"
    ]
    assert menu(page) == {"work": 1}


def test_my_work_puts_the_own_charge_first_then_the_longest_owed(alice, dan, world, as_):
    late, mine, early = (led(world, title_en=f"Test {name}") for name in ("late", "mine", "early"))
    owe(world, late, month=4)
    owe(world, mine)
    owe(world, early, month=3)
    factories.AssignmentFactory(commitment=mine, person=alice)

    page = as_(alice).get(WORK)

    assert [line.split(" For ")[0].split("programme ")[1] for line in rows(page, "owed")] == [
        "Test mine", "Test early", "Test late",
    ]  # fmt: skip


def led(world, **columns):
    made = factories.CommitmentFactory(programme=world.programme, **columns)
    factories.ParticipationFactory(commitment=made, organisation=world.body)
    return made


def test_my_work_leads_on_to_the_draft(alice, world, as_):
    owe(world)
    draft = deeds.draft(alice, world.commitment)

    page = as_(alice).get(WORK)

    assert rows(page, "owed")[0].endswith("Due in 14 days Continue the draft")
    assert rows(page, "written") == [
        "CPT26-001 · Test programme Test commitment Saved on 1 June 2026 at 09:00 "
        "Draft Continue : Test commitment"
    ]
    assert page.text.count(f'href="/en/staff/updates/{draft.pk}/edit/"') == 3


def test_my_work_shows_the_comment_of_what_came_back(alice, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment, comment="Test: which <b>month</b>?")

    page = as_(alice).get(WORK)

    assert rows(page, "returned") == [
        "CPT26-001 · Test programme Test commitment Test: which <b>month</b>? "
        "Dan, 1 June 2026 Returned Revise : Test commitment"
    ]
    assert f'href="/en/staff/updates/{update.pk}/edit/"' in page.text
    assert menu(page) == {"work": 1}


def test_my_work_says_where_ones_own_update_waits(alice, dan, world, as_):
    deeds.submitted(alice, world.commitment)
    deeds.approved(alice, dan, world.commitment)

    page = as_(alice).get(WORK)

    assert rows(page, "written") == [
        "CPT26-001 · Test programme Test commitment Waits for an approver of your organisation "
        "Submitted, in review since today",
        "CPT26-001 · Test programme Test commitment Waits for the delivery unit "
        "Approved by the body since today",
    ]


def test_my_work_of_a_reporter_with_nothing_to_do(alice, as_):
    assert sections(as_(alice).get(WORK)) == {
        "My work": "",
        "What you owe": "0 updates You owe nothing at the moment When the next reporting period "
        "opens, what is asked of you stands here and in one mail.",
    }


def test_my_work_of_another_body_shows_nothing_of_it(alice, bob, dan, world, as_):
    owe(world)
    deeds.returned(alice, dan, world.commitment)
    deeds.submitted(alice, world.commitment)

    page = as_(bob).get(WORK)

    assert rows(page, "owed") == []
    assert (rows(page, "returned"), rows(page, "waiting")) == (None, None)
    assert "Test commitment" not in page.text


def test_my_work_without_a_role_says_so(db, as_):
    page = as_(factories.UserFactory()).get(WORK)

    assert sections(page) == {
        "My work": "You have no role yet Your account belongs to no organisation at the moment. "
        "Ask the delivery unit that invited you."
    }


# Reviewers


def test_my_work_of_an_approver_says_what_waits_and_since_when(alice, dan, world, as_):
    before = datetime(2026, 5, 28, 2, tzinfo=UTC)
    update = deeds.submitted(alice, world.commitment, as_of_on=date(2026, 5, 28), now=before)

    page = as_(dan).get(WORK)

    assert rows(page, "waiting") == [
        "CPT26-001 · Test programme Test commitment Test lead · Alice · "
        "waits since 28 May 2026 Submitted, in review for 4 days Review : Test commitment"
    ]
    assert menu(page) == {"work": 1, "review": 1}
    assert f'href="/en/staff/updates/{update.pk}/"' in page.text


def test_my_work_leaves_ones_own_update_to_others(alice, dan, world, as_):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    deeds.submitted(alice, world.commitment)

    assert rows(as_(alice).get(WORK), "waiting") == []


def test_my_work_of_an_officer_waits_for_approval_first(alice, dan, erin, world, as_):
    deeds.submitted(alice, world.commitment)
    deeds.approved(alice, dan, world.commitment)

    page = as_(erin).get(WORK)

    assert rows(page, "waiting") == [
        "CPT26-001 · Test programme Test commitment Test lead · Alice · "
        "waits since 1 June 2026 Approved by the body since today Review : Test commitment"
    ]


def test_my_work_of_an_officer_of_a_body_without_approver(alice, erin, world, as_):
    type(world.body).objects.update(skips_approver=True)
    deeds.submitted(alice, world.commitment)

    assert len(rows(as_(erin).get(WORK), "waiting")) == 1


def test_my_work_marks_a_correction(alice, dan, erin, world, as_):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    deeds.submitted(alice, world.commitment, corrects=wrong, correction_reason_en="Test")

    [line] = rows(as_(dan).get(WORK), "waiting")

    assert "corrects update 1" in line


# Officers


def test_my_work_of_an_officer_says_who_is_late_and_who_was_told(alice, erin, world, as_):
    obligation = owe(world, month=4)
    owe(world)
    digest = factories.DigestFactory(recipient=alice, state="sent", sent_at=NOW)
    factories.NoticeFactory(
        subject_id=obligation.pk, commitment=world.commitment, recipient=alice, state="sent",
        digest=digest,
    )  # fmt: skip

    page = as_(erin).get(WORK)

    assert rows(page, "late") == [
        "CPT26-001 · Test programme Test commitment Test lead "
        "Nobody is in charge, so nobody is reminded · 1 person was told, last on 1 June 2026 "
        "17 days late 1 period missed, first due on 15 May 2026 "
        "Assign somebody : Test commitment"
    ]
    assert menu(page) == {"reporting": 1}


def test_my_work_of_an_officer_counts_mail_of_today(alice, erin, world, as_):
    owe(world)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    found = words(as_(erin).get(WORK).text.split('<ul class="figures">')[1].split("</ul>")[0])

    assert found == (
        "0 late with their update 0 waiting for your review "
        "1 person gets a mail today 0 have theirs already"
    )


def test_my_work_of_an_officer_counts_mail_of_the_next_working_day(alice, erin, world, as_):
    world.programme.periods.create(
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 31),
        opens_on=date(2026, 6, 8),
        due_on=date(2026, 6, 22),
        locks_on=date(2026, 7, 1),
    )
    owe(world)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    with time_machine.travel(datetime(2026, 6, 7, 2, tzinfo=UTC), tick=False):  # a Sunday
        page = as_(erin).get(WORK)

    assert words(page.text.split('<ul class="figures">')[1].split("</ul>")[0]) == (
        "0 late with their update 0 waiting for your review "
        "1 person gets a mail on the next working day Today is a free day."
    )


def test_my_work_of_a_role_that_neither_reports_nor_reviews_says_so(world, as_):
    senior = factories.MembershipFactory(organisation=world.body, role="senior_official").user

    assert words(as_(senior).get(WORK).text.split("</header>")[-1].split("</main>")[0]) == (
        "Nothing waits for you "
        "Your role neither reports nor reviews. Reminders that are meant for you come by mail."
    )


def test_my_work_of_an_officer_lists_corrections_and_retractions(alice, dan, erin, world, as_):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = deeds.submitted(
        alice, world.commitment, corrects=wrong, correction_reason_en="Test: counted twice"
    )
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)
    updates.retract_update(update=right, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    assert rows(as_(erin).get(WORK), "corrections") == [
        "1 June 2026 · CPT26-001 Test commitment Update 2 corrects update 1: Test: counted twice "
        "Corrected",
        "1 June 2026 · CPT26-001 Test commitment Update 2 was retracted: Test Retracted",
    ]


def test_my_work_of_an_officer_shows_other_programmes_to_nobody(alice, world, as_):
    owe(world, month=4)
    elsewhere = factories.MembershipFactory(role="officer").user

    assert rows(as_(elsewhere).get(WORK), "late") == []


# Queries


def fill(world, people, number):
    """Work of every kind, `number` times."""
    alice, dan, erin = people
    for _time in range(number):
        commitment = led(world)
        for month in (3, 4, 5):
            owe(world, commitment, month=month)
        factories.AssignmentFactory(commitment=commitment, person=alice)
        for traits in (
            {},
            {"state": "returned", "submitted_at": NOW},
            {"is_submitted": True},
            {"is_approved": True, "approver": dan},
        ):
            update = factories.StatusUpdateFactory(
                commitment=commitment, body=world.body, author=alice, **traits
            )
            factories.ReviewActionFactory(
                update=update, person=dan, deed="returned", comment="Test"
            )
        wrong = published(commitment, world, people)
        published(commitment, world, people, corrects=wrong, correction_reason_en="Test")
        factories.RetractionFactory(update=wrong, officer=erin)


def published(commitment, world, people, **columns):
    alice, dan, erin = people
    return factories.StatusUpdateFactory(
        commitment=commitment, body=world.body, author=alice, approver=dan, publisher=erin,
        is_published=True, **columns,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["alice", "dan", "erin"])
def test_my_work_takes_as_many_queries_for_50_rows(who, alice, dan, erin, world, as_, request):
    person = request.getfixturevalue(who)
    people = (alice, dan, erin)
    as_(person)
    fill(world, people, 1)
    with CaptureQueriesContext(connection) as one:
        short = as_(person).get(WORK)
    fill(world, people, 49)
    with CaptureQueriesContext(connection) as fifty:
        long = as_(person).get(WORK)

    lists = [name for name in ("owed", "waiting", "late") if rows(short, name)]
    assert {name: len(rows(long, name)) // len(rows(short, name)) for name in lists} == (
        dict.fromkeys(lists, 50)
    )
    assert len(fifty) == len(one)
