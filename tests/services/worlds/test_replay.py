"""A past day equals the public events of that day, replayed by a reader who knows nothing else."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import (
    Commitment,
    Obligation,
    Organisation,
    PublicEvent,
    ReferenceCounter,
    SearchDocument,
    Standing,
    StatusUpdate,
    User,
)
from commitments.reports import standings
from commitments.reports.public import NOUNS
from commitments.reports.replay import Moment
from commitments.services import releases
from commitments.services.demo import load_demo
from commitments.services.releases import writing
from commitments.services.worlds import entered, world_of
from tests.services.worlds.naive import naive_record, reachable

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIRST, LAST = date(2019, 12, 1), date(2026, 11, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def whole_record(django_db_setup, django_db_blocker):
    """The real facts and the demonstration, whose story has every deed there is."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(NOW, tick=False),
    ):
        call_command("load_facts", verbosity=0)
        load_demo(plan=read_demo(SEED), password="test password", now=NOW)
        yield
        transaction.set_rollback(True)


def public_rows():
    """All that is public where the reader is, by kind and key."""
    return {(noun.kind, noun.key(row)): noun.data(row) for noun in NOUNS for row in noun.rows()}


def seen_at(moment):
    with entered(world_of(moment)):
        return public_rows()


days = st.dates(FIRST, LAST) | st.sampled_from(
    [date(2025, 1, 15), date(2025, 12, 30), date(2026, 1, 1), date(2026, 7, 1), LAST]
)


@given(day=days)
@hypothesis_settings(max_examples=9, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_day_is_the_replay_of_its_events(day):
    told = naive_record(PublicEvent.objects.filter(effective_on__lte=day))

    assert seen_at(Moment(day)) == reachable(told)


@given(share=st.floats(0.01, 1))
@hypothesis_settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_version_is_the_replay_up_to_its_event(share):
    last = max(1, int(PublicEvent.objects.count() * share))
    told = naive_record(PublicEvent.objects.filter(sequence__lte=last))

    assert seen_at(Moment(LAST, last)) == reachable(told)


def test_the_last_version_is_the_present_record():
    """Nothing public is lost on the way through the events and back."""
    head = PublicEvent.objects.count()

    assert seen_at(Moment(LAST, head)) == public_rows()


def test_an_empty_installation_becomes_the_same_record_with_the_same_release(settings, tmp_path):
    """Real facts and demonstration: every sequence, instant, hash and public row comes back."""
    before, events = public_rows(), list(PublicEvent.objects.values())
    first = releases.make_now(today=LAST, now=NOW)
    held = dict(writing.files(releases.folder_of(first.name)))
    given = {str(one) for one in ReferenceCounter.objects.all()}
    with transaction.atomic():
        empty_all()
        settings.RELEASES_DIR = tmp_path / "restored"
        said = StringIO()
        call_command("restore", str(held["events.ndjson"]), stdout=said)
        connection.check_constraints()
        second = releases.make_now(today=LAST, now=NOW)
        again = dict(writing.files(releases.folder_of(second.name)))

        assert said.getvalue().splitlines()[-1] == "The record is whole."
        assert public_rows() == before
        assert plain(PublicEvent.objects.values()) == plain(events)
        assert {name: path.read_bytes() for name, path in again.items()} == {
            name: path.read_bytes() for name, path in held.items()
        }
        assert {str(one) for one in ReferenceCounter.objects.all()} == given
        assert not any(one.has_usable_password() for one in User.objects.all())
        assert Obligation.objects.filter(met_at__isnull=False, met_by__isnull=False).exists()
        Organisation(slug="test-after", name_en="Test after", kind="company").save()
        transaction.set_rollback(True)


def empty_all():
    """Every table of ours; what is bound to what waits for the end of the transaction."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("commitments").get_models(include_auto_created=True):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def plain(events):
    """Without the columns by which one database finds its rows."""
    return [
        {name: value for name, value in event.items() if name not in ("id", "commitment_id")}
        for event in events
    ]


def test_where_everything_stands_is_computed_for_the_day():
    day = date(2026, 7, 1)
    with entered(world_of(Moment(day))):
        kept = dict(Standing.objects.values_list("commitment__slug", "rank"))
        rows = standings.computed(Commitment.objects.public(), day)
        computed = dict(rows.values_list("slug", "rank"))
        texts = SearchDocument.objects.filter(folded__contains=" viettel").count()

    assert kept == computed
    assert kept["viettel-5g-network-2025"] == standings.WORST_FIRST.index("complete")
    assert texts > 0


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2025, 12, 31), date(2026, 3, 1)])
def test_the_api_tells_the_stages_of_that_day(day):
    told = naive_record(PublicEvent.objects.filter(effective_on__lte=day))
    stages = {key: said["stage"] for (kind, key), said in told.items() if kind == "commitment"}

    found = Client().get("/api/v1/commitments/", {"as_of": day.isoformat(), "page_size": 100})
    shown = {row["slug"]: row["stage"] or "" for row in found.json()["results"]}

    assert shown == {slug: stages[slug] for slug in stages if not slug.startswith("demo-")}


def test_the_page_of_a_commitment_says_what_stood_on_that_day():
    path = "/en/commitments/viettel-5g-network-2025/"
    before = Client().get(path, {"as_of": "2025-12-21"}).content.decode()
    after = Client().get(path, {"as_of": "2025-12-22"}).content.decode()

    assert "Nobody has stated a stage in the sources of this record." in before
    assert "Nobody has stated a stage in the sources of this record." not in after
    assert "The record as of 21 December 2025, not the present one." in before


def test_a_commitment_of_a_later_day_is_not_there_yet():
    path = "/en/commitments/viettel-5g-network-2025/"
    first = PublicEvent.objects.filter(object_key="viettel-5g-network-2025").first()
    day = (first.effective_on - timedelta(1)).isoformat()

    assert Client().get(path, {"as_of": day}).status_code == 404


def test_nothing_can_be_written_there_and_nothing_stays():
    before = StatusUpdate.objects.count()
    with entered(world_of(Moment(date(2026, 1, 1)))):
        assert StatusUpdate.objects.count() < before
        with pytest.raises(OperationalError, match="readonly"):
            StatusUpdate.objects.update(stage="")

    assert StatusUpdate.objects.count() == before
