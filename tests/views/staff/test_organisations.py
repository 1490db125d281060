"""The delivery unit's pages of bodies: entering, correcting, renaming, merging, contacts."""

import pytest

from commitments.models import Contact, Organisation, OrganisationName
from commitments.rules.bodies import BodySaid
from commitments.services import bodies, record
from commitments.services.record import EDITORS
from tests import factories as make
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, told, words

pytestmark = pytest.mark.usefixtures("monday")

LIST = "/en/staff/organisations/"
BODY = f"{LIST}test-lead/"
DEEDS = [f"{LIST}add/", f"{BODY}edit/", f"{BODY}rename/", f"{BODY}merge/", f"{BODY}contacts/add/"]


@pytest.fixture
def successor(world):
    made = make.OrganisationFactory(slug="test-successor", name_en="Test successor")
    rows = [world.unit, world.body, made, world.programme, world.commitment, world.lead]
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return made


def test_organisation_list_shows_drafts_and_finds_by_words(erin, world, as_):
    said = BodySaid(name_vi="Đơn vị điện thử", kind="company")
    bodies.create_organisation(said=said, by=erin, is_demo=False)

    page = as_(erin).get(LIST, {"q": "dien"})

    assert [row.slug for row in page.context["page"].object_list] == ["don-vi-dien-thu"]
    assert "not public yet" in words(page.text)


@pytest.mark.parametrize("number", [1, 30])
def test_organisation_list_takes_as_many_queries_for_many(
    erin, world, as_, number, django_assert_num_queries
):
    make.OrganisationFactory.create_batch(number, merged_into=world.body, merged="2025",
                                          merged_earliest=TODAY, merged_latest=TODAY)  # fmt: skip
    browser = as_(erin)

    with django_assert_num_queries(QUERIES):
        browser.get(LIST)


QUERIES = 11


@pytest.mark.parametrize("person", ["alice", "dan", "bob"])
def test_organisation_pages_are_the_units(person, request, world, as_):
    browser = as_(request.getfixturevalue(person))

    for path in (LIST, BODY, *DEEDS):
        assert (path, browser.get(path).status_code) == (path, 403)


def test_auditors_look_and_change_nothing(world, as_):
    auditor = make.UserFactory()
    make.MembershipFactory(user=auditor, organisation=world.unit, role="auditor")
    browser = as_(auditor)

    assert "Rename" not in browser.get(BODY).text
    assert {path: browser.get(path).status_code for path in DEEDS} == dict.fromkeys(DEEDS, 403)


def test_bodies_of_the_demonstration_are_not_found(erin, world, as_):
    make.OrganisationFactory(slug="test-demo", is_demo=True)
    browser = as_(erin)

    assert browser.get(f"{LIST}test-demo/").status_code == 404
    assert browser.post(f"{LIST}test-demo/rename/", {"name_en": "Test"}).status_code == 404


def test_organisation_create_enters_and_keeps_what_was_typed_with_errors(erin, world, as_):
    browser = as_(erin)

    wrong = browser.post(f"{LIST}add/", {"name_en": "Test lead", "kind": "company"})
    right = browser.post(f"{LIST}add/", {"name_en": "Test new", "kind": "company"})

    assert wrong.status_code == 422
    assert errors(wrong) == [
        ("id_name_en", "There is a body of this name already. Please use that one.")
    ]
    assert 'value="Test lead"' in wrong.text
    assert told(right) == [("success", "Test new was entered.")]
    assert Organisation.objects.get(slug="test-new").published_at is None


def test_organisation_edit_shows_both_versions_to_the_second(erin, carol, world, as_):
    said = {"kind": "ministry", "website": "", "parent": "", "version": "1"}
    as_(carol).post(f"{BODY}edit/", said)

    second = as_(erin).post(f"{BODY}edit/", said | {"kind": "association"})
    again = as_(erin).post(f"{BODY}edit/", said | {"kind": "association", "version": "2"})

    assert second.status_code == 409
    assert [
        (str(row["label"]), row["typed"], row["stored"]) for row in second.context["differences"]
    ] == [("Kind", "association", "ministry")]
    assert 'name="version" value="2"' in second.text
    assert again.status_code == 302
    assert Organisation.objects.get(pk=world.body.pk).kind == "association"


