"""Bodies are entered once, renamed with their former name kept, and written to."""

from datetime import date

import pytest

from commitments.errors import Forbidden, Invalid, Refusal, Stale, WrongState
from commitments.models import Commitment, Contact, Organisation, PublicEvent
from commitments.rules.bodies import BodySaid, ContactSaid, RenamingSaid
from commitments.rules.dates import LimitedDate
from commitments.services import bodies, record
from tests import factories as make
from tests.factories.clock import NOW, TODAY

SAID = BodySaid(name_en="Test new body", kind="company", website="https://example.org/")
RENAMED = RenamingSaid(
    name_vi="Đơn vị thử mới", name_en="Test renamed", until=LimitedDate.parse("2026-05"),
    reason_en="Test: renamed by decree.",
)  # fmt: skip


def refused(deed):
    with pytest.raises(Refusal) as caught:
        deed()
    return [(one.field, one.code) for one in caught.value.refusals]


def rename(body, by, said=RENAMED, source=None):
    return bodies.rename(organisation=body, said=said, source=source, by=by, today=TODAY, now=NOW)


def save(body, by, **changed):
    said = BodySaid(name_vi=body.name_vi, name_en=body.name_en, kind=changed.pop("kind", body.kind))
    options = {"parent": None, "skips_approver": False, "version": body.version} | changed
    return bodies.save_organisation(
        organisation=body, said=said, by=by, today=TODAY, now=NOW, **options
    )


@pytest.fixture
def public(world):
    """The world's record as the services would have written it."""
    from commitments.services.record import EDITORS

    rows = [world.unit, world.body, world.programme, world.commitment, world.lead]
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return world


def test_create_organisation_is_not_public_until_something_names_it(erin, world):
    made = bodies.create_organisation(said=SAID, by=erin, is_demo=False)

    assert (made.slug, made.name_en, made.published_at) == ("test-new-body", "Test new body", None)
    assert made not in Organisation.objects.public()
    assert PublicEvent.objects.count() == 0


def test_create_organisation_takes_a_name_once(erin, world):
    bodies.create_organisation(said=SAID, by=erin, is_demo=False)
    again = BodySaid(name_en="TEST NEW BODY ", kind="company")

    assert refused(lambda: bodies.create_organisation(said=again, by=erin, is_demo=False)) == [
        ("name_en", "name_taken")
    ]


def test_create_organisation_names_every_fault(erin, world):
    said = BodySaid(name_vi="x" * 301, kind="??")

    assert refused(lambda: bodies.create_organisation(said=said, by=erin, is_demo=False)) == [
        ("name_vi", "too_long"),
        ("kind", "kind_unknown"),
    ]


@pytest.mark.parametrize("person", ["alice", "dan", "bob"])
def test_bodies_are_changed_by_the_delivery_unit_only(person, request, world):
    user = request.getfixturevalue(person)

    for deed in (
        lambda: bodies.create_organisation(said=SAID, by=user, is_demo=False),
        lambda: rename(world.body, user),
        lambda: save(world.body, user),
        lambda: bodies.save_contact(
            organisation=world.body, said=ContactSaid(name="Test", phone="1"), by=user
        ),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_officers_of_the_record_do_not_touch_the_demonstration(erin, world):
    demo = make.OrganisationFactory(is_demo=True)

    with pytest.raises(Forbidden):
        rename(demo, erin)
    with pytest.raises(Forbidden):
        bodies.create_organisation(said=SAID, by=erin, is_demo=True)


def test_rename_keeps_the_former_name_and_finds_by_both(erin, public):
    source = make.SourceFactory()
    former = rename(public.body, erin, source=source)

    body = Organisation.objects.get(pk=public.body.pk)
    assert (body.name_vi, body.name_en, body.version) == ("Đơn vị thử mới", "Test renamed", 2)
    assert (former.number, former.name_en, former.until) == (1, "Test lead", "2026-05")
    assert (former.until_earliest, former.until_latest) == (date(2026, 5, 1), date(2026, 5, 31))
    assert body.search_text == " don vi thu moi test renamed test lead"
    assert " test renamed" in Commitment.objects.get(pk=public.commitment.pk).search_text


def test_rename_is_public_and_whole(erin, public):
    rename(public.body, erin)

    said = PublicEvent.objects.order_by("-sequence")[:2]
    assert [(event.object_kind, event.object_key, event.action) for event in said] == [
        ("former_name", "test-lead/1", "renamed"),
        ("organisation", "test-lead", "renamed"),
    ]
    assert {(event.actor_role, event.actor_organisation) for event in said} == {
        ("officer", "test-unit")
    }
    assert said[0].after == {
        "organisation": "test-lead", "number": 1, "name_vi": "", "name_en": "Test lead",
        "until": "2026-05", "reason_vi": "", "reason_en": "Test: renamed by decree.",
        "source": None,
    }  # fmt: skip
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name_vi": "", "name_en": " "}, [("name_vi", "name_missing")]),
        ({"name_vi": "", "name_en": "Test lead"}, [("name_vi", "name_unchanged")]),
        ({"until": None}, [("until", "day_missing")]),
        ({"until": LimitedDate.parse("2026-07")}, [("until", "day_in_future")]),
        ({"reason_en": " "}, [("reason_vi", "reason_missing")]),
    ],
)
def test_rename_says_what_is_missing(erin, world, changed, expected):
    said = RenamingSaid(**{name: getattr(RENAMED, name) for name in RENAMED.__slots__} | changed)

    assert refused(lambda: rename(world.body, erin, said)) == expected
    assert world.body.former_names.count() == 0


