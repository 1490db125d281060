"""The page of who changed what: whose it is, what is looked for."""

import pytest

from tests import deeds
from tests import factories as make
from tests.views.staff.reading import errors, words

pytestmark = pytest.mark.usefixtures("monday")


def path(world, kind="commitment"):
    return f"/en/staff/history/{kind}/{world.commitment.pk}/"


def test_history_of_a_commitment_is_its_bodies_and_units(alice, erin, bob, world, as_):
    answers = {person.email: as_(person).get(path(world)).status_code
               for person in (alice, erin, bob)}  # fmt: skip

    assert answers == {alice.email: 200, erin.email: 200, bob.email: 403}


def test_history_shows_no_draft_to_the_unit(alice, erin, world, as_):
    deeds.draft(alice, world.commitment, summary_en="Test secret")

    assert "Test secret" in words(as_(alice).get(path(world)).text)
    assert "Test secret" not in words(as_(erin).get(path(world)).text)


def test_history_of_what_is_not_there_or_not_seen_is_not_found(alice, bob, world, as_):
    draft = make.CommitmentFactory(is_draft=True, programme=world.programme)

    assert as_(bob).get(f"/en/staff/history/commitment/{draft.pk}/").status_code == 404
    assert as_(alice).get("/en/staff/history/nothing/1/").status_code == 404
    assert as_(alice).get(f"/en/staff/history/person/{bob.pk}/").status_code == 404


def test_history_of_a_person_is_theirs_and_the_administrators(alice, carol, erin, world, as_):
    address = f"/en/staff/history/person/{alice.pk}/"
    answers = {person.email: as_(person).get(address).status_code
               for person in (alice, carol, erin)}  # fmt: skip

    assert answers == {alice.email: 200, carol.email: 200, erin.email: 404}


def test_history_of_a_body_is_the_units(alice, erin, world, as_):
    address = f"/en/staff/history/organisation/{world.body.pk}/"

    assert as_(erin).get(address).status_code == 200
    assert as_(alice).get(address).status_code == 403


def test_history_answers_odd_questions_at_the_field(alice, world, as_):
    page = as_(alice).get(path(world), {"since": "2/6/2026", "until": "1/6/2026", "page": "x"})

    assert page.status_code == 422
    assert [field for field, _text in errors(page)] == ["id_until"]
    assert as_(alice).get(path(world), {"page": "9" * 30}).status_code == 200


def test_history_keeps_no_passwords(alice, carol, world, as_):
    alice.set_password("Test pass phrase")
    alice.save()

    page = as_(carol).get(f"/en/staff/history/person/{alice.pk}/")

    assert alice.password not in page.text
    assert "Password" not in page.text
