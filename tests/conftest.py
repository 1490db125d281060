"""What every test may ask for: the people of the house, a small world, the loaded facts.

Alice reports for the lead, Dan approves for it, Erin is officer, Bob works elsewhere, Carol
administers, `client` is the public.
"""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override
from hypothesis import settings as hypothesis_settings

from tests import factories
from tests.flushing import flush_what_has_rows
from tests.remembered import Remembered

# The same examples on every machine, and no deadline that a busy machine would miss.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")


def cache_of_the_test(cache):
    """A cache that no other test sees, nor one that another worker runs on the same Redis."""
    own = uuid4().hex
    return cache | ({"KEY_PREFIX": own} if "LOCATION" in cache else {"LOCATION": own})


@pytest.fixture(scope="session")
def django_db_use_migrations():
    """On SQLite tables are made as the models say, in one second instead of twenty.

    tests/management/test_up.py makes sure that the migrations lead to the very same tables.
    """
    return connection.vendor != "sqlite"


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    """After a test with transactions of its own, PostgreSQL empties the few tables that it used."""
    if connection.vendor != "postgresql":
        yield
        return
    ops = type(connection.ops)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ops, "sql_flush", flush_what_has_rows(ops.sql_flush))
        yield


@pytest.fixture(autouse=True)
def test_settings(settings, tmp_path):
    """Passwords are hashed fast, mail stays in memory, files in a directory of the test.

    Pages are not kept: tests make rows without the events by which a kept page would be renewed.
    """
    settings.PAGES_KEPT_MB = 0
    settings.API_READS_A_MINUTE = settings.API_CALLS_A_MINUTE = 0
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PAST_DIR = tmp_path / "past"
    settings.RELEASES_DIR = tmp_path / "releases"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SECOND_FACTOR_REQUIRED = False
    settings.CACHES = {"default": cache_of_the_test(settings.CACHES["default"])}


@pytest.fixture(autouse=True)
def english():
    """A text that a test reads is its msgid, unless the test or the address names a language."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def fresh_sequences():
    """Every test numbers its rows from 0, whatever ran before it."""
    for name in factories.__all__:
        getattr(factories, name).reset_sequence(0, force=True)


@pytest.fixture
def world(db):
    """One programme with its delivery unit, one lead body, one published commitment."""
    unit = factories.OrganisationFactory(
        slug="test-unit", name_en="Test delivery unit", kind="ministry"
    )
    body = factories.OrganisationFactory(slug="test-lead", name_en="Test lead")
    programme = factories.ProgrammeFactory(
        slug="test", code="T", name_en="Test programme", delivery_unit=unit
    )
    commitment = factories.CommitmentFactory(
        programme=programme,
        slug="test-commitment",
        reference="CPT26-001",
        title_en="Test commitment",
    )
    lead = factories.ParticipationFactory(commitment=commitment, organisation=body)
    return SimpleNamespace(
        unit=unit, body=body, programme=programme, commitment=commitment, lead=lead
    )


def _member(name, organisation, role):
    user = factories.UserFactory(email=f"{name}@example.org", full_name=name.capitalize())
    factories.MembershipFactory(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def alice(world):
    return _member("alice", world.body, "reporter")


@pytest.fixture
def dan(world):
    return _member("dan", world.body, "approver")


@pytest.fixture
def erin(world):
    return _member("erin", world.unit, "officer")


@pytest.fixture
def bob(world):
    elsewhere = factories.OrganisationFactory(slug="test-elsewhere", name_en="Test other body")
    return _member("bob", elsewhere, "reporter")


@pytest.fixture
def carol(world):
    return _member("carol", world.unit, "administrator")


def load_facts():
    """On the day of its newest entry, whatever day a test lives on."""
    with time_machine.travel(datetime(2026, 7, 1, 2, 0, tzinfo=UTC), tick=False):
        call_command("load_facts", verbosity=0)


remembered_facts = Remembered(load_facts)


@pytest.fixture
def facts(db):
    """The whole fact base, by the command once a run; tests/test_remembered.py compares."""
    remembered_facts()