def test_save_organisation_refuses_what_was_read_before_another_save(erin, world):
    save(world.body, erin, kind="ministry")

    with pytest.raises(Stale):
        save(world.body, erin, version=1)
    assert Organisation.objects.get(pk=world.body.pk).kind == "ministry"


def test_save_organisation_changes_no_public_name(erin, world):
    said = BodySaid(name_en="Test other", kind="company")

    with pytest.raises(Invalid) as caught:
        bodies.save_organisation(
            organisation=world.body, said=said, parent=None, skips_approver=False, version=1,
            by=erin, today=TODAY, now=NOW,
        )  # fmt: skip
    assert (caught.value.field, caught.value.code) == ("name_vi", "name_by_renaming")


def test_save_organisation_refuses_a_circle_of_parents(erin, public):
    child = make.OrganisationFactory(parent=public.body, published_at=None)

    assert refused(lambda: save(public.body, erin, parent=child)) == [("parent", "circle")]
    assert refused(lambda: save(public.body, erin, parent=public.body)) == [("parent", "circle")]
    assert save(public.body, erin, parent=public.unit).parent == public.unit
    assert list(record.verify()) == []


def test_save_organisation_puts_no_public_body_under_one_that_is_not(erin, public):
    hidden = make.OrganisationFactory(slug="test-hidden", published_at=None)

    assert refused(lambda: save(public.body, erin, parent=hidden)) == [
        ("parent", "parent_not_public")
    ]
    assert Organisation.objects.get(pk=public.body.pk).parent is None
    assert list(record.verify()) == []


def test_rename_rests_on_a_source_of_the_record(erin, public):
    for source in (make.SourceFactory(published_at=None), make.SourceFactory(is_demo=True)):
        assert refused(lambda source=source: rename(public.body, erin, source=source)) == [
            ("source", "source_unknown")
        ]


def test_contacts_are_kept_and_never_public(erin, world):
    said = ContactSaid(name=" Test desk ", email="desk@example.org")
    contact = bodies.save_contact(organisation=world.body, said=said, by=erin)
    bodies.end_contact(contact=contact, by=erin, now=NOW)

    kept = Contact.objects.get()
    assert (kept.name, kept.email, kept.ended_at) == ("Test desk", "desk@example.org", NOW)
    assert PublicEvent.objects.count() == 0


def test_contacts_can_be_reached(erin, world):
    nowhere, wrong = ContactSaid(name="Test"), ContactSaid(name="", email="nobody")

    def saved(said):
        return lambda: bodies.save_contact(organisation=world.body, said=said, by=erin)

    assert refused(saved(nowhere)) == [("email", "unreachable")]
    assert refused(saved(wrong)) == [("name", "name_missing"), ("email", "email_invalid")]


def test_merged_bodies_do_not_change(erin, world):
    world.body.merged_into, world.body.merged = world.unit, "2025"
    world.body.merged_earliest, world.body.merged_latest = date(2025, 1, 1), date(2025, 12, 31)
    world.body.save()

    with pytest.raises(WrongState):
        rename(world.body, erin)
    with pytest.raises(WrongState):
        save(world.body, erin, kind="ministry")
