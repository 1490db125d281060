"""`manage.py bench_exports`: what it makes up can be exported by every step that it measures."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from commitments.management.exports_bench import RELEASE, STEPS, Run
from commitments.models import Release, StatusUpdate
from commitments.services.throwaway_events import tell_of_everything
from commitments.services.throwaway_record import make_record
from tests.factories.clock import NOW


def test_every_step_exports_what_was_made_up(world):
    make_record(2)
    told = tell_of_everything(NOW)
    found = {}
    for step in STEPS:
        said = StringIO()
        call_command("bench_exports", step=step, stdout=said)
        found[step] = json.loads(said.getvalue())

    release = Release.objects.get()
    rows = {one["path"]: one.get("rows") for one in release.files}
    assert (release.sequence, tell_of_everything(NOW)) == (told, 0)
    assert rows["status_update.csv"] == StatusUpdate.objects.count() == 40
    assert found[RELEASE]["rows"] == told
    assert all(said["size"] > 300 for said in found.values()), found


def test_bench_exports_refuses_an_empty_database(db):
    with pytest.raises(CommandError, match="There is nothing to measure"):
        call_command("bench_exports")


def test_a_run_states_rows_a_second_and_its_peak():
    run = Run("updates", 100_000, 3_000_000, 4.0, 180.4)

    assert run.cells == ("updates", "100,000", "3.0", "4.0", "25,000", "180")
