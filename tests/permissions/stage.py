"""The same small world for every deed: one of each thing that somebody might act on."""

from datetime import timedelta

from allauth.mfa.models import Authenticator

from commitments.models import Commitment, User
from commitments.services import evidence, obligations, record, updates
from commitments.services.record import EDITORS
from tests import deeds
from tests import factories as make
from tests.factories.clock import NOW, TODAY
from tests.permissions.actors import make_actors


def colleague(world, name, *held):
    """Somebody of the houses who is no column: their work is another's for everybody."""
    user = make.UserFactory(email=f"{name}@example.org", full_name=f"Test {name}")
    for body, role in held:
        make.MembershipFactory(user=user, organisation=getattr(world, body), role=role)
    return user


def make_stage(world, *, own):
    """Everything to act on; with `own`, written and asked for by the person of every role."""
    make_actors(world)
    world.writer = colleague(world, "writer", ("body", "reporter"), ("unit", "officer"))
    world.signer = colleague(world, "signer", ("body", "approver"))
    world.clerk = colleague(world, "clerk", ("unit", "officer"))
    world.author = User.objects.get(email="all_roles@example.org") if own else world.writer
    rows = [world.unit, world.body, world.programme, world.commitment, world.lead]
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    _make_updates(world)
    _make_plan(world)
    _make_people(world)
    other = make.ProgrammeFactory(delivery_unit=world.unit)
    world.given_up = make.DigestFactory(recipient=world.member, state="dead")
    make.NoticeFactory(
        digest=world.given_up, recipient=world.member, commitment=world.commitment, cycle="test"
    )
    world.pause = make.PauseFactory(programme=other, paused_by=world.clerk)
    return world


def another(world, slug, **columns):
    """One more published commitment of the lead."""
    made = make.CommitmentFactory(
        programme=world.programme, slug=slug, title_en=f"Test {slug}", **columns
    )
    make.ParticipationFactory(commitment=made, organisation=world.body)
    return made


def _make_updates(world):
    author, signer, clerk = world.author, world.signer, world.clerk
    world.fresh = another(world, "test-fresh")
    world.draft = deeds.draft(author, another(world, "test-drafted"))
    world.handed_in = deeds.submitted(author, another(world, "test-handed-in"))
    world.signed = deeds.approved(author, signer, another(world, "test-signed"))
    world.timed = deeds.approved(author, signer, another(world, "test-timed"))
    # Set by another officer, so that whoever takes it off acts on no decision of their own.
    updates.schedule_release(
        update=world.timed, officer=clerk, at=NOW + timedelta(days=1), today=TODAY, now=NOW
    )
    world.public = deeds.published(
        author, signer, clerk, another(world, "test-public"),
        stage="reported_complete", evidence=[deeds.PAGE],
    )  # fmt: skip
    world.evidence = world.public.evidence.get()
    world.accepted = deeds.published(
        author, signer, clerk, another(world, "test-accepted"),
        stage="reported_complete", evidence=[deeds.PAGE],
    )  # fmt: skip
    world.acceptance = evidence.accept_evidence(
        evidence=world.accepted.evidence.get(), officer=clerk, today=TODAY, now=NOW
    )
    gone = colleague(world, "gone", ("body", "reporter"))
    world.orphan = deeds.draft(gone, another(world, "test-orphaned"))
    gone.memberships.update(ended_on=TODAY)


def _make_plan(world):
    world.plan = make.CommitmentFactory(
        programme=world.programme, slug="test-plan", title_en="Test plan", is_draft=True,
        created_by=world.author, created_at=NOW, kind="corporate_pledge",
    )  # fmt: skip
    source = make.SourceFactory()
    world.plan.sources.add(source)
    make.WordingFactory(commitment=world.plan)
    make.ParticipationFactory(
        commitment=world.plan, organisation=world.body, stage="announced", since="2026",
        since_earliest=TODAY, since_latest=TODAY,
    )  # fmt: skip
    world.source = source
    world.milestone = make.MilestoneFactory(commitment=world.fresh)
    world.change = make.ChangeRequestFactory(
        commitment=world.fresh, kind="date_moved", proposed={"due": "2027"}, replaced={"due": ""},
        requester=world.author, source=source, stated_on=TODAY,
    )  # fmt: skip
    world.charge = make.AssignmentFactory(commitment=world.fresh, person=world.writer)
    make.AssignmentFactory(commitment=world.commitment, person=world.writer)
    obligations.open_reporting(
        programme=world.programme, commitments=[world.commitment], officer=world.clerk,
        starts_on=TODAY.replace(month=5), today=TODAY, now=NOW,
    )  # fmt: skip
    world.owed = world.commitment.obligations.order_by("period__starts_on").first()


def _make_people(world):
    world.member = colleague(world, "member", ("body", "reporter"))
    Authenticator.objects.create(user=world.member, type="totp", data={"secret": "test"})
    world.membership = world.member.memberships.get()
    world.leaver = colleague(world, "leaver", ("body", "reporter"))
    make.AssignmentFactory(commitment=world.fresh, person=world.leaver)
    world.taker = colleague(world, "taker", ("body", "reporter"))
    world.contactless = make.OrganisationFactory(slug="test-small", name_en="Test small body")
    record.publish(world.contactless, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)


def fresh(row):
    """The row as the database has it, so that nothing cached answers."""
    found = type(row)._default_manager
    if isinstance(row, Commitment):
        found = found.select_related("programme").prefetch_related("participations__organisation")
    return found.get(pk=row.pk)
