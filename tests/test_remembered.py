"""What is written from memory is what the deed itself writes, down to the last column."""

import pytest
from django.db import transaction

from commitments.models import Organisation, PublicEvent
from commitments.services import record
from tests import factories
from tests.conftest import load_facts
from tests.remembered import Remembered, rows_of, tables


@pytest.fixture
def deed(db):
    """Loading the facts, and how often that was truly done."""
    done = []

    def load():
        done.append(load_facts())

    load.done = done
    return Remembered(load)


def undone(remembered):
    """Every row once it is carried out, which is then taken back."""
    with transaction.atomic():
        remembered()
        found = rows_of(tables())
        transaction.set_rollback(True)
    return found


def test_facts_from_memory_are_what_the_command_loads(deed):
    loaded, written = undone(deed), undone(deed)

    assert written == loaded
    assert len(loaded[PublicEvent._meta.db_table]) > 300
    assert len(deed.deed.done) == 1


def test_the_record_from_memory_verifies_and_goes_on(deed):
    undone(deed)

    deed()

    assert len(deed.deed.done) == 1
    assert list(record.verify()) == []
    assert factories.OrganisationFactory(slug="test-later").pk


def test_a_deed_that_begins_with_other_rows_is_done(deed):
    undone(deed)
    factories.OrganisationFactory(slug="test-before")

    deed()

    assert len(deed.deed.done) == 2
    assert Organisation.objects.filter(slug="test-before").exists()
