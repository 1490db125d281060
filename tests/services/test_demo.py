"""The demonstration: alive on any day, in the record, made once, and apart from what is real."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password

from commitments.errors import Invalid
from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import (
    Commitment,
    Membership,
    Notice,
    Organisation,
    Programme,
    PublicEvent,
    ReportingPeriod,
    Role,
    Source,
    StatusUpdate,
    Target,
    User,
)
from commitments.rules import access
from commitments.rules.reminders import day_of
from commitments.services import notices, record
from commitments.services.demo import kept_password, load_demo, log_ins
from tests import factories as f

PLAN = read_demo(SEED)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
"""A Saturday, after the due day that October's period would have by rule."""

AXES = {
    "demo-tree-register": ("in_progress", "on_track", "current", "evidenced", False),
    "demo-queue-app": ("in_progress", "on_track", "due", "reported", True),
    "demo-bridge-sensors": ("in_progress", "at_risk", "late", "evidenced", False),
    "demo-glossary": ("", "not_given", "never_reported", "", False),
    "demo-weather-balloons": ("in_progress", "off_track", "current", "reported", False),
    "demo-open-timetable": ("in_progress", "on_track", "current", "reported", False),
    "demo-school-robots": ("paused", "at_risk", "current", "reported", False),
    "demo-rice-map": ("reported_complete", "on_track", "current", "evidenced", False),
    "demo-quiet-carriages": ("complete", "on_track", "current", "confirmed", False),
    "demo-handbook": ("not_started", "on_track", "waived", "reported", False),
    "demo-archive": ("", "not_given", "stale", "", False),
    "demo-street-names": ("in_progress", "on_track", "late", "reported", False),
    "demo-nobody": ("", "not_given", "not_asked", "", False),
}


def load(now=NOW, password="test password"):
    return load_demo(plan=PLAN, password=password, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 10, 31, 3, 0, tzinfo=UTC),  # Saturday after the last working day
        datetime(2026, 10, 31, 18, 0, tzinfo=UTC),  # Sunday the 1st in Ha Noi, nothing new open
        datetime(2026, 11, 1, 17, 5, tzinfo=UTC),  # five past midnight on an opening day
        datetime(2026, 11, 10, 3, 0, tzinfo=UTC),
        NOW,
        datetime(2026, 12, 31, 3, 0, tzinfo=UTC),
        datetime(2027, 2, 8, 3, 0, tzinfo=UTC),  # in the Tết holidays
        datetime(2028, 2, 29, 3, 0, tzinfo=UTC),
    ],
    ids=lambda now: f"{now:%Y-%m-%d}",
)
def test_load_demo_is_alive_on_any_day(now):
    load(now)

    shown = {
        row.slug: (row.stage, row.forecast, row.reporting, row.verification, row.is_past_due)
        for row in Commitment.objects.for_list(day_of(now))
    }
    assert shown == AXES
    assert list(record.verify()) == []


@pytest.mark.django_db
def test_load_demo_has_an_update_in_every_state():
    load()

    states = Counter(StatusUpdate.objects.values_list("commitment__slug", "state"))
    assert {key: count for key, count in states.items() if key[1] != "published"} == {
        ("demo-queue-app", "draft"): 1,
        ("demo-weather-balloons", "submitted"): 1,
        ("demo-open-timetable", "approved"): 1,
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
    load()
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
    load()

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
    }


def _due_days(now):
    load(now)
    return {
        period.starts_on.month: period.due_on
        for period in ReportingPeriod.objects.filter(starts_on__year=2026)
    }


@pytest.mark.django_db
def test_load_demo_keeps_due_days_that_are_still_to_come():
    due = _due_days(datetime(2026, 11, 10, 3, 0, tzinfo=UTC))

    assert [due[9], due[10], due[11]] == [
        date(2026, 10, 15),
        date(2026, 11, 16),
        date(2026, 12, 15),
    ]


@pytest.mark.django_db
def test_load_demo_puts_the_open_due_day_ahead_late_in_a_month():
    due = _due_days(NOW)

    assert [due[9], due[10], due[11]] == [
        date(2026, 10, 15),
        date(2026, 11, 26),
        date(2026, 12, 15),
    ]


