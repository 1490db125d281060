"""Drafts of commitments: begun once, kept whole, never over somebody else's words."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.errors import Forbidden, Refusals, Stale, WrongState
from commitments.models import Commitment, Milestone, PublicEvent, Source, Target
from commitments.reports.plans import known_of, said_of, with_plan
from commitments.rules.commitments import MilestoneSaid, SourceSaid, in_order
from commitments.rules.dates import LimitedDate
from commitments.services import plans
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import LEAD, MILESTONE, SOURCE, TARGET, begun, public, sheet


def stored(commitment):
    return said_of(with_plan(Commitment.objects.filter(pk=commitment.pk)).get())


def save(draft, officer, said, version=None):
    return plans.save_commitment(
        commitment=draft, officer=officer, said=said,
        version=draft.version if version is None else version, today=TODAY, now=NOW,
    )  # fmt: skip


def known_source(said):
    """The same sheet, with its one source as the database names it."""
    return replace(said, sources=(SourceSaid(slug=Source.objects.get().slug),))


def test_create_commitment_keeps_the_whole_sheet(erin, world):
    draft = begun(erin, world.programme)

    assert stored(draft) == known_source(sheet(slug="test-pledge"))
    assert (draft.created_by, draft.created_at, draft.version) == (erin, NOW, 1)
    assert (draft.reference, draft.published_at, draft.original_due) == (None, None, "")
    assert draft.search_text == " cam ket thu test pledge test lead"
    assert Source.objects.values_list("title", "added_by", "published_at", "is_demo").get() == (
        "Test page", erin.pk, None, False,
    )  # fmt: skip
    assert PublicEvent.objects.count() == 0


def test_create_commitment_keeps_half_a_sheet(erin, world):
    rows = {"parts": (), "targets": (), "milestones": (), "sources": ()}
    empty = {"text_vi": "", "text_en": "", "stated_on": None, "basis": "", "due": None}

    draft = begun(erin, world.programme, **rows, **empty)

    assert stored(draft) == sheet(slug="test-pledge", **rows, **empty)


def test_create_commitment_names_a_known_source_and_copies_none(erin, world):
    known = factories.SourceFactory(url=SOURCE.url)

    draft = begun(erin, world.programme)

    assert stored(draft).sources == (SourceSaid(slug=known.slug),)
    assert Source.objects.count() == 1


def test_create_commitment_of_a_form_sent_twice_begins_one(erin, world):
    first = begun(erin, world.programme)

    with pytest.raises(plans.AlreadyBegun) as refused:
        begun(erin, world.programme)

    assert (refused.value.commitment, refused.value.status) == (first, 409)
    assert Commitment.objects.filter(created_by=erin).count() == 1
    assert begun(erin, world.programme, after=first.pk).slug == "test-pledge-2"


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_create_commitment_is_an_officers(who, world, request):
    person = request.getfixturevalue(who)

    with pytest.raises(Forbidden):
        begun(person, world.programme)

    assert Commitment.objects.count() == 1


def test_create_commitment_is_not_for_the_officer_of_another_unit(erin, world):
    with pytest.raises(Forbidden):
        begun(erin, factories.ProgrammeFactory())


def test_create_commitment_takes_bodies_of_its_own_world(erin, world):
    factories.OrganisationFactory(slug="test-invented", is_demo=True)
    factories.SourceFactory(slug="test-invented-source", is_demo=True)
    rows = (
        replace(LEAD, organisation="test-invented"),
        replace(LEAD, organisation="test-unknown", role="partner"),
    )

    with pytest.raises(Refusals) as refused:
        begun(
            erin, world.programme,
            parts=rows, sources=(SourceSaid(slug="test-invented-source"),),
        )  # fmt: skip

    assert [(one.code, one.field) for one in refused.value.refusals] == [
        ("organisation_unknown", "parts-0-organisation"),
        ("organisation_unknown", "parts-1-organisation"),
        ("source_unknown", "sources-0-slug"),
    ]
    assert Commitment.objects.count() == 1


def test_create_commitment_names_the_successor_of_a_merged_body(erin, world):
    gone = factories.OrganisationFactory(
        slug="test-gone", merged_into=world.unit, merged="2026-06-01", merged_earliest=TODAY,
        merged_latest=TODAY,
    )  # fmt: skip

    with pytest.raises(Exception, match="was merged into Test delivery unit") as refused:
        begun(erin, world.programme, parts=(replace(LEAD, organisation=gone.slug),))

    assert refused.value.code == "organisation_merged"


def test_create_commitment_refuses_an_address_that_is_taken(erin, world):
    with pytest.raises(Exception, match="has this address already") as refused:
        begun(erin, world.programme, slug="test-commitment")

    assert (refused.value.code, refused.value.field) == ("slug_taken", "slug")


def test_create_commitments_in_as_many_queries_for_many(erin, world):
    known = known_of(world.programme)

    def create(*numbers):
        plans.create_commitments(
            programme=world.programme, officer=erin, known=known, today=TODAY, now=NOW,
            saids=[sheet(slug=f"test-{one}", sources=()) for one in numbers],
        )  # fmt: skip

    create(0)
    with CaptureQueriesContext(connection) as one:
        create(1)
    with CaptureQueriesContext(connection) as many:
        create(*range(2, 12))

    assert len(many) == len(one)
    last = Commitment.objects.get(slug="test-11")
    assert stored(last) == sheet(slug="test-11", sources=())
    versions = [last.history.get(), last.targets.get().history.get()]
    assert [(one.history_type, one.history_user, one.route) for one in versions] == [
        ("+", erin, "system"), ("+", erin, "system"),
    ]  # fmt: skip


def test_create_commitments_keeps_all_or_none(erin, world):
    with pytest.raises(Exception, match="Please choose what kind"):
        plans.create_commitments(
            programme=world.programme, officer=erin, known=known_of(world.programme),
            saids=[sheet(), sheet(kind="")], today=TODAY, now=NOW,
        )  # fmt: skip

    assert Commitment.objects.count() == 1


# Keeping


def test_save_commitment_follows_the_sheet(erin, world):
    draft = begun(erin, world.programme)
    partner = replace(LEAD, organisation="test-unit", role="partner")
    second = MilestoneSaid(number=2, title_vi="Bước thử", due=LimitedDate.parse("2026-Q4"))
    said = sheet(
        slug="test-other", kind="national_mission", title_vi="", title_en="Test mission", note="",
        due=None, text_en="Test other wording", stated_on=None,
        parts=(partner, replace(LEAD, stage="accepted", since=None)),
        targets=(replace(TARGET, number=2),), milestones=(MILESTONE, second),
        sources=(SourceSaid(title="Test other page"),),
    )  # fmt: skip

    saved = save(draft, erin, said)

    assert stored(draft) == in_order(known_source(said))
    assert (saved.version, saved.search_text) == (2, " test mission test delivery unit test lead")


def test_save_commitment_writes_only_what_changed(erin, world):
    draft = begun(erin, world.programme)
    target, milestone = Target.objects.get(), Milestone.objects.get()

    save(draft, erin, known_source(sheet(targets=(replace(TARGET, text_en="Test anew"),))))

    assert [one.text_en for one in target.history.all()] == ["Test anew", "Test: 20,000 stations"]
    assert milestone.history.count() == 1
    assert Target.objects.get().pk == target.pk


def test_save_commitment_of_the_same_sheet_writes_nothing(erin, world):
    draft = begun(erin, world.programme)

    saved = save(draft, erin, sheet(slug="test-pledge"))

    assert (saved.version, draft.history.count()) == (1, 1)


def test_save_commitment_swaps_the_lead(erin, world):
    draft = begun(
        erin, world.programme,
        parts=(LEAD, replace(LEAD, organisation="test-unit", role="partner")),
    )  # fmt: skip
    swapped = (
        replace(LEAD, organisation="test-unit"),
        replace(LEAD, role="partner"),
    )

    save(draft, erin, sheet(parts=swapped))

    assert stored(draft).parts == swapped


def test_save_commitment_amends_a_source_that_is_not_public(erin, world):
    draft = begun(erin, world.programme)
    source = Source.objects.get()

    save(draft, erin, sheet(sources=(replace(SOURCE, slug=source.slug, title="Test anew"),)))

    source.refresh_from_db()
    assert (source.title, source.url, Source.objects.count()) == ("Test anew", SOURCE.url, 1)


def test_save_commitment_never_amends_a_public_source(erin, world):
    known = factories.SourceFactory(title="Test known")
    draft = begun(erin, world.programme, sources=())

    save(draft, erin, sheet(sources=(SourceSaid(slug=known.slug, title="Test anew"),)))

    known.refresh_from_db()
    assert (known.title, list(draft.sources.all())) == ("Test known", [known])


def test_save_commitment_of_an_old_version_writes_nothing(erin, world):
    draft = begun(erin, world.programme)
    save(draft, erin, sheet(title_en="Test second"))

    with pytest.raises(Stale):
        save(draft, erin, sheet(title_en="Test third"), version=1)

    assert Commitment.objects.get(pk=draft.pk).title_en == "Test second"


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_save_commitment_is_an_officers(who, erin, world, request):
    draft = begun(erin, world.programme)

    with pytest.raises(Forbidden):
        save(draft, request.getfixturevalue(who), sheet(title_en="Test other"))


def test_save_commitment_of_what_is_public_points_to_a_change_request(erin, world):
    commitment = public(erin, world.programme)

    with pytest.raises(WrongState, match="only by a change request") as refused:
        save(commitment, erin, sheet(title_en="Test other"))

    assert refused.value.code == "published"


def test_save_commitment_refuses_what_cannot_be_kept(erin, world):
    draft = begun(erin, world.programme)

    with pytest.raises(Refusals) as refused:
        save(draft, erin, sheet(title_vi="", title_en="", slug="test-commitment"))

    assert [one.code for one in refused.value.refusals] == ["title_missing", "slug_taken"]


# Throwing away


def discard(draft, officer, version=1):
    plans.discard_commitment(commitment=draft, officer=officer, version=version)


def test_discard_commitment_leaves_nothing_behind(erin, world):
    draft = begun(erin, world.programme)
    factories.CommitmentLinkFactory(from_commitment=draft, to_commitment=world.commitment)

    discard(draft, erin)

    assert list(Commitment.objects.all()) == [world.commitment]
    assert (Source.objects.count(), Target.objects.count(), Milestone.objects.count()) == (0, 0, 0)
    assert [one.history_type for one in Commitment.history.filter(id=draft.pk)] == ["-", "+"]


def test_discard_commitment_keeps_sources_that_others_rest_on(erin, world):
    draft = begun(erin, world.programme)
    other = begun(erin, world.programme, after=draft.pk)

    discard(draft, erin)

    assert list(other.sources.all()) == list(Source.objects.all())


def test_discard_commitment_keeps_what_somebody_works_on(erin, world):
    draft = begun(erin, world.programme)
    factories.InternalNoteFactory(commitment=draft)

    with pytest.raises(WrongState, match="Something hangs on this draft already") as refused:
        discard(draft, erin)

    assert refused.value.code == "in_use"
    assert stored(draft) == known_source(sheet(slug="test-pledge"))


def test_discard_commitment_of_another_version_is_refused(erin, world):
    draft = begun(erin, world.programme)

    with pytest.raises(Stale):
        discard(draft, erin, version=2)


def test_discard_commitment_of_what_is_public_is_refused(erin, world):
    with pytest.raises(WrongState):
        discard(public(erin, world.programme), erin)


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_discard_commitment_is_an_officers(who, erin, world, request):
    draft = begun(erin, world.programme)

    with pytest.raises(Forbidden):
        discard(draft, request.getfixturevalue(who))
