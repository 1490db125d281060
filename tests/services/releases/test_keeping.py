"""Which releases are owed, and which are kept."""

from datetime import date, timedelta

import pytest

from commitments import tasks
from commitments.models import Heartbeat, Release
from commitments.services import record, releases
from commitments.services.releases import keeping
from tests import factories
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def say(world):
    """Publish something new on the body."""

    def publish():
        by = record.EDITORS
        record.publish(world.body, action="corrected", by=by, effective_on=TODAY, now=NOW)

    return publish


def names():
    return sorted(Release.objects.there().values_list("name", flat=True))


def test_nothing_is_owed_of_an_empty_record(db):
    assert releases.make_owed(today=TODAY, now=NOW) == 0
    assert names() == []


def test_a_night_after_something_was_published_has_a_release(say):
    say()
    nights = [TODAY + timedelta(day) for day in range(3)]
    made = [releases.make_owed(today=nights[0], now=NOW) for _time in range(2)]
    made.append(releases.make_owed(today=nights[1], now=NOW))
    say()
    made.append(releases.make_owed(today=nights[2], now=NOW))

    assert made == [1, 0, 0, 1]
    assert names() == [nights[0].isoformat(), nights[2].isoformat()]


def test_the_newest_locked_period_has_a_release_whatever_programmes_share_it(say, world):
    say()
    quarterly = factories.ProgrammeFactory(slug="test-quarterly", cadence="quarterly")
    demo = factories.ProgrammeFactory(slug="test-demo", is_demo=True)
    for programme, starts_on in [
        (world.programme, date(2026, 3, 1)),
        (world.programme, date(2026, 4, 1)),
        (quarterly, date(2026, 1, 1)),
        (demo, date(2026, 2, 1)),
    ]:
        factories.ReportingPeriodFactory(
            programme=programme,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(27),
            opens_on=starts_on + timedelta(30),
            due_on=starts_on + timedelta(31),
            locks_on=date(2026, 6, 1),
        )
    made = [releases.make_owed(today=date(2026, 6, 1), now=NOW) for _time in range(2)]

    assert made == [3, 0]
    assert names() == ["2026-04", "2026-06-01", "2026-Q1"]


def test_thirty_nights_are_kept_and_the_last_of_each_month_before(db, settings):
    days = [date(2026, 1, 1) + timedelta(day) for day in range(70)]
    for day in days:
        factories.ReleaseFactory(name=day.isoformat(), made_on=day, made_at=NOW + (day - days[0]))
        (settings.RELEASES_DIR / day.isoformat()).mkdir(parents=True)
    factories.ReleaseFactory(kind="period", name="2025-12", made_on=days[0])
    put_away = keeping.put_away(today=days[-1])

    kept = [day.isoformat() for day in days if day == date(2026, 1, 31) or day >= days[40]]
    assert put_away == 39
    assert names() == ["2025-12", *kept]
    assert sorted(path.name for path in settings.RELEASES_DIR.iterdir()) == kept
    assert Release.objects.get(name="2026-01-01").removed_on == days[-1]
    assert keeping.put_away(today=days[-1]) == 0


def test_the_job_says_what_it_made(say):
    say()
    tasks.make_releases()

    assert Heartbeat.objects.get(job="make-releases").found == {"made": 1}
