"""Addresses, answers and rows that the tests of the update form share."""

from datetime import date

from commitments.models import StatusUpdate
from tests import factories

ADD = "/en/staff/commitments/test-commitment/updates/add/"


SAVED = [("success", "The draft is saved. Nobody else has been told yet.")]


SUBMITTED = [
    ("success", "The update is submitted. An approver of your organisation reviews it next.")
]


ROW = {"title": "Test page", "url": "https://example.org/page", "relation": "press"}


DUE = {"due": "2026", "due_earliest": date(2026, 1, 1), "due_latest": date(2026, 12, 31)}


def edit(update):
    return f"/en/staff/updates/{update.pk}/edit/"


def detail(update):
    return f"/en/staff/updates/{update.pk}/"


def only():
    return StatusUpdate.objects.get()


def stations(world, **columns):
    return factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000,
        comparator="at_least", text_en="Test: 20,000 stations", **columns,
    )  # fmt: skip
