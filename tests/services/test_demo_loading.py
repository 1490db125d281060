"""Loading the demonstration: on any day, once, and only apart from what is real."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password

from commitments.errors import Invalid
from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import Commitment, Membership, Programme, PublicEvent, ReportingPeriod, User
from commitments.rules.moments import day_of
from commitments.services import record
from commitments.services.demo import kept_password, load_demo
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
    "demo-stories": ("in_progress", "on_track", "current", "reported", False),
    "demo-fax-line": ("withdrawn", "not_given", "current", "", False),
    "demonstration-a-draft-of-a-mission-that-is-not-public": (
        *("", "not_given", "not_asked", "", False),
    ),
}


def load(now=NOW, password="test password"):
    return load_demo(plan=PLAN, password=password, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "due_on"),
    [
        # A Saturday after the month's last working day, and the Sunday before the next opens
        (datetime(2026, 10, 31, 3, 0, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 18, 0, tzinfo=UTC), date(2026, 11, 1)),
        # Five past midnight of an opening day: due by rule, ten working days later
        (datetime(2026, 11, 1, 17, 5, tzinfo=UTC), date(2026, 11, 16)),
        # That day is past: three working days from now
        (NOW, date(2026, 11, 26)),
        # In the Tết holidays, and on a leap day that is the last before the lock
        (datetime(2027, 2, 8, 3, 0, tzinfo=UTC), date(2027, 2, 22)),
        (datetime(2028, 2, 29, 3, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
    ids=str,
)
def test_load_demo_is_alive_on_any_day(now, due_on):
    load(now)

    today = day_of(now)
    shown = {
        row.slug: (row.stage, row.forecast, row.reporting, row.verification, row.is_past_due)
        for row in Commitment.objects.for_list(today)
    }
    assert shown == AXES
    assert ReportingPeriod.objects.get(opens_on__lte=today, locks_on__gt=today).due_on == due_on
    assert list(record.verify()) == []


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
