"""So many people, each of whom is owed one mail today: an update is due and the period opened."""

from datetime import timedelta

from django.utils import timezone

from commitments.models import Assignment, Holiday, Membership, User
from commitments.rules.moments import day_of
from tests import factories

CHARGES = 10
"""How many people report on one commitment, each for the one body that leads it."""


def fill(count, refused):
    """Make them; their addresses. The first of them have one that the mail server refuses."""
    now = timezone.now()
    today = day_of(now)
    Holiday.objects.update_or_create(on=today, defaults={"is_free": False, "name_en": "Test"})
    bodies, commitments = owed(count // CHARGES, today)
    people = User.objects.bulk_create(person(number, refused) for number in range(count))
    Membership.objects.bulk_create(
        Membership(
            user=one,
            organisation=bodies[number // CHARGES],
            role="reporter",
            started_on=today - timedelta(9),
        )
        for number, one in enumerate(people)
    )
    Assignment.objects.bulk_create(
        Assignment(
            commitment=commitments[number // CHARGES],
            person=one,
            assigned_by=people[0],
            assigned_at=now,
        )
        for number, one in enumerate(people)
    )
    return [one.email for one in people]


def person(number, refused):
    name = "nobody" if number < refused else "person"
    return User(
        email=f"{name}{number}@example.org",
        full_name=f"Test person {number}",
        language=("vi", "en")[number % 2],
        password="!",
        digest_minute=0,
    )


def owed(count, today):
    """Bodies, and a commitment of each for which an update is owed since today."""
    unit = factories.OrganisationFactory(kind="ministry", name_en="Test delivery unit")
    programme = factories.ProgrammeFactory(slug="test-drill", delivery_unit=unit)
    period = factories.ReportingPeriodFactory(
        programme=programme,
        starts_on=today - timedelta(31),
        ends_on=today - timedelta(1),
        opens_on=today,
        due_on=today + timedelta(14),
        locks_on=today + timedelta(31),
    )
    opener = factories.UserFactory(email="opener@example.org")
    bodies, commitments = [], []
    for _number in range(count):
        commitment = factories.CommitmentFactory(
            programme=programme, reporting_opened_on=today, reporting_opened_by=opener
        )
        lead = factories.ParticipationFactory(commitment=commitment)
        factories.ObligationFactory(commitment=commitment, period=period)
        bodies.append(lead.organisation)
        commitments.append(commitment)
    return bodies, commitments
