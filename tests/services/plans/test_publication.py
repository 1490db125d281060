"""Publishing a plan: complete, as it was read, and frozen from then on."""

from dataclasses import replace

import pytest

from commitments.errors import Forbidden, Refusals, Stale, WrongState
from commitments.models import Commitment, PublicEvent, Source
from commitments.services import plans, record
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import SOURCE, begun, public, sheet


def publish(draft, officer, version=1):
    return plans.publish_plan(
        commitment=draft, officer=officer, version=version, today=TODAY, now=NOW
    )


def events():
    rows = PublicEvent.objects.order_by("sequence")
    return list(rows.values_list("action", "object_kind", "object_key", "actor_role"))


def test_publish_plan_puts_everything_into_the_record(erin, world):
    draft = begun(erin, world.programme)
    slug = Source.objects.get().slug

    publish(draft, erin)

    assert events() == [
        ("published", "source", slug, "officer"),
        ("published", "commitment", "test-pledge", "officer"),
        ("published", "wording", "test-pledge/1", "officer"),
        ("published", "participation", "test-pledge/lead/test-lead", "officer"),
        ("published", "target", "test-pledge/1", "officer"),
        ("published", "milestone", "test-pledge/1", "officer"),
    ]
    assert [one.after["sources"] for one in PublicEvent.objects.order_by("sequence")[1:4]] == [
        [slug], [slug], [slug],
    ]  # fmt: skip


def test_publish_plan_freezes_the_original(erin, world):
    published = publish(begun(erin, world.programme), erin)

    published.refresh_from_db()
    assert (published.reference, published.published_at) == ("CPT-001", NOW)
    assert (published.original_due, published.original_due_latest) == (
        published.due, published.due_latest,
    ) == ("2026-12-31", sheet().due.latest)  # fmt: skip


def test_publish_plan_leaves_a_record_that_verifies(erin, world):
    """The rows of the fixtures were made without events; all others agree with theirs."""
    publish(begun(erin, world.programme), erin)

    faults = [one.where for one in record.verify() if "test-pledge" in one.where]

    assert faults == []


def test_publish_plan_uses_what_became_public_meanwhile(erin, world):
    draft = begun(erin, world.programme)
    known = factories.SourceFactory(url=SOURCE.url)

    publish(draft, erin)

    assert list(draft.sources.all()) == [known]
    assert list(draft.wordings.get().sources.all()) == [known]
    assert list(draft.participations.get().sources.all()) == [known]


def test_publish_plan_names_everything_that_is_missing(erin, world):
    draft = begun(erin, world.programme, parts=(), sources=())

    with pytest.raises(Refusals) as refused:
        publish(draft, erin)

    assert [one.code for one in refused.value.refusals] == ["sources_missing", "lead_missing"]
    assert [one.code for one in plans.missing_of(draft, today=TODAY)] == [
        "sources_missing", "lead_missing",
    ]  # fmt: skip
    assert (Commitment.objects.public().count(), PublicEvent.objects.count()) == (1, 0)


def test_publish_plan_of_a_body_that_was_merged_meanwhile_is_refused(erin, world):
    draft = begun(erin, world.programme)
    type(world.body).objects.filter(pk=world.body.pk).update(
        merged_into=world.unit, merged="2026-06-01", merged_earliest=TODAY, merged_latest=TODAY
    )

    with pytest.raises(Exception, match="was merged into Test delivery unit"):
        publish(draft, erin)


def test_publish_plan_of_a_task_without_a_lead(erin, world):
    priority = factories.PriorityFactory(programme=world.programme)
    assigner = replace(sheet().parts[0], organisation="test-unit", role="assigned_by")

    task = public(
        erin, world.programme,
        kind="government_task", priority=priority.slug, parts=(assigner,),
    )  # fmt: skip

    assert (task.reference, task.lead) == ("GTT-001", None)


def test_publish_plan_twice_is_refused(erin, world):
    draft = begun(erin, world.programme)
    publish(draft, erin)

    with pytest.raises(WrongState):
        publish(draft, erin)

    assert [one[1] for one in events()].count("commitment") == 1


def test_publish_plan_of_another_version_than_was_read(erin, world):
    with pytest.raises(Stale):
        publish(begun(erin, world.programme), erin, version=2)


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_publish_plan_is_an_officers(who, erin, world, request):
    draft = begun(erin, world.programme)

    with pytest.raises(Forbidden):
        publish(draft, request.getfixturevalue(who))


def test_publish_plan_publishes_links_whose_ends_are_public(erin, world):
    draft = begun(erin, world.programme)
    other = begun(erin, world.programme, after=draft.pk)
    for to in (world.commitment, other):
        plans.link_commitments(commitment=draft, to=to, officer=erin, today=TODAY, now=NOW)
    plans.link_commitments(
        commitment=world.commitment, to=other, officer=erin, today=TODAY, now=NOW
    )

    publish(draft, erin)

    assert [key for _action, kind, key, _role in events() if kind == "link"] == [
        "test-pledge/contributes_to/test-commitment"
    ]
