"""What the page of a commitment offers to whom: as a draft, and when it is public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.services import plans
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import begun, public
from tests.views.staff.planning import address
from tests.views.staff.reading import sections, words

pytestmark = pytest.mark.usefixtures("monday")

DRAFT = "This is a draft. Only the delivery unit and the body that leads it see it."


def main(response):
    return response.text.split('<main id="content"')[1].split("</main>")[0]


def links_to(response, *deeds):
    return [f'href="{address("test-pledge", deed)}"' in response.text for deed in deeds]


def test_draft_offers_its_officer_to_edit_publish_and_discard(erin, world, as_):
    begun(erin, world.programme)

    page = as_(erin).get(address("test-pledge"))

    assert DRAFT in words(main(page))
    assert links_to(page, "edit/", "publish/", "discard/", "links/add/") == [True] * 4
    assert (
        sections(page)["What was promised"]
        == (
            "Test wording Summary by the editors; the promised text was not found Stated on 15 January "
            "2026 Targets Test: 20,000 stations stations: at least 20,000 stations due 2026 Milestones "
            "Q3 2026 Test step Not reported as done 1 source Test page (opens in a new site) Test press "
            "date not stated"
        )
        or "20,000 stations" in sections(page)["What was promised"]
    )
    assert "Updates" not in sections(page)
    assert "Plan and changes" not in sections(page)


def test_draft_offers_its_lead_nothing_to_do(alice, erin, world, as_):
    begun(erin, world.programme)

    page = as_(alice).get(address("test-pledge"))

    assert page.status_code == 200
    assert links_to(page, "edit/", "publish/", "discard/", "links/add/", "updates/add/") == (
        [False] * 5
    )


def test_draft_is_not_there_for_others(bob, carol, erin, world, as_):
    begun(erin, world.programme)

    assert [as_(who).get(address("test-pledge")).status_code for who in (bob, carol)] == [404, 404]


def test_public_page_offers_a_change_and_no_editing(erin, world, as_):
    public(erin, world.programme)

    page = as_(erin).get(address("test-pledge"))

    assert links_to(page, "edit/", "publish/", "discard/") == [False] * 3
    assert links_to(page, "changes/add/", "milestones/1/complete/", "links/add/") == [True] * 3
    assert DRAFT not in words(main(page))


def test_public_page_offers_others_what_is_theirs(alice, bob, erin, world, as_):
    public(erin, world.programme)
    deeds = ("changes/add/", "updates/add/", "milestones/1/complete/", "links/add/")

    found = {who: links_to(as_(who).get(address("test-pledge")), *deeds) for who in (alice, bob)}

    assert found == {alice: [True, True, False, False], bob: [False] * 4}


def test_finished_steps_are_not_finished_again(erin, world, as_):
    public(erin, world.programme).milestones.update(done_on=TODAY)

    page = as_(erin).get(address("test-pledge"))

    assert links_to(page, "milestones/1/complete/") == [False]
    assert "Done on 1 June 2026" in sections(page)["What was promised"]


def test_links_show_ends_that_the_person_sees(alice, bob, erin, world, as_):
    draft = begun(erin, world.programme, parts=())
    for one, other in ((world.commitment, draft), (draft, world.commitment)):
        factories.CommitmentLinkFactory(from_commitment=one, to_commitment=other)
    shown = factories.CommitmentFactory(programme=world.programme, title_en="Test other")
    factories.CommitmentLinkFactory(from_commitment=shown, to_commitment=world.commitment)

    found = {
        who: sections(as_(who).get(address("test-commitment"))).get("Linked commitments")
        for who in (erin, alice, bob)
    }

    assert found == {
        erin: "Contributes to Test pledge Draft Take the link back: Test pledge Contribution to it "
        "Test pledge Draft Contribution to it Test other Link to another commitment",
        alice: "Contribution to it Test other",
        bob: "Contribution to it Test other",
    }


def test_page_takes_as_many_queries_for_many_rows(erin, world, as_):
    draft = public(erin, world.programme)

    def fill(number):
        for _time in range(number):
            factories.TargetFactory(commitment=draft)
            factories.MilestoneFactory(commitment=draft)
            factories.ParticipationFactory(commitment=draft, role="partner")
            draft.sources.add(factories.SourceFactory())
            other = factories.CommitmentFactory(programme=world.programme)
            plans.link_commitments(commitment=draft, to=other, officer=erin, today=TODAY, now=NOW)
            factories.InternalNoteFactory(commitment=draft, organisation=world.unit, author=erin)

    as_(erin)
    fill(1)
    with CaptureQueriesContext(connection) as one:
        as_(erin).get(address("test-pledge"))
    fill(9)
    with CaptureQueriesContext(connection) as ten:
        page = as_(erin).get(address("test-pledge"))

    assert page.text.count('id="link-') == 10
    assert len(ten) == len(one)


@pytest.mark.parametrize("deed", ["edit/", "publish/"])
def test_form_and_last_look_take_as_many_queries_for_many_rows(deed, erin, world, as_):
    draft = begun(erin, world.programme)

    def fill(number):
        for _time in range(number):
            factories.TargetFactory(commitment=draft)
            factories.MilestoneFactory(commitment=draft)
            factories.ParticipationFactory(commitment=draft, role="partner")
            draft.sources.add(factories.SourceFactory())

    as_(erin)
    fill(1)
    with CaptureQueriesContext(connection) as one:
        as_(erin).get(address("test-pledge", deed))
    fill(9)
    with CaptureQueriesContext(connection) as ten:
        page = as_(erin).get(address("test-pledge", deed))

    assert (page.status_code, len(ten)) == (200, len(one))
