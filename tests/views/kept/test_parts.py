"""A page put together of kept parts is the page that would be made of nothing."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment
from tests import deeds

LIST = "/en/commitments/"
PAGE = "/en/commitments/test-commitment/"
PAGES = [LIST, f"{LIST}?kind=corporate_pledge", PAGE, "/en/", "/en/search/?q=test"]


@pytest.fixture(autouse=True)
def room(settings):
    """Whole pages find no place, so that each is put together when it is asked for."""
    settings.PAGES_KEPT_MB, settings.REDIS_URL = 0.0001, ""


def _text(client, path=LIST):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/vi/commitments/", f"{PAGE}?show=updates"])
def test_page_of_kept_parts_is_the_same(client, publish, settings, path):
    made, again = _text(client, path), _text(client, path)
    settings.PARTS_KEPT_MB = 0
    of_nothing = _text(Client(), path)

    assert made == again == of_nothing


@pytest.mark.parametrize("path", PAGES)
def test_page_of_kept_parts_asks_for_the_version_only(client, publish, path):
    _text(client, path)
    with CaptureQueriesContext(connection) as captured:
        _text(client, path)

    assert len(captured) == 1


def test_a_deed_is_shown_at_once(client, publish, alice, dan, erin, world):
    before = {path: _text(client, path) for path in (LIST, PAGE)}
    deeds.published(alice, dan, erin, world.commitment)

    assert "No stage stated" in before[LIST]
    assert "No stage stated" not in _text(client).split('<ul class="rows">')[1]
    assert "Test: work is under way." not in before[PAGE]
    assert "Test: work is under way." in _text(client, PAGE)


def test_midnight_in_ha_noi_makes_all_anew(client, publish, monday):
    Commitment.objects.update(due="2026-06-01", due_earliest="2026-06-01", due_latest="2026-06-01")
    publish()
    monday.move_to(datetime(2026, 6, 1, 16, 59, 59, tzinfo=UTC))
    before = {path: _text(client, path) for path in PAGES}
    monday.move_to(datetime(2026, 6, 1, 17, 0, tzinfo=UTC))

    for path, text in before.items():
        assert "Past due" not in text
        assert "Past due" in _text(client, path)


def test_each_language_has_its_own(client, publish):
    english, vietnamese = _text(client), _text(client, "/vi/commitments/")

    assert "Skip to main content" in english
    assert "All pages" in english
    assert "All pages" not in vietnamese
    assert _text(client) == english


def test_each_question_has_its_own_answer(client, publish):
    every = _text(client)
    none = _text(client, f"{LIST}?stage=complete")

    assert "test-commitment" in every
    assert "test-commitment" not in none
    assert _text(client) == every
    assert 'value="complete" checked' in none
    assert 'value="complete" checked' not in every


def test_a_past_day_leaves_the_present_alone(client, publish, monday):
    """The events of this record tell of no rows: its past days are empty."""
    monday.move_to(datetime(2026, 6, 3, 3, 0, tzinfo=UTC))
    present, past = _text(client), _text(client, f"{LIST}?as_of=2026-06-01")

    assert "test-commitment" in present
    assert "test-commitment" not in past
    assert _text(client) == present
    assert _text(client, f"{LIST}?as_of=2026-06-01") == past
