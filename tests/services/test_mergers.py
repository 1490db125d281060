"""A merger takes everything over and rewrites nothing that was published."""

import pytest

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import Commitment, Organisation, Participation, PublicEvent, StatusUpdate
from commitments.rules import access
from commitments.rules.dates import LimitedDate
from commitments.services import mergers, record
from commitments.services.record import EDITORS
from tests import deeds, plans
from tests import factories as make
from tests.factories.clock import NOW, TODAY

YEAR = LimitedDate.parse("2025")


def merge(body, into, by, on=YEAR, source=None):
    return mergers.merge(body=body, into=into, on=on, source=source, by=by, today=TODAY, now=NOW)


@pytest.fixture
def successor(world):
    return make.OrganisationFactory(slug="test-successor", name_en="Test successor")


@pytest.fixture
def public(world, successor):
    child = make.OrganisationFactory(slug="test-child", parent=world.body)
    rows = [
        world.unit, world.body, successor, child, world.programme, world.commitment, world.lead,
    ]  # fmt: skip
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return world


def test_merge_ends_parts_and_gives_them_to_the_successor(erin, public, successor):
    source = make.SourceFactory()
    public.lead.sources.add(source)
    record.publish_many(
        [source, public.lead], action="loaded", by=EDITORS, effective_on=TODAY, now=NOW
    )

    merge(public.body, successor, erin, source=source)

    parts = Participation.objects.order_by("pk").values_list(
        "organisation__slug", "role", "ended_on", "confidence"
    )
    assert list(parts) == [
        ("test-lead", "lead", TODAY, "confirmed"),
        ("test-successor", "lead", None, "confirmed"),
    ]
    commitment = Commitment.objects.get(pk=public.commitment.pk)
    assert commitment.lead.organisation == successor
    assert list(commitment.lead.sources.all()) == [source]
    assert list(record.verify()) == []
    assert " test successor" in commitment.search_text


def test_merge_is_public_and_whole(erin, public, successor):
    merge(public.body, successor, erin)

    said = PublicEvent.objects.filter(action="merged").order_by("sequence")
    assert [(event.object_kind, event.object_key) for event in said] == [
        ("organisation", "test-lead"),
        ("participation", "test-commitment/lead/test-lead"),
        ("participation", "test-commitment/lead/test-successor"),
        ("organisation", "test-child"),
    ]
    assert said[0].after["merged_into"] == "test-successor"
    assert said[0].after["merged"] == "2025"
    assert said[3].after["parent"] == "test-successor"
    assert list(record.verify()) == []


def test_merge_takes_people_and_unpublished_updates_along(alice, dan, erin, public, successor):
    mine = deeds.submitted(alice, public.commitment)

    merge(public.body, successor, erin)

    alice, dan = (type(alice).objects.get(pk=person.pk) for person in (alice, dan))
    update = StatusUpdate.objects.get(pk=mine.pk)
    assert update.body == successor
    assert alice.roles == {(successor.pk, "reporter")}
    assert access.may_approve(dan, update)


def test_merge_leaves_what_was_published_to_the_former_body(alice, dan, erin, public, successor):
    said = deeds.published(alice, dan, erin, public.commitment)

    merge(public.body, successor, erin)

    update = StatusUpdate.objects.get(pk=said.pk)
    assert update.body == public.body
    assert access.may_correct(type(alice).objects.get(pk=alice.pk), update)


def test_merge_of_a_unit_takes_its_programmes_along(erin, public, successor):
    merge(public.unit, successor, erin)

    public.programme.refresh_from_db()
    assert public.programme.delivery_unit == successor
    assert type(erin).objects.get(pk=erin.pk).roles == {(successor.pk, "officer")}
    said = PublicEvent.objects.filter(action="merged").values_list(
        "actor_role", "actor_organisation"
    )
    assert set(said) == {("officer", "test-unit")}
    assert list(record.verify()) == []