def _counts():
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("commitments").get_models()
    }


@pytest.mark.django_db
def test_load_demo_twice_is_once():
    assert load() is True
    before = _counts()

    assert load(datetime(2027, 3, 3, tzinfo=UTC)) is False
    assert _counts() == before


@pytest.mark.django_db
def test_load_demo_is_in_the_record_as_a_demonstration():
    load()

    assert PublicEvent.objects.count() > 200
    assert list(PublicEvent.objects.filter(is_demo=False)) == []
    assert not Commitment.objects.real().exists()
    assert not Programme.objects.real().exists()
    assert not Organisation.objects.real().exists()
    assert not Source.objects.real().exists()
    assert not StatusUpdate.objects.real().exists()


@pytest.mark.django_db
def test_load_demo_says_everywhere_that_it_is_one():
    load()

    names = [
        text.casefold()
        for model, column in (
            (Organisation, "name"),
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
    load()

    assert {person.role for person in log_ins()} == set(Role.values)
    assert Counter(person.role for person in log_ins())["officer"] == 2
    assert len({person.email for person in log_ins()}) == len(log_ins()) == User.objects.count()
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
    load()

    for person in log_ins():
        user = User.objects.get(email=person.email)
        assert set(Commitment.objects.visible_to(user).real()) == {world.commitment}
        assert set(StatusUpdate.objects.visible_to(user).real()) == {updates[-1]}
        assert not StatusUpdate.objects.waiting_for_approver(user).real().exists()
        assert not StatusUpdate.objects.waiting_for_officer(user).real().exists()


def test_demo_people_may_do_nothing_to_the_real(world, alice, dan):
    updates = _real_updates(world, alice, dan)
    load()

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
            *(["may_see"] if access.may_see_drafts_of(user, world.body) else []),
        ]
        assert (person.email, allowed) == (person.email, [])


def test_real_people_see_of_the_demonstration_only_what_is_public(world, alice, dan, erin, carol):
    load()
    published = set(StatusUpdate.objects.public())

    for user in (alice, dan, erin, carol):
        assert set(StatusUpdate.objects.visible_to(user)) == published


def test_load_demo_refuses_addresses_of_others(world):
    f.UserFactory(email="officer@example.org")

    with pytest.raises(Invalid) as refused:
        load()

    assert refused.value.code == "demo_address_taken"
    assert not Programme.objects.filter(is_demo=True).exists()
    assert not PublicEvent.objects.exists()


def test_load_demo_refuses_people_who_belong_to_both(world, bob):
    load()
    person = User.objects.get(email="officer@example.org")
    joined = f.MembershipFactory(user=person, organisation=world.body, role="officer")

    with pytest.raises(Invalid) as refused:
        load()

    assert (refused.value.code, str(refused.value)[:19]) == (
        "demo_people_mixed",
        "officer@example.org",
    )
    Membership.objects.filter(pk=joined.pk).update(ended_on=joined.started_on)
    assert load() is False


# One password


@pytest.mark.django_db
def test_load_demo_gives_everybody_the_password_and_nobody_else():
    other = f.UserFactory()
    load(password="first test password")
    load(password="second test password")

    demo = User.objects.exclude(pk=other.pk)
    assert {check_password("second test password", row.password) for row in demo} == {True}
    other.refresh_from_db()
    assert other.password == "!"


@pytest.mark.django_db
def test_load_demo_leaves_a_password_that_is_right_alone():
    load()
    before = set(User.objects.values_list("password", flat=True))
    load()

    assert set(User.objects.values_list("password", flat=True)) == before


def test_kept_password_is_made_once_and_read_by_its_owner_only(tmp_path: Path):
    path = tmp_path / "new" / "demo-password"

    made = kept_password(path)

    assert [len(group) for group in made.split("-")] == [4, 4, 4]
    assert kept_password(path) == made == path.read_text()
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert kept_password(tmp_path / "other") != made