def test_organisation_rename_once_however_often_it_is_sent(erin, world, as_):
    said = {"name_en": "Test renamed", "until": "5/2026", "reason_en": "Test reason"}
    browser = as_(erin)

    first, second = (browser.post(f"{BODY}rename/", said) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert list(OrganisationName.objects.values_list("name_en", "until")) == [
        ("Test lead", "2026-05")
    ]


def test_organisation_rename_says_what_is_wrong_at_the_field(erin, world, as_):
    page = as_(erin).post(f"{BODY}rename/", {"name_en": "Test renamed", "until": "5/2027"})

    assert errors(page) == [
        ("id_until", "This lies in the future. Enter it once it holds."),
        ("id_reason_en", "Please give the public reason."),
    ]


def test_organisation_merge_shows_what_goes_over_before_it_does(erin, successor, world, as_):
    said = {"into": successor.pk, "merged": "2025", "deed": "check"}
    browser = as_(erin)

    shown = browser.post(f"{BODY}merge/", said)
    assert Organisation.objects.get(pk=world.body.pk).merged_into is None
    done = browser.post(f"{BODY}merge/", said | {"deed": "merge"})

    assert "1 part in a commitment" in words(shown.text)
    assert "Test lead will be merged into Test successor." in words(shown.text)
    assert told(done) == [("success", "Test lead was merged into Test successor.")]
    assert Organisation.objects.get(pk=world.body.pk).merged_into == successor


def test_organisation_merge_happens_once(erin, successor, world, as_):
    said = {"into": successor.pk, "merged": "2025", "deed": "merge"}
    browser = as_(erin)
    browser.post(f"{BODY}merge/", said)

    again = browser.post(f"{BODY}merge/", said)

    assert again.status_code == 409
    assert "This body was merged into another one" in words(again.text)


def test_public_page_tells_of_names_and_mergers(client, erin, successor, world, as_):
    browser = as_(erin)
    said = {"name_en": "Test renamed", "until": "5/2026", "reason_en": "Test reason"}
    browser.post(f"{BODY}rename/", said)
    merged = {"into": successor.pk, "merged": "2025", "deed": "merge"}
    browser.post(f"{BODY}merge/", merged)
    client.logout()

    former, into = (words(client.get(f"/en/organisations/{slug}/").text)
                    for slug in ("test-lead", "test-successor"))  # fmt: skip

    assert "Test lead until May 2026 Test reason" in former
    assert "Merged into Test successor, 2025" in former
    assert "Test renamed was merged into it, 2025" in into


def test_contacts_are_entered_corrected_and_taken_off(erin, world, as_):
    browser = as_(erin)
    said = {"name": "Test desk", "email": "desk@example.org"}

    browser.post(f"{BODY}contacts/add/", said)
    contact = Contact.objects.get()
    wrong = browser.post(f"/en/staff/contacts/{contact.pk}/edit/", {"name": "Test desk"})
    browser.post(f"/en/staff/contacts/{contact.pk}/edit/", said | {"phone": "1"})
    assert "Test desk" in browser.get(BODY).text
    browser.post(f"/en/staff/contacts/{contact.pk}/end/")

    assert errors(wrong) == [("id_email", "Please give an e-mail address or a telephone number.")]
    assert Contact.objects.get().phone == "1"
    assert "Test desk" not in browser.get(BODY).text.partition('id="contacts"')[2]


def test_contacts_sent_twice_are_one(erin, world, as_):
    said = {"name": "Test desk", "email": "desk@example.org"}

    for _again in range(2):
        as_(erin).post(f"{BODY}contacts/add/", said)

    assert Contact.objects.count() == 1


def test_contacts_show_both_versions_to_the_second(erin, world, as_):
    contact = make.ContactFactory(organisation=world.body, name="Test desk", phone="1")
    address, browser = f"/en/staff/contacts/{contact.pk}/edit/", as_(erin)
    read = browser.get(address).context["form"].initial

    browser.post(address, read | {"phone": "2"})
    late = browser.post(address, read | {"phone": "3"})
    again = late.context["form"]["seen"].value()

    assert late.status_code == 409
    assert "Telephone 3 2" in words(late.text)
    assert Contact.objects.get().phone == "2"
    browser.post(address, read | {"phone": "3", "seen": again})
    assert Contact.objects.get().phone == "3"


def test_contacts_are_on_no_public_page(client, erin, world, as_):
    make.ContactFactory(organisation=world.body, name="Test marker", email="marker@example.org")

    for path in ("/en/organisations/test-lead/", "/api/v1/organisations/test-lead/"):
        assert "marker" not in client.get(path).text
