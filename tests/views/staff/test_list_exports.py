"""The other lists as files: what is filtered, what one may see, as the pages have it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import deeds, factories
from tests.factories.clock import NOW
from tests.views.staff.test_exports import FORMULA, cells, file_of, lines

EXPORTS = "/en/staff/exports/"
UPDATES = f"{EXPORTS}commitments/test-commitment/updates."
pytestmark = pytest.mark.usefixtures("monday")


def test_export_of_organisations(erin, world, as_):
    type(world.body).objects.filter(pk=world.body.pk).update(name_en=FORMULA)

    found = lines(as_(erin).get(f"{EXPORTS}organisations.csv"))

    assert found[0] == [
        "slug", "name_vi", "name_en", "kind", "merged_into", "merged", "leads", "parts",
        "published",
    ]  # fmt: skip
    assert [row[:3] + row[6:8] for row in found[2:]] == [
        ["test-lead", world.body.name_vi, f"'{FORMULA}", "1", "1"],
        ["test-unit", world.unit.name_vi, "Test delivery unit", "0", "0"],
    ]


def test_export_of_organisations_keeps_filters(erin, world, as_):
    found = lines(as_(erin).get(f"{EXPORTS}organisations.csv", {"kind": "ministry"}))

    assert [row[0] for row in found[2:]] == ["test-unit"]


def test_export_of_changes(alice, erin, world, as_):
    factories.ChangeRequestFactory(
        commitment=world.commitment, requester=alice, kind="withdrawn", requested_at=NOW,
        reason_en="Test reason",
    )  # fmt: skip

    found = lines(as_(erin).get(f"{EXPORTS}changes.csv"))

    assert found[2:] == [
        ["CPT26-001", "Test commitment", "Withdrawn", "Alice", "2026-06-01", "Test reason",
         "Waiting for a decision", "", ""]
    ]  # fmt: skip


def test_export_of_changes_of_others_is_empty(alice, bob, world, as_):
    factories.ChangeRequestFactory(commitment=world.commitment, requester=alice)

    assert lines(as_(bob).get(f"{EXPORTS}changes.csv"))[2:] == []


def test_export_of_people_tells_log_ins_to_administrators_alone(alice, carol, world, as_):
    told = cells(as_(carol).get(f"{EXPORTS}people.xlsx"))
    own = cells(as_(alice).get(f"{EXPORTS}people.xlsx"))

    assert told[0] == ["name", "email", "roles", "state", "last_login_on", "second_factor"]
    assert own[0] == ["name", "email", "roles", "state"]
    assert own[2:] == [["Alice", "alice@example.org", "Reporter, Test lead", "May log in"]]


def test_export_of_people_keeps_filters(alice, dan, carol, as_):
    found = lines(as_(carol).get(f"{EXPORTS}people.csv", {"role": "approver"}))

    assert [row[0] for row in found[2:]] == ["Dan"]


def test_export_of_updates_holds_what_the_person_sees(alice, dan, erin, bob, world, as_):
    deeds.published(alice, dan, erin, world.commitment)
    deeds.draft(alice, world.commitment, summary_en="Test: unfinished")

    own = lines(as_(alice).get(f"{UPDATES}csv"))
    others = lines(as_(bob).get(f"{UPDATES}csv"))

    assert own[0][:4] == ["number", "as_of", "kind", "state"]
    assert {row[6] for row in own[2:]} == {"Test: work is under way.", "Test: unfinished"}
    assert others[2:] == [
        ["1", "2026-06-01", "Progress", "Published", "In progress", "Not given",
         "Test: work is under way.", "", "", "Test lead", "2026-06-01"]
    ]  # fmt: skip


def test_export_of_updates_of_what_is_not_seen(bob, world, as_):
    type(world.commitment).objects.update(published_at=None, reference=None)

    assert as_(bob).get(f"{UPDATES}csv").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nothing.csv", 404),
        ("people.pdf", 404),
        ("organisations.csv?kind=nonsense", 400),
        ("people.csv?role=nonsense", 400),
        ("changes.csv?programme=nonsense", 400),
    ],
)
def test_export_of_what_there_is_not(path, status, carol, erin, world, as_):
    assert as_(erin).get(EXPORTS + path).status_code == status


def test_export_of_organisations_is_for_delivery_units(alice, as_):
    assert as_(alice).get(f"{EXPORTS}organisations.csv").status_code == 403


@pytest.mark.parametrize("noun", ["organisations", "changes", "people"])
def test_export_offers_stand_on_the_lists(noun, alice, erin, world, as_):
    factories.ChangeRequestFactory(commitment=world.commitment, requester=alice)

    page = as_(erin).get(f"/en/staff/{noun}/")

    assert f'href="/en/staff/exports/{noun}.xlsx?" download' in page.text


def test_export_offer_stands_on_the_commitment(alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment)

    page = as_(erin).get("/en/staff/commitments/test-commitment/")

    assert f'href="{UPDATES}csv" download' in page.text


@pytest.mark.parametrize("noun", ["organisations", "changes", "people"])
def test_exports_take_as_many_queries_for_many_rows(noun, alice, erin, world, as_):
    client = as_(erin)

    def queries():
        with CaptureQueriesContext(connection) as found:
            file_of(client.get(f"{EXPORTS}{noun}.csv"))
        return len(found)

    factories.ChangeRequestFactory(commitment=world.commitment, requester=alice)
    one = queries()
    for number in range(30):
        factories.MembershipFactory(organisation=factories.OrganisationFactory(), role="reporter")
        factories.ChangeRequestFactory(
            commitment=world.commitment, requester=alice, subject=f"milestone/{number}"
        )

    assert queries() == one
