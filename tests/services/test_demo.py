"""The demonstration as it is loaded: alive for everybody, in the record, apart from what is real."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import transaction

from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import (
    Commitment,
    Notice,
    Organisation,
    OrganisationName,
    Programme,
    PublicEvent,
    Role,
    Source,
    StatusUpdate,
    Target,
    User,
)
from commitments.rules import access
from commitments.services import notices
from commitments.services.demo import load_demo, log_ins
from tests import factories as f

PLAN = read_demo(SEED)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
"""A Saturday, after the due day that October's period would have by rule."""


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this module; what they write on top is rolled back each time."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(plan=PLAN, password="test password", now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_load_demo_has_an_update_in_every_state():
    states = Counter(StatusUpdate.objects.values_list("commitment__slug", "state"))
    assert {key: count for key, count in states.items() if key[1] != "published"} == {
        ("demo-queue-app", "draft"): 1,
        ("demo-weather-balloons", "submitted"): 1,
        ("demo-open-timetable", "approved"): 1,
        ("demo-stories", "approved"): 1,
        ("demo-school-robots", "returned"): 1,
    }
    assert {
        "corrections": StatusUpdate.objects.filter(corrects__isnull=False).count(),
        "retractions": StatusUpdate.objects.filter(retraction__isnull=False).count(),
        "completions": StatusUpdate.objects.filter(completion__isnull=False).count(),
        "no change": StatusUpdate.objects.filter(kind="no_change").count(),
    } == {"corrections": 1, "retractions": 1, "completions": 1, "no change": 1}
    assert set(Target.objects.values_list("comparator", flat=True)) == {
        *("", "at_least", "more_than", "about", "exactly", "range")
    }


@pytest.mark.django_db
def test_load_demo_waits_for_every_reviewer():
    approver = User.objects.get(email="approver.a@example.org")
    officer = User.objects.get(email="officer@example.org")

    waiting = StatusUpdate.objects
    assert [row.commitment.slug for row in waiting.waiting_for_approver(approver)] == [
        "demo-weather-balloons"
    ]
    assert [row.commitment.slug for row in waiting.waiting_for_officer(officer)] == [
        "demo-open-timetable"
    ]


@pytest.mark.django_db
def test_load_demo_owes_reminders_to_every_rung():
    notices.plan_notices(now=NOW)

    told = Notice.objects.filter(state="planned").values_list("rule", "recipient__email")
    assert set(told) == {
        ("R2", "reporter.a@example.org"),
        ("R2", "reporter.b@example.org"),
        ("R2", "reporter.ministry@example.org"),
        ("R3", "reporter.b@example.org"),
        ("R3", "senior.b@example.org"),
        ("R3", "reporter.ministry@example.org"),
        ("R3", "approver.ministry@example.org"),
        ("R3", "senior.ministry@example.org"),
        ("R3", "officer@example.org"),
        ("R3", "officer.two@example.org"),
        ("R4", "reporter.a@example.org"),
        ("R4", "reporter.b@example.org"),
        ("R4", "officer@example.org"),
        ("R4", "officer.two@example.org"),
        ("R5", "approver.a@example.org"),
        ("R5", "officer@example.org"),
        ("R5", "officer.two@example.org"),
        ("R6", "reporter.a@example.org"),
        ("R7", "officer@example.org"),
        ("R7", "officer.two@example.org"),
    }


@pytest.mark.django_db
def test_load_demo_is_in_the_record_as_a_demonstration():
    assert PublicEvent.objects.count() > 200
    assert list(PublicEvent.objects.filter(is_demo=False)) == []
    assert not Commitment.objects.real().exists()
    assert not Programme.objects.real().exists()
    assert not Organisation.objects.real().exists()
    assert not Source.objects.real().exists()
    assert not StatusUpdate.objects.real().exists()


@pytest.mark.django_db
def test_load_demo_says_everywhere_that_it_is_one():
    names = [
        text.casefold()
        for model, column in (
            (Organisation, "name"),
            (OrganisationName, "name"),
            (Programme, "name"),
            (Commitment, "title"),
        )
        for row in model.objects.all()
        for text in (getattr(row, f"{column}_vi"), getattr(row, f"{column}_en"))
    ]
    assert [name for name in names if "minh họa" not in name and "demonstration" not in name] == []
    people = User.objects.values_list("email", "full_name")
    assert [row for row in people if not row[0].endswith("@example.org")] == []
    assert [row for row in people if "(minh họa)" not in row[1]] == []
    urls = Source.objects.values_list("url", flat=True)
    assert [url for url in urls if not url.startswith("https://example.org/demo/")] == []
    texts = StatusUpdate.objects.exclude(kind="no_change").values_list("summary_vi", flat=True)
    assert [text for text in texts if not text.startswith("Minh họa.")] == []


@pytest.mark.django_db
def test_load_demo_has_people_of_every_role():
    assert {person.role for person in log_ins()} == set(Role.values)
    assert Counter(person.role for person in log_ins())["officer"] == 2
    assert {person.email for person in log_ins()} | {"leaver.tv@example.org"} == set(
        User.objects.values_list("email", flat=True)
    )
    assert len(log_ins()) == User.objects.count() - 1
    assert not User.objects.filter(is_staff=True).exists()


# Apart from what is real


def _real_updates(world, alice, dan):
    said = {"commitment": world.commitment, "author": alice, "body": world.body}
    return [
        f.StatusUpdateFactory(**said),
        f.StatusUpdateFactory(**said, is_submitted=True),
        f.StatusUpdateFactory(**said, is_approved=True, approver=dan),
        f.StatusUpdateFactory(**said, is_published=True, approver=dan),
    ]


def test_demo_people_see_of_the_real_only_what_is_public(world, alice, dan):
    updates = _real_updates(world, alice, dan)
    draft = f.CommitmentFactory(programme=world.programme, is_draft=True)
    f.ParticipationFactory(commitment=draft, organisation=world.body)
    for person in log_ins():
        user = User.objects.get(email=person.email)
        assert set(Commitment.objects.visible_to(user).real()) == {world.commitment}
        assert set(StatusUpdate.objects.visible_to(user).real()) == {updates[-1]}
        assert not StatusUpdate.objects.waiting_for_approver(user).real().exists()
        assert not StatusUpdate.objects.waiting_for_officer(user).real().exists()


def test_demo_people_may_do_nothing_to_the_real(world, alice, dan):
    updates = _real_updates(world, alice, dan)
    on_updates = (
        access.may_edit, access.may_correct, access.may_discard, access.may_approve,
        access.may_publish, access.may_return, access.may_retract, access.may_accept_evidence,
        access.may_confirm,
    )  # fmt: skip
    on_commitments = (access.may_report, access.may_assign, access.may_waive)
    for person in log_ins():
        user = User.objects.get(email=person.email)
        allowed = [
            *(may.__name__ for may in on_updates for update in updates if may(user, update)),
            *(may.__name__ for may in on_commitments if may(user, world.commitment)),
            *(["may_open"] if access.may_open_reporting(user, world.programme) else []),
            *(["may_see"] if access.may_see_inside(user, world.commitment) else []),
        ]
        assert (person.email, allowed) == (person.email, [])


def test_real_people_see_of_the_demonstration_only_what_is_public(world, alice, dan, erin, carol):
    published = set(StatusUpdate.objects.public())

    for user in (alice, dan, erin, carol):
        assert set(StatusUpdate.objects.visible_to(user)) == published