def test_merge_into_a_body_below_gives_it_the_place_above(erin, public, successor):
    child = Organisation.objects.get(slug="test-child")
    successor.parent, public.body.parent = child, public.unit
    successor.save(update_fields=["parent"])
    public.body.save(update_fields=["parent"])
    record.publish_many(
        [successor, public.body], action="loaded", by=EDITORS, effective_on=TODAY, now=NOW
    )

    merge(public.body, successor, erin)

    above = Organisation.objects.filter(pk__in=[child.pk, successor.pk]).order_by("slug")
    assert list(above.values_list("slug", "parent__slug")) == [
        ("test-child", "test-successor"),
        ("test-successor", "test-unit"),
    ]
    assert list(record.verify()) == []


def test_merge_changes_the_parts_of_drafts_without_a_trace_in_public(erin, public, successor):
    draft = plans.begun(erin, public.programme)
    for body in (public.body, successor):
        make.ParticipationFactory(commitment=draft, organisation=body, role="partner")

    merge(public.body, successor, erin)

    parts = Participation.objects.filter(commitment=draft).order_by("role")
    assert list(parts.values_list("organisation__slug", "role", "ended_on")) == [
        ("test-successor", "lead", None),
        ("test-successor", "partner", None),
    ]
    draft.refresh_from_db()
    assert draft.version > 1
    assert list(record.verify()) == []


def test_merge_rests_on_a_source_of_the_record(erin, public, successor):
    for source in (make.SourceFactory(published_at=None), make.SourceFactory(is_demo=True)):
        with pytest.raises(Invalid) as refused:
            merge(public.body, successor, erin, source=source)
        assert (refused.value.code, refused.value.field) == ("source_unknown", "source")


def test_merge_joins_parts_that_both_had(erin, public, successor):
    make.ParticipationFactory(commitment=public.commitment, organisation=successor, role="partner")
    partner = make.ParticipationFactory(
        commitment=public.commitment, organisation=public.body, role="partner"
    )

    merge(public.body, successor, erin)

    partner.refresh_from_db()
    mine = Participation.objects.present().filter(organisation=successor)
    assert partner.ended_on == TODAY
    assert sorted(mine.values_list("role", flat=True)) == ["lead", "partner"]


@pytest.mark.parametrize("person", ["alice", "dan", "bob"])
def test_merge_is_the_delivery_units(person, request, world, successor):
    with pytest.raises(Forbidden):
        merge(world.body, successor, request.getfixturevalue(person))


def test_merge_refuses_unfit_bodies(erin, public, successor):
    demo = make.OrganisationFactory(is_demo=True)
    draft = make.OrganisationFactory(published_at=None)

    with pytest.raises(Invalid) as itself:
        merge(public.body, public.body, erin)
    with pytest.raises(Invalid) as unseen:
        merge(public.body, draft, erin)
    with pytest.raises(Forbidden):
        merge(public.body, demo, erin)
    with pytest.raises(Invalid) as undated:
        merge(public.body, successor, erin, on=None)
    with pytest.raises(Invalid) as coming:
        merge(public.body, successor, erin, on=LimitedDate.parse("2027"))
    found = [one.value.code for one in (itself, unseen, undated, coming)]
    assert found == ["unfit_successor", "successor_not_public", "day_missing", "day_in_future"]
    assert Organisation.objects.get(pk=public.body.pk).merged_into is None


def test_merge_happens_once(erin, public, successor):
    merge(public.body, successor, erin)

    with pytest.raises(WrongState):
        merge(public.body, successor, erin)
    with pytest.raises(Invalid):
        merge(public.unit, public.body, erin)


def test_facts_say_which_ministry_was_taken_up_by_which(facts):
    former = Organisation.objects.get(slug="mic-former")

    assert (former.merged_into.slug, former.merged) == ("most", "2025")
    assert list(record.verify()) == []
