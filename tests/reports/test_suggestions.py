"""Known publications: found by words, of the same world, never somebody else's draft."""

import pytest

from commitments.reports.suggestions import known_sources
from tests import deeds, factories
from tests.views.staff.reading import words


@pytest.fixture
def resolution(world):
    return factories.SourceFactory(
        title="Test: Nghị quyết của kỳ họp", publisher="Báo thử", url="https://example.org/nq-57"
    )


def found(world, author, typed):
    return [source.title for source in known_sources(world.commitment, author, typed)]


@pytest.mark.parametrize(
    "typed",
    ["nghi quyet", "NGHỊ QUYẾT", "ky hop", "bao thu", "nq 57", "example.org/nq-57", "khong co"],
)
def test_publication_is_found_by_title_publisher_and_address(typed, resolution, world, alice):
    expected = [] if typed == "khong co" else [resolution.title]

    assert found(world, alice, typed) == expected


@pytest.mark.parametrize("typed", ["", " ", "n", "%", "\x00"])
def test_too_little_finds_nothing(typed, resolution, world, alice):
    assert found(world, alice, typed) == []


def test_ten_are_enough_and_one_address_stands_once(world, alice):
    for number in range(12):
        factories.SourceFactory(title=f"Test page {number}", url=f"https://example.org/{number}")
    factories.SourceFactory(title="Test page 0 again", url="https://example.org/0")

    titles = found(world, alice, "test page")

    assert (len(titles), "Test page 0 again" in titles) == (10, False)


def test_the_demonstration_is_not_cited_in_the_record(world, alice):
    factories.SourceFactory(title="Test invented", is_demo=True)

    assert found(world, alice, "invented") == []


def test_of_drafts_only_ones_own_are_offered(world, alice):
    colleague = factories.UserFactory(email="colleague@example.org")
    factories.MembershipFactory(user=colleague, organisation=world.body, role="reporter")
    other = factories.CommitmentFactory(programme=world.programme)
    factories.ParticipationFactory(commitment=other, organisation=world.body)
    deeds.draft(colleague, other, evidence=[deeds.PAGE])

    assert found(world, alice, "test page") == []
    assert found(world, colleague, "test page") == ["Test page"]


def test_draft_is_not_offered_its_own_rows(world, alice):
    deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])

    assert found(world, alice, "test page") == []


def test_page_answers_reporters_of_the_lead(resolution, world, alice, client):
    client.force_login(alice)

    answer = client.get(
        "/en/staff/commitments/test-commitment/sources/",
        {"evidence-3-title": "nghi quyet", "row": "3"},
    )

    assert "1 publication is known already" in words(answer.text)
    assert f'value="evidence-take-3-{resolution.pk}"' in answer.text


@pytest.mark.parametrize("who", ["dan", "erin", "bob"])
def test_page_answers_nobody_else(who, world, client, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/en/staff/commitments/test-commitment/sources/?q=test").status_code == 403


def test_queries_do_not_grow_with_sources(world, alice, django_assert_num_queries):
    factories.SourceFactory(title="Test page")
    with django_assert_num_queries(1):
        found(world, alice, "test")
    for _number in range(5):
        factories.SourceFactory(title="Test page")
    with django_assert_num_queries(1):
        found(world, alice, "test")
