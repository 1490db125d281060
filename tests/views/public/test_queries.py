"""A page costs the same number of queries however much the record holds."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Projection
from commitments.services.read_models import documents
from tests.views.public.everything import SLUG, Everything

QUERIES = {
    "": 19,
    "programmes/": 2,
    f"programmes/{SLUG}/": 16,
    f"programmes/{SLUG}/priorities/{SLUG}/": 11,
    "priorities/": 3,
    "commitments/": 7,
    f"commitments/?q=test&programme={SLUG}&organisation={SLUG}&order=news": 10,
    "commitments/?stage=none&kind=corporate_pledge&page=3": 7,
    "search/?q=test": 9,
    "search/?q=test&only=updates": 8,
    f"commitments/{SLUG}/": 21,
    f"commitments/{SLUG}/updates/1/": 9,
    f"commitments/{SLUG}/wordings/": 2,
    "organisations/": 6,
    f"organisations/{SLUG}/": 19,
    "indicators/": 3,
    f"indicators/{SLUG}/": 7,
    "instruments/": 2,
    f"instruments/{SLUG}/": 6,
    "sources/": 8,
    f"sources/{SLUG}/": 11,
    "gaps/": 3,
    "method/": 0,
    "method/1/": 0,
    "owing/": 5,
    f"owing/?programme={SLUG}&organisation={SLUG}": 6,
    "corrections/": 1,
    "about/": 0,
    "accessibility/": 0,
    "data/": 2,
    "calendar/": 5,
    f"calendar/?programme={SLUG}&organisation={SLUG}&since=2026": 7,
    "changes/": 6,
    f"changes/?kind=structure&commitment={SLUG}": 7,
    "record/": 3,
    f"record/?commitment={SLUG}": 4,
    "record/1/": 2,
}


def _queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(f"/en/{path}")
    assert response.status_code == 200, path
    return len(captured)


def _read_for_the_search():
    documents.fill_all()
    Projection.objects.update_or_create(pk=documents.NAME, defaults={"sequence": 1000})


def test_every_page_takes_as_many_queries_with_1_row_as_with_50(db, client):
    everything = Everything()

    everything.grow(1)
    _read_for_the_search()
    few = {path: _queries(client, path) for path in QUERIES}
    everything.grow(49)
    _read_for_the_search()
    many = {path: _queries(client, path) for path in QUERIES}

    assert few == QUERIES
    assert many == QUERIES
