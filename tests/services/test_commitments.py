"""Putting a commitment into the record: its reference, its parts, its words for the search."""

import pytest

from commitments.errors import WrongState
from commitments.models import PublicEvent
from commitments.services import commitments
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY


def publish(commitment):
    return commitments.publish_commitment(
        commitment=commitment, by=EDITORS, effective_on=TODAY, now=NOW
    )


@pytest.fixture
def programme(db):
    return factories.ProgrammeFactory(code="26")


def draft(programme, **columns):
    return factories.CommitmentFactory(programme=programme, is_draft=True, **columns)


def test_publish_commitment_gives_the_next_reference_of_its_kind(programme):
    priority = factories.PriorityFactory(programme=programme)
    kinds = ["national_mission", "corporate_pledge", "national_mission", "government_task"]

    made = [publish(draft(programme, kind=kind, priority=priority)).reference for kind in kinds]

    assert made == ["NM26-001", "CP26-001", "NM26-002", "GT26-001"]


def test_take_reference_never_gives_one_twice(programme):
    first = publish(draft(programme))
    first.events.all().delete()
    first.delete()

    assert publish(draft(programme)).reference == "CP26-002"


def test_publish_commitment_writes_it_with_all_its_parts(programme):
    made = draft(programme, slug="test-commitment")
    factories.WordingFactory(commitment=made)
    factories.ParticipationFactory(
        commitment=made, organisation=factories.OrganisationFactory(slug="test-lead")
    )
    factories.TargetFactory(commitment=made)
    factories.MilestoneFactory(commitment=made)

    publish(made)

    assert list(PublicEvent.objects.values_list("action", "object_kind", "object_key")) == [
        ("published", "commitment", "test-commitment"),
        ("published", "wording", "test-commitment/1"),
        ("published", "participation", "test-commitment/lead/test-lead"),
        ("published", "target", "test-commitment/1"),
        ("published", "milestone", "test-commitment/1"),
    ]


def test_publish_commitment_once(programme):
    made = publish(draft(programme))

    with pytest.raises(WrongState) as refused:
        publish(made)
    assert (refused.value.code, PublicEvent.objects.count()) == ("already_published", 1)


def test_words_of_a_commitment_are_folded(programme):
    made = draft(programme, title_vi="Nghị quyết điện", title_en="Test")
    body = factories.OrganisationFactory(name_vi="Bộ Ví dụ", name_en="Test body")
    factories.ParticipationFactory(commitment=made, organisation=body)

    published = publish(made)

    assert published.search_text == " nghi quyet dien test cp26 001 bo vi du test body"


def test_publish_commitment_makes_its_new_bodies_public(programme):
    body = factories.OrganisationFactory(slug="test-new", published_at=None)
    made = draft(programme)
    for role in ("lead", "assigned_by"):
        factories.ParticipationFactory(commitment=made, organisation=body, role=role)

    publish(made)

    body.refresh_from_db()
    events = PublicEvent.objects.filter(object_kind="organisation")
    assert body.published_at == NOW
    assert [(event.object_key, event.action) for event in events] == [("test-new", "published")]


def test_publish_commitment_puts_the_bodies_above_into_the_record_too(programme):
    top = factories.OrganisationFactory(slug="test-top", published_at=None)
    middle = factories.OrganisationFactory(slug="test-middle", parent=top, published_at=None)
    body = factories.OrganisationFactory(slug="test-body", parent=middle, published_at=None)
    made = draft(programme, slug="test-commitment")
    for role in ("lead", "partner"):
        factories.ParticipationFactory(commitment=made, organisation=body, role=role)

    publish(made)

    said = PublicEvent.objects.filter(object_kind="organisation").order_by("sequence")
    assert [(event.object_key, event.after["parent"]) for event in said] == [
        ("test-body", "test-middle"),
        ("test-middle", "test-top"),
        ("test-top", None),
    ]
