"""The register: who sees what, every filter and order, columns, parts for htmx, queries."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment, Participation
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, words

LIST = "/en/staff/commitments/"
HTMX = {"HX-Request": "true", "HX-Target": "found"}
pytestmark = pytest.mark.usefixtures("monday")


def led(world, body=None, **columns):
    made = factories.CommitmentFactory(programme=world.programme, **columns)
    factories.ParticipationFactory(commitment=made, organisation=body or world.body)
    return made


def draft(world, body=None, **columns):
    return led(world, body, reference=None, published_at=None, **columns)


def table(response):
    """Each row of the list, its cells word for word."""
    rows = re.findall(r'<tr id="commitment-.*?</tr>', response.text, re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<(?:td|th)(?! class=\"register__pick).*?</(?:td|th)>", row, re.DOTALL)]
        for row in rows
    ]  # fmt: skip


def titles(response):
    return [cells[1] for cells in table(response)]


def shown(client, **asked):
    return titles(client.get(LIST, asked))


# Who sees what


def test_register_shows_what_stands_in_each_column(erin, world, as_):
    page = as_(erin).get(LIST)

    assert table(page) == [
        [
            "CPT26-001", "Test commitment", "Test lead", "not published", "No stage stated",
            "No forecast given", "Not asked to report", "never",
        ]
    ]  # fmt: skip
    assert "1 commitment" in words(page.text)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("alice", ["Test commitment", "Test draft of the lead"]),
        ("dan", ["Test commitment", "Test draft of the lead"]),
        ("erin", ["Test commitment", "Test draft of another", "Test draft of the lead"]),
        ("carol", ["Test commitment"]),
    ],
)
def test_register_shows_drafts_to_body_and_officer_alone(who, seen, request, world, as_):
    person = request.getfixturevalue(who)
    draft(world, title_en="Test draft of the lead")
    draft(world, factories.OrganisationFactory(), title_en="Test draft of another")

    assert sorted(shown(as_(person))) == seen


def test_register_shows_another_body_no_draft(bob, world, as_):
    draft(world, title_en="Test draft of the lead")

    assert shown(as_(bob)) == ["Test commitment"]
    assert shown(as_(bob), state="draft") == []


def test_register_is_for_those_who_logged_in(client, world):
    answer = client.get(LIST)

    assert (answer.status_code, answer.url) == (302, f"/en/staff/log-in/?next={LIST}")


def demo_world():
    programme = factories.ProgrammeFactory(slug="demo", code="D", is_demo=True, name_en="Test demo")
    return factories.CommitmentFactory(programme=programme, title_en="Test invented")


def test_register_never_mixes_the_demonstration_with_the_record(erin, world, as_):
    demo_world()

    assert shown(as_(erin)) == ["Test commitment"]
    page = as_(erin).get(LIST, {"programme": "demo"})
    assert (titles(page), page.context["demo"]) == (["Test invented"], True)


def test_register_shows_demonstration_people_their_own_world(world, as_):
    demo_world()
    body = factories.OrganisationFactory(is_demo=True)
    person = factories.MembershipFactory(organisation=body, role="reporter").user

    page = as_(person).get(LIST)

    assert (titles(page), page.context["demo"]) == (["Test invented"], True)


# Filters


@pytest.fixture
def many(erin, alice, world):
    """One commitment for every answer of the filters."""
    priority = factories.PriorityFactory(programme=world.programme, slug="test-priority")
    elsewhere = factories.OrganisationFactory(slug="test-partner", name_en="Test partner")
    task = led(
        world, kind="government_task", priority=priority, title_en="Test task", reference="T2",
        search_text=" test task nghi quyet",
    )  # fmt: skip
    past = led(
        world, title_en="Test past", reference="T3", due="2026-05", due_earliest=date(2026, 5, 1),
        due_latest=date(2026, 5, 31),
    )  # fmt: skip
    soon = led(
        world, title_en="Test soon", reference="T4", due="2026-06-30",
        due_earliest=date(2026, 6, 30), due_latest=date(2026, 6, 30), stage="in_progress",
        stage_as_of_on=TODAY, forecast="at_risk", forecast_as_of_on=TODAY, last_as_of_on=TODAY,
    )  # fmt: skip
    factories.ParticipationFactory(commitment=soon, organisation=elsewhere, role="partner")
    factories.AssignmentFactory(commitment=task, person=erin)
    period = factories.ReportingPeriodFactory(
        programme=world.programme, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30),
        opens_on=date(2026, 5, 4), due_on=date(2026, 5, 20), locks_on=date(2026, 6, 1),
    )  # fmt: skip
    factories.ObligationFactory(commitment=past, period=period)
    draft(world, title_en="Test unpublished")
    return world


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"programme": "test"}, 5),
        ({"kind": "government_task"}, ["Test task"]),
        ({"priority": "test/test-priority"}, ["Test task"]),
        ({"organisation": "test-partner"}, ["Test soon"]),
        ({"organisation": "test-lead"}, 5),
        ({"stage": "in_progress"}, ["Test soon"]),
        ({"stage": "none"}, 4),
        ({"forecast": "at_risk"}, ["Test soon"]),
        ({"reporting": "never_reported"}, ["Test past"]),
        ({"reporting": "not_asked"}, 4),
        ({"due": "overdue"}, ["Test past"]),
        ({"due": "soon"}, ["Test soon"]),
        ({"due": "none"}, 3),
        ({"due_from": "6/2026"}, ["Test soon"]),
        ({"due_to": "31/5/2026"}, ["Test past"]),
        ({"due_from": "5/2026", "due_to": "6/2026"}, ["Test past", "Test soon"]),
        ({"state": "draft"}, ["Test unpublished"]),
        ({"state": "published"}, 4),
        ({"mine": "true"}, ["Test task"]),
        ({"mine": "nobody"}, 4),
        ({"q": "nghị quyết"}, ["Test task"]),
        ({"q": "nghi quy"}, ["Test task"]),
        ({"stage": "none", "kind": "government_task"}, ["Test task"]),
        ({"stage": "paused"}, []),
    ],
)
def test_register_filters(asked, found, many, erin, as_):
    seen = shown(as_(erin), **asked)

    assert (len(seen) if isinstance(found, int) else seen) == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"stage": "nonsense"}, ("id_stage", "Select a valid choice. nonsense is not one of the available choices.")),
        ({"organisation": "nobody"}, ("id_organisation", "Select a valid choice. That choice is not one of the available choices.")),
        ({"organisation": "\0"}, ("id_organisation", "Null characters are not allowed.")),
        ({"q": "\0"}, ("id_q", "Null characters are not allowed.")),
        ({"q": "a" * 201}, ("id_q", "Ensure this value has at most 200 characters (it has 201).")),
        ({"due_from": "6/2026", "due_to": "5/2026"}, ("id_due_to", "This day lies before the one from which you ask.")),
        ({"columns": "secret"}, ("id_columns", "Select a valid choice. secret is not one of the available choices.")),
        ({"sort": "search_text"}, ("id_sort", "Select a valid choice. search_text is not one of the available choices.")),
    ],
)  # fmt: skip
def test_register_says_at_the_field_what_it_cannot_read(asked, told, erin, world, as_):
    page = as_(erin).get(LIST, asked)

    found = [(re.sub(r"_\d+$", "", field), text) for field, text in errors(page)]
    assert (page.status_code, found, titles(page)) == (422, [told], [])
    assert "Nothing is shown" in page.text


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "1" * 40])
def test_register_answers_every_page_number(number, erin, world, as_):
    assert shown(as_(erin), page=number) == ["Test commitment"]


# Orders


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("reference", "Test commitment", "Test unpublished"),
        ("title", "Test commitment", "Test unpublished"),
        ("due", "Test past", "Test unpublished"),
        ("stage", "Test soon", "Test unpublished"),
        ("forecast", "Test soon", "Test unpublished"),
        ("reporting", "Test commitment", "Test past"),
        ("as_of", "Test soon", "Test unpublished"),
    ],
)
def test_register_sorts(sort, first, last, many, erin, as_):
    Commitment.objects.update(search_text="")
    for row in Commitment.objects.all():
        Commitment.objects.filter(pk=row.pk).update(search_text=f" {row.title_en.lower()}")
    page = as_(erin).get(LIST, {"sort": sort})

    assert (titles(page)[0], titles(page)[-1]) == (first, last)
    assert words(re.search(r'aria-sort="ascending".*?</th>', page.text).group().split(">", 1)[1])
    assert sorted(shown(as_(erin), sort=f"-{sort}")) == sorted(titles(page))


def test_register_sorts_by_body_both_ways(erin, world, as_):
    other = factories.OrganisationFactory(search_text=" aaa")
    type(world.body).objects.filter(pk=world.body.pk).update(search_text=" bbb")
    led(world, other, title_en="Test of a", reference="T9")
    factories.CommitmentFactory(programme=world.programme, title_en="Test of none", reference="T8")

    assert shown(as_(erin), sort="lead") == ["Test of a", "Test commitment", "Test of none"]
    assert shown(as_(erin), sort="-lead") == ["Test commitment", "Test of a", "Test of none"]


def test_register_keeps_its_order_among_equals(erin, world, as_):
    for number in range(3, 0, -1):
        led(world, title_en=f"Test {number}", reference=f"A{number}")

    assert shown(as_(erin), sort="-stage")[:3] == ["Test 1", "Test 2", "Test 3"]


def test_register_headings_lead_to_the_order_and_back(erin, world, as_):
    page = as_(erin).get(LIST, {"sort": "due", "stage": "none"})

    assert 'aria-sort="ascending"' in page.text
    assert 'id="sort-due" href="?sort=-due&amp;stage=none"' in page.text
    assert 'id="sort-stage" href="?sort=stage&amp;stage=none"' in page.text


# Columns and pages


def test_register_shows_the_chosen_columns_and_keeps_them(alice, erin, world, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    page = as_(erin).get(LIST, {"columns": ["state", "charged", "kind", "programme"]})

    assert table(page) == [
        ["CPT26-001", "Test commitment", "Test programme", "Corporate pledge", "Alice",
         "published 1 June 2026"]
    ]  # fmt: skip
    assert 'href="?columns=state&amp;columns=charged&amp;columns=kind&amp;columns=programme&amp;sort=title"' in page.text  # fmt: skip


def test_register_tells_no_other_body_who_reports(alice, bob, world, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    asked = {"columns": ["charged"]}

    assert table(as_(bob).get(LIST, asked)) == [["CPT26-001", "Test commitment", "not shown"]]
    assert (
        "Alice" not in as_(bob).get("/en/staff/exports/commitments.csv", asked).getvalue().decode()
    )
    assert titles(as_(alice).get(LIST, asked | {"mine": "true"})) == ["Test commitment"]


def test_register_tells_no_other_body_that_nobody_reports(bob, erin, world, as_):
    asked = {"mine": "nobody"}

    assert titles(as_(bob).get(LIST, asked)) == []
    assert titles(as_(erin).get(LIST, asked)) == ["Test commitment"]


def fill(world, number):
    """Many commitments of one body, quickly."""
    start = Commitment.objects.count()
    made = Commitment.objects.bulk_create(
        Commitment(
            programme=world.programme, kind="corporate_pledge", slug=f"test-{start + one}",
            reference=f"N{start + one:05d}", published_at=NOW, title_en=f"Test {start + one}",
        )
        for one in range(number)
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(commitment=row, organisation=world.body, role="lead", confidence="confirmed")
        for row in made
    )
    return made


def test_register_shows_50_on_a_page(erin, world, as_):
    fill(world, 60)

    assert len(shown(as_(erin))) == 50
    assert len(shown(as_(erin), page=2)) == 11
    assert "61 commitments" in words(as_(erin).get(LIST).text)


@pytest.mark.parametrize(
    "asked",
    [{}, {"columns": ["programme", "priority", "charged", "verification"], "sort": "-reporting"}],
)
def test_register_takes_as_many_queries_for_1000_rows(asked, erin, alice, world, as_):
    client = as_(erin)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    with CaptureQueriesContext(connection) as one:
        short = client.get(LIST, asked)
    for row in fill(world, 999)[:100]:
        factories.AssignmentFactory(commitment=row, person=alice)
    with CaptureQueriesContext(connection) as many:
        long = client.get(LIST, asked)

    assert (len(titles(short)), len(titles(long))) == (1, 50)
    assert len(many) == len(one)
    assert len(one) <= 16


# Nothing


def test_register_says_that_nothing_matches(erin, world, as_):
    page = as_(erin).get(LIST, {"q": "nowhere"})

    assert "No commitment matches" in page.text
    assert f'href="{LIST}?sort=reference">Clear filters</a>' in page.text


def test_register_says_that_there_is_nothing_yet(db, as_):
    page = as_(factories.UserFactory()).get(LIST)

    assert "There are no commitments yet" in page.text
    assert "No commitment matches" not in page.text


# Parts for htmx


def test_register_gives_htmx_the_list_alone(erin, world, as_):
    part = as_(erin).get(LIST, {"sort": "title", "q": "", "kind": ""}, headers=HTMX)

    assert titles(part) == ["Test commitment"]
    assert ("<html" in part.text, 'id="filters"' in part.text) == (False, False)
    assert part["HX-Push-Url"] == f"{LIST}?sort=title"


def test_register_gives_htmx_the_filters_where_one_is_wrong(erin, world, as_):
    part = as_(erin).get(LIST, {"stage": "nonsense"}, headers=HTMX)

    assert (part.status_code, part["HX-Retarget"], part["HX-Reswap"]) == (422, "#register", "outerHTML")  # fmt: skip
    assert [field for field, _text in errors(part)] == ["id_stage"]
    assert ("<html" in part.text, 'id="filters"' in part.text) == (False, True)


def test_register_gives_htmx_the_whole_page_when_it_goes_back(erin, world, as_):
    back = HTMX | {"HX-History-Restore-Request": "true"}

    assert "<html" in as_(erin).get(LIST, headers=back).text


# Choosing


@pytest.mark.parametrize(("who", "may"), [("erin", True), ("dan", True), ("alice", False)])
def test_register_offers_a_choice_to_those_who_may_act(who, may, request, world, as_):
    page = as_(request.getfixturevalue(who)).get(LIST)

    assert ('name="chosen"' in page.text, "Go on with the one that matches" in page.text) == (
        may, may,
    )  # fmt: skip


def test_register_is_never_acted_on_by_get(erin, world, as_):
    soon = TODAY + timedelta(days=1)

    assert as_(erin).get("/en/staff/bulk/", {"step": "do", "day": soon}).url == LIST
