"""The other questions asked of commitments: past due, verification, who sees what, lists."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from commitments.models import Commitment
from tests import factories as f
from tests.factories.clock import TODAY

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)
"""The ends of the due date May 2026."""


def _axis(name, on=TODAY):
    return Commitment.objects.with_axes(on).values_list(name, flat=True).get()


# Past due, and how we know


@pytest.mark.parametrize(
    ("stage", "closed_on", "shown"),
    [
        ("", None, True),
        ("in_progress", None, True),
        ("paused", None, True),
        ("reported_complete", None, False),
        ("complete", TODAY, False),
        ("withdrawn", TODAY, False),
        ("superseded", TODAY, False),
    ],
)
def test_past_due_is_computed_for_what_is_still_to_be_done(world, stage, closed_on, shown):
    Commitment.objects.update(
        stage=stage,
        stage_as_of_on=TODAY,
        closed_on=closed_on,
        forecast="on_track",
        forecast_as_of_on=TODAY,
        due="2026-05",
        due_earliest=FIRST,
        due_latest=LAST,
    )

    assert _axis("is_past_due", LAST) is False
    assert _axis("is_past_due", LAST + DAY) is shown


def test_past_due_needs_a_due_date(world):
    assert _axis("is_past_due", date(2199, 12, 31)) is False


def _set_stage(world, **said):
    update = f.StatusUpdateFactory(commitment=world.commitment, **said)
    Commitment.objects.update(stage_update=update)
    return update


def test_verification_is_blank_where_nobody_set_the_stage(world):
    f.StatusUpdateFactory(commitment=world.commitment, is_published=True)

    assert _axis("verification") == ""


def test_verification_follows_the_evidence_and_its_acceptance(world):
    update = _set_stage(world, is_published=True)
    assert _axis("verification") == "reported"

    evidence = f.EvidenceFactory(update=update)
    assert _axis("verification") == "evidenced"

    f.EvidenceAcceptanceFactory(evidence=evidence)
    assert _axis("verification") == "confirmed"


def test_verification_of_a_fact_import_is_never_confirmed(world):
    update = _set_stage(world, is_imported=True)
    f.EvidenceAcceptanceFactory(evidence__update=update)

    assert _axis("verification") == "evidenced"


# Who sees what, and lists


@pytest.fixture
def draft(world):
    draft = f.CommitmentFactory(programme=world.programme, slug="test-draft", is_draft=True)
    f.ParticipationFactory(commitment=draft, organisation=world.body)
    return draft


def _seen_by(user):
    return sorted(Commitment.objects.visible_to(user).values_list("slug", flat=True))


def test_visible_to_the_public_is_what_is_published(world, draft):
    assert _seen_by(None) == _seen_by(AnonymousUser()) == ["test-commitment"]


def test_visible_to_lead_and_officers_are_their_drafts_too(world, draft, alice, dan, erin):
    everything = ["test-commitment", "test-draft"]

    assert [_seen_by(user) for user in (alice, dan, erin)] == [everything] * 3


def test_visible_to_others_are_no_drafts(world, draft, bob, carol):
    partner = f.MembershipFactory(organisation__slug="test-partner")
    f.ParticipationFactory(commitment=draft, organisation=partner.organisation, role="partner")

    for user in (bob, carol, partner.user):
        assert _seen_by(user) == ["test-commitment"]


def test_visible_to_former_and_locked_out_members_are_no_drafts(world, draft, alice, dan):
    alice.memberships.update(ended_on=TODAY)
    type(dan).objects.filter(pk=dan.pk).update(is_active=False)
    dan = type(dan).objects.get(pk=dan.pk)

    assert _seen_by(alice) == _seen_by(dan) == ["test-commitment"]


def test_open_and_overdue_leave_out_what_is_closed_or_not_public(world, draft):
    closed = f.CommitmentFactory(stage="complete", stage_as_of_on=TODAY, closed_on=TODAY)
    Commitment.objects.update(due="2026-05", due_earliest=FIRST, due_latest=LAST)

    assert closed not in Commitment.objects.open()
    assert [row.slug for row in Commitment.objects.open()] == ["test-commitment"]
    assert [row.slug for row in Commitment.objects.overdue(TODAY)] == ["test-commitment"]
    assert list(Commitment.objects.overdue(LAST)) == []


def test_real_leaves_the_demonstration_out(world):
    f.CommitmentFactory(programme__is_demo=True)

    assert [row.slug for row in Commitment.objects.real()] == ["test-commitment"]


def test_led_by_counts_leads_only(world):
    f.ParticipationFactory(organisation=world.body, role="partner")

    assert [row.slug for row in Commitment.objects.led_by([world.body.pk])] == ["test-commitment"]


def test_count_by_counts_every_commitment_once(world):
    f.EvidenceFactory.create_batch(2, update=_set_stage(world, is_published=True))
    f.CommitmentFactory(stage="in_progress", stage_as_of_on=TODAY)
    listed = Commitment.objects.for_list(TODAY)

    assert listed.count_by("reporting") == {"not_asked": 2}
    assert listed.count_by("stage") == {"": 1, "in_progress": 1}
    assert listed.count_by("verification") == {"evidenced": 1, "": 1}


@pytest.mark.parametrize("rows", [1, 3])
def test_for_list_takes_two_queries_however_many_rows(world, rows, django_assert_num_queries):
    for _ in range(rows - 1):
        f.ParticipationFactory(commitment__programme=world.programme)

    with django_assert_num_queries(2):
        shown = [
            (row.programme.name_en, row.lead.organisation.name_en, row.reporting, row.priority)
            for row in Commitment.objects.for_list(TODAY)
        ]

    assert len(shown) == rows
