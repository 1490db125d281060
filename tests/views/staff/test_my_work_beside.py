"""My work besides updates: changes, hand-overs, cover, drafts, invitations; and its numbers."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Assignment, Obligation
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import rows, words
from tests.views.staff.test_my_work import fill, menu, owe
from tests.views.staff.test_register import fill as crowd

WORK = "/en/staff/"
COUNTS = "/en/staff/counts/"
BEFORE = datetime(2026, 5, 28, 2, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("monday")


def request_of(person, world, **columns):
    return factories.ChangeRequestFactory(
        commitment=world.commitment, requester=person, requested_at=BEFORE, **columns
    )


def test_my_work_of_an_officer_lists_requests_to_decide(alice, erin, world, as_):
    change = request_of(alice, world, kind="withdrawn")

    page = as_(erin).get(WORK)

    assert rows(page, "changes") == [
        "CPT26-001 · Test programme Test commitment Withdrawn · Alice asked on 28 May 2026 "
        "Waits for 4 days Decide : Test commitment"
    ]
    assert f'href="/en/staff/changes/{change.pk}/"' in page.text
    assert menu(page) == {"work": 1, "changes": 1}


def test_my_work_lists_ones_own_requests(alice, erin, world, as_):
    request_of(alice, world, kind="withdrawn")

    page = as_(alice).get(WORK)

    assert rows(page, "changes") == [
        "CPT26-001 · Test programme Test commitment Withdrawn · You asked; somebody else decides "
        "Waits for 4 days See your request : Test commitment"
    ]
    assert menu(page) == {}


def test_my_work_leaves_ones_own_request_to_others(erin, world, as_):
    request_of(erin, world, kind="withdrawn")

    page = as_(erin).get(WORK)

    assert "You asked; somebody else decides" in rows(page, "changes")[0]
    assert menu(page) == {}


def test_my_work_shows_what_was_handed_over_until_it_is_seen(alice, dan, world, as_):
    one = factories.HandOverFactory(
        organisation=world.body, giver=dan, taker=alice, done_by=dan, note="Test: look at May",
        moved={"charges": 2, "updates": 1, "roles": 1},
    )  # fmt: skip

    page = as_(alice).get(WORK)

    assert rows(page, "handed") == [
        "Test lead · 1 June 2026 Dan handed everything over to you 3 things went over "
        "Test: look at May Look at it : Dan"
    ]
    assert menu(page) == {"work": 1}

    type(one).objects.update(seen_at=NOW)
    assert rows(as_(alice).get(WORK), "handed") is None


def test_my_work_names_whom_one_stands_in_for(alice, dan, world, as_):
    factories.AbsenceFactory(person=dan, cover=alice, ends_on=date(2026, 6, 5))
    factories.AbsenceFactory(person=dan, cover=alice, cancelled_at=NOW)

    assert rows(as_(alice).get(WORK), "covered") == [
        "Dan away until 5 June 2026; you are reminded in their place"
    ]


def plan(world, erin):
    return factories.CommitmentFactory(
        programme=world.programme, title_en="Test plan", reference=None, published_at=None,
        created_by=erin, created_at=BEFORE,
    )  # fmt: skip


def test_my_work_of_an_officer_lists_commitments_in_draft(alice, erin, world, as_):
    made = plan(world, erin)

    assert rows(as_(erin).get(WORK), "plans") == [
        "Test programme · Corporate pledge Test plan begun by Erin on 28 May 2026 "
        "Draft Continue : Test plan"
    ]
    assert f"/en/staff/commitments/{made.slug}/edit/" in as_(erin).get(WORK).text
    assert rows(as_(alice).get(WORK), "plans") is None


def invite(organisation, **columns):
    return factories.InvitationFactory(
        organisation=organisation, email="test@example.org", full_name="Test Guest",
        last_error="Test: no such box", tries=3, **columns,
    )  # fmt: skip


def test_my_work_of_an_administrator_lists_invitations_that_failed(carol, erin, world, as_):
    invite(world.body)

    page = as_(carol).get(WORK)

    assert rows(page, "uninvited") == [
        "Test lead · Reporter Test Guest test@example.org · 3 tries · Test: no such box "
        "See the invitation : Test Guest"
    ]
    assert menu(page) == {"work": 1, "people": 1}
    assert rows(as_(erin).get(WORK), "uninvited") is None


def test_my_work_keeps_the_invitations_of_the_demonstration_apart(carol, world, as_):
    invite(factories.OrganisationFactory(is_demo=True))

    assert rows(as_(carol).get(WORK), "uninvited") is None


def test_my_work_shows_comments_on_fields_with_what_came_back(alice, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment)
    target = factories.TargetFactory(commitment=world.commitment, text_en="Test: 50 counters")
    action = update.actions.get(deed="returned")
    factories.FieldCommentFactory(action=action, field="summary_en", text="Test: say when")
    factories.FieldCommentFactory(action=action, field=f"target_{target.pk}", text="Test: which?")

    [line] = rows(as_(alice).get(WORK), "returned")

    assert "Summary in English: Test: say when Test: 50 counters: Test: which?" in line


# Numbers


def test_counts_are_a_part_for_each_number(alice, dan, world, as_):
    owe(world)
    deeds.returned(alice, dan, world.commitment)

    part = as_(alice).get(COUNTS).text

    assert 'id="count-work" hx-swap-oob="true">1</span>' in part
    assert 'id="count-review" hx-swap-oob="true"></span>' in part
    assert (words(part), "<html" in part) == ("1", False)


def test_counts_are_what_the_navigation_shows(alice, dan, erin, world, as_):
    owe(world, month=4)
    deeds.submitted(alice, world.commitment)
    request_of(alice, world, kind="withdrawn")

    found = {}
    for who in (alice, dan, erin):
        page = as_(who).get(WORK)
        assert page.context["counts"] == dict(as_(who).get(COUNTS).context["numbers"])
        found[who.full_name] = menu(page)

    assert found == {
        "Alice": {"work": 1},
        "Dan": {"work": 1, "review": 1},
        "Erin": {"work": 1, "reporting": 1, "changes": 1},
    }


def test_counts_need_a_log_in(client, db):
    assert client.get(COUNTS).status_code == 302


def test_counts_take_one_query_besides_session_person_and_roles(alice, dan, erin, world, as_):
    fill(world, (alice, dan, erin), 3)
    client = as_(erin)

    with CaptureQueriesContext(connection) as found:
        client.get(COUNTS)

    # session, person, roles, numbers
    assert len(found) == 4


def more_of_everything(world, people, number):
    alice, dan, erin = people
    fill(world, people, number)
    for one in range(number):
        update = factories.StatusUpdateFactory(
            commitment=world.commitment, body=world.body, author=alice, state="returned",
            submitted_at=NOW,
        )  # fmt: skip
        action = factories.ReviewActionFactory(
            update=update, person=dan, deed="returned", comment="Test"
        )
        target = factories.TargetFactory(commitment=world.commitment, number=100 + update.pk)
        for field in ("summary_en", f"target_{target.pk}"):
            factories.FieldCommentFactory(action=action, field=field, text="Test")
        request_of(alice, world, kind="date_moved", subject=f"milestone/{update.pk}")
        factories.HandOverFactory(organisation=world.body, giver=dan, taker=alice, done_by=dan)
        factories.AbsenceFactory(person=dan, cover=alice, starts_on=TODAY, ends_on=TODAY)
        factories.CommitmentFactory(
            programme=world.programme, reference=None, published_at=None, created_by=erin,
            created_at=NOW, title_en=f"Test {one}",
        )  # fmt: skip


@pytest.mark.parametrize("who", ["alice", "dan", "erin"])
def test_my_work_takes_as_many_queries_for_many_rows_of_every_kind(
    who, alice, dan, erin, world, as_, request
):
    person, people = request.getfixturevalue(who), (alice, dan, erin)
    client = as_(person)
    numbers = []
    for more in (1, 49):
        more_of_everything(world, people, more)
        with CaptureQueriesContext(connection) as found:
            client.get(WORK)
        numbers.append(len(found))

    assert numbers[0] == numbers[1]


def test_my_work_of_an_officer_takes_as_many_queries_for_500_owed_updates(alice, erin, world, as_):
    client, period = as_(erin), owe(world).period
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(WORK)
        return len(found)

    _warm, one = queries(), queries()
    made = crowd(world, 499)
    Obligation.objects.bulk_create(Obligation(commitment=row, period=period) for row in made)
    Assignment.objects.bulk_create(
        Assignment(commitment=row, person=alice, assigned_by=erin, assigned_at=NOW) for row in made
    )

    assert queries() == one
