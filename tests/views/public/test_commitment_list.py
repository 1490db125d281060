"""The list of commitments: words, facets with counts, orders, pages, files."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.services.read_models import documents
from tests import factories
from tests.factories.clock import TODAY
from tests.views.public.reading import sections

PATH = "/en/commitments/"


@pytest.fixture
def listed(db):
    """Three commitments that each filter can tell apart, and one of the demonstration."""
    programme = factories.ProgrammeFactory(slug="test", name_en="Test programme")
    other = factories.ProgrammeFactory(slug="other", name_en="Test other")
    priority = factories.PriorityFactory(programme=programme, slug="first", title_en="Test first")
    body = factories.OrganisationFactory(slug="body", name_en="Test Đại Việt")
    rows = [
        factories.CommitmentFactory(
            programme=programme,
            priority=priority,
            kind="government_task",
            slug="decree",
            reference="GT26-001",
            title_vi="Thử nghị quyết về điện",
            title_en="Test decree",
            search_text=" test decree",
            stage="in_progress",
            stage_as_of_on=TODAY,
            last_as_of_on=TODAY,
        ),
        factories.CommitmentFactory(
            programme=programme, slug="pledge", reference="CP26-001", title_en="Test pledge"
        ),
        factories.CommitmentFactory(
            programme=other,
            slug="late",
            reference="CP26-002",
            title_en="Test late",
            due="2026-05",
            due_earliest=date(2026, 5, 1),
            due_latest=date(2026, 5, 31),
        ),
    ]
    factories.WordingFactory(commitment=rows[1], text_en="Test stations.\nTest wording of it.")
    factories.ParticipationFactory(commitment=rows[1], organisation=body)
    factories.ParticipationFactory(commitment=rows[1], organisation=body, role="partner")
    demo = factories.ProgrammeFactory(slug="demo", is_demo=True, name_en="Test demo")
    factories.CommitmentFactory(
        programme=demo, slug="invented", reference="CP99-001", title_en="Test invented"
    )
    return rows


FOUND = {
    "": ["late", "pledge", "decree"],
    "q=nghi+quyet": ["decree"],
    "q=nghị+QUYẾT": ["decree"],
    "q=điện": ["decree"],
    "q=decr": ["decree"],
    "q=uyet": [],
    "q=!!": [],
    "q=test+%25": ["decree", "pledge", "late"],
    "q=stations+dai+viet": ["pledge"],
    "q=stations+decree": [],
    "q=gt26-001": ["decree"],
    "q=invented": [],
    "q=invented&demo=true": ["invented"],
    "programme=test": ["pledge", "decree"],
    "programme=test&programme=other": ["late", "pledge", "decree"],
    "programme=demo": ["invented"],
    "demo=true": ["invented"],
    "kind=government_task": ["decree"],
    "organisation=body": ["pledge"],
    "stage=in_progress": ["decree"],
    "stage=none": ["late", "pledge"],
    "stage=none&stage=in_progress": ["late", "pledge", "decree"],
    "priority=test/first": ["decree"],
    "forecast=not_given&reporting=not_asked&verification=none": ["late", "pledge", "decree"],
    "due=past_due": ["late"],
    "due=none&due=past_due": ["late", "pledge", "decree"],
    "due=month": [],
    "order=due": ["late", "pledge", "decree"],
    "order=news": ["decree", "pledge", "late"],
    "order=reference": ["pledge", "late", "decree"],
    "programme=test&kind=corporate_pledge&order=reference": ["pledge"],
    "page=7": ["late", "pledge", "decree"],
    "page=1000000000": ["late", "pledge", "decree"],
    "page=x&unknown=1": ["late", "pledge", "decree"],
    "q=&programme=&order=&kind=": ["late", "pledge", "decree"],
}


def test_list_finds_what_is_asked_for(client, listed):
    found = {}
    for query in FOUND:
        response = client.get(f"{PATH}?{query}")
        assert response.status_code == 200, query
        found[query] = [row.slug for row in response.context["page"]]

    assert found == FOUND


UNREADABLE = {
    "programme=never": "programme",
    "programme=test&programme=demo": "programme",
    "kind=%00": "kind",
    "organisation=1+OR+1": "organisation",
    "stage=done": "stage",
    "priority=first": "priority",
    "order=drop": "order",
    "due=soon": "due",
    "q=" + "x" * 201: "q",
    "q=%00": "q",
}


def test_list_says_which_filter_it_cannot_read(client, listed):
    for query, field in UNREADABLE.items():
        response = client.get(f"{PATH}?{query}")
        assert response.status_code == 400, query
        assert list(response.context["form"].errors) == [field]
        assert list(response.context["page"]) == []
        assert f'<a href="#id_{field}">' in response.content.decode()
        assert f'id="id_{field}"' in response.content.decode()


def _counts(response):
    return {
        facet.name: {option.word: option.count for option in facet.options}
        for facet in response.context["facets"]
    }


def test_facets_count_with_all_others_applied_and_without_themselves(client, listed):
    assert _counts(client.get(PATH)) == {
        "programme": {"test": 2, "other": 1},
        "kind": {"corporate_pledge": 2, "government_task": 1},
        "stage": {"none": 2, "in_progress": 1},
        "due": {"past_due": 1, "none": 2},
    }
    assert _counts(client.get(f"{PATH}?programme=test&stage=none")) == {
        "programme": {"test": 1, "other": 1},
        "stage": {"none": 1, "in_progress": 1},
    }
    assert _counts(client.get(f"{PATH}?organisation=body")) == {"organisation": {"body": 1}}


def test_list_says_which_filter_to_take_away(client, listed):
    response = client.get(f"{PATH}?programme=other&stage=in_progress&order=due")

    assert [(way.label, way.count, way.url) for way in response.context["wider"]] == [
        ("Programme", 1, f"{PATH}?stage=in_progress&order=due"),
        ("Stage", 1, f"{PATH}?programme=other&order=due"),
    ]
    assert [(way.label, way.url) for way in response.context["applied"]] == [
        ("Programme", f"{PATH}?stage=in_progress&order=due"),
        ("Stage", f"{PATH}?programme=other&order=due"),
    ]


def test_address_of_the_list_is_its_state(client, listed):
    response = client.get(f"{PATH}?order=&stage=none&q=&page=1&stage=none&never=1")

    assert response["HX-Push-Url"] == f"{PATH}?stage=none"
    assert client.get(f"{PATH}?q=")["HX-Push-Url"] == PATH


def test_list_marks_the_demonstration(client, listed):
    assert b'class="demo"' in client.get(f"{PATH}?programme=demo").content
    assert b'class="demo"' not in client.get(PATH).content


def test_list_shows_fifty_a_page(client, db):
    programme = factories.ProgrammeFactory()
    for _each in range(51):
        factories.CommitmentFactory(programme=programme)

    first, second = (client.get(f"{PATH}?page={number}") for number in (1, 2))

    assert [len(page.context["page"].object_list) for page in (first, second)] == [50, 1]
    assert first.context["found"] == "51 commitments"
    assert 'rel="next" href="?page=2"' in first.content.decode()


def test_row_says_what_is_late_and_why(client, listed):
    assert sections(client.get(f"{PATH}?due=past_due"))["1 commitment"].partition("002 · ")[2] == (
        "Corporate pledge Test late no body named · due May 2026"
        " No stage stated Past due Not asked to report"
    )


def test_row_shows_the_words_that_were_found_and_where(client, listed):
    page = client.get(f"{PATH}?q=wording").content.decode()

    assert (
        '<p class="row__found"><span class="row__where">In the wording:</span>'
        " <span>Test stations.\nTest <mark>wording</mark> of it.</span></p>"
    ) in page
    assert "Test <mark>pledge</mark></a>" in client.get(f"{PATH}?q=pledge").content.decode()


def test_whole_list_is_followed_as_everything_and_a_filtered_one_as_a_search(client, listed):
    followed = [client.get(PATH, asked).text for asked in ({}, {"stage": "in_progress"})]

    assert '<a href="/en/subscribe/">Follow this list by mail</a>' in followed[0]
    assert '<a href="/en/subscribe/?topic=search&amp;q=stage%3Din_progress">' in followed[1]


def test_list_can_be_taken_along_as_it_is_filtered(client, listed):
    answer = client.get("/en/commitments.csv?stage=none&order=reference")

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines[2:]] == ["CP26-001", "CP26-002"]
    assert answer["Content-Disposition"].endswith('filename="commitments-2026-06-01.csv"')
    assert client.get("/en/commitments.xlsx?stage=none").status_code == 200
    assert client.get("/en/commitments.csv?stage=never").status_code == 400


NAMES = ("q", "stage", "due", "programme", "order", "demo", "page", "only", "organisation")
QUERIES = st.lists(
    st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=30)), max_size=4
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_no_question_breaks_list_or_search(client, listed, query):
    said = {name: value.encode("utf-8", "replace") for name, value in query}

    statuses = {client.get(path, said).status_code for path in (PATH, "/en/search/")}

    assert statuses <= {200, 302, 400}


def test_fill_all_can_be_called_again(listed):
    assert documents.fill_all() == documents.fill_all()
