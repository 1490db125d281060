"""The mirror of the documentation follows the live record, and ends as its release, byte for byte."""

import importlib.util
from pathlib import Path
from urllib.request import urlopen

import pytest

from commitments.services import record, releases
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "mirror.py"
HARD = 'Test "quoted", with\nlines\r\n, signs \u2028 \x7f \x01 and Tiếng Việt 𝄞'

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mirror():
    """The program as whoever downloads it has it; it asks for two events at a time."""
    spec = importlib.util.spec_from_file_location("mirror", DOCUMENT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.AT_ONCE = 2
    return module


def say(*rows, action="corrected"):
    record.publish_many(rows, action=action, by=record.EDITORS, effective_on=TODAY, now=NOW)


def files_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def of_the_release(folder):
    """What a mirror makes as well: the history and every table in two forms."""
    return {
        name: content
        for name, content in files_in(folder).items()
        if name.endswith((".ndjson", ".csv"))
    }


def test_a_mirror_follows_the_day_and_ends_as_the_release(
    live_server, mirror, tmp_path, world, alice, dan, erin, monkeypatch
):
    folder = tmp_path / "mirror"
    say(world.unit, world.body, world.programme, world.commitment, world.lead, action="loaded")
    mirror.update(live_server.url, folder)
    assert len((folder / "events.ndjson").read_bytes().splitlines()) == 5

    with (folder / "events.ndjson").open("ab") as history:
        history.write(b'{"action":"correc')  # a run that was broken off
    first = deeds.published(alice, dan, erin, world.commitment)
    say(factories.OrganisationFactory(slug="test-demo", is_demo=True, name_en="Test invented"))
    hard = factories.GapFactory(number=1, text_en=HARD)
    say(hard, factories.GapFactory(number=10), factories.GapFactory(number=2))

    meanwhile = iter([hard, world.body, world.lead])

    def asked(address, **how):
        """While the mirror asks, the record grows."""
        if row := next(meanwhile, None):
            say(row)
        return urlopen(address, **how)

    monkeypatch.setattr(mirror, "urlopen", asked)
    mirror.update(live_server.url, folder)
    monkeypatch.setattr(mirror, "urlopen", urlopen)
    later = deeds.published(alice, dan, erin, world.commitment, corrects=first,
                            correction_reason_en="Test reason", now=deeds.later(5))  # fmt: skip
    assert later.corrects == first
    found = mirror.update(live_server.url, folder)
    release = releases.make_now(today=TODAY, now=NOW)

    assert (found.sequence, found.hash) == (release.sequence, release.head_hash)
    assert files_in(folder) == of_the_release(releases.folder_of(release.name))
    assert len(files_in(folder)) > 10


def test_a_mirror_refuses_what_does_not_follow(live_server, mirror, tmp_path, world):
    say(world.unit, world.body, action="loaded")
    mirror.update(live_server.url, tmp_path)
    history = tmp_path / "events.ndjson"
    history.write_bytes(history.read_bytes().replace(b"Test lead", b"Test head"))

    with pytest.raises(SystemExit, match="Event 2 does not follow 1"):
        mirror.update(live_server.url, tmp_path)
