"""So many people, each of whom is owed one mail today: an update is due and the period opened."""

from datetime import datetime, timedelta

from django.utils import timezone

from commitments.models import Assignment, Holiday, Membership, User
from commitments.rules.moments import day_of
from tests import factories

CHARGES = 10
"""How many people report on one commitment."""


def fill(count, refused):
    """Make them; their addresses. The first of them have one that the mail server refuses."""
    now = timezone.now()
    today = day_of(now)
    Holiday.objects.update_or_create(on=today, defaults={"is_free": False, "name_en": "Test"})
    commitments = owed(count // CHARGES, today, now)
    people = User.objects.bulk_create(person(number, refused) for number in range(count))
    body = commitments[0].participations.get().organisation
    Membership.objects.bulk_create(
        Membership(user=one, organisation=body, role="reporter", started_on=today - timedelta(9))
        for one in people
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


def owed(count, today, now: datetime):
    """Commitments of one body, for each of which an update is owed since today."""
    unit = factories.OrganisationFactory(kind="ministry", name_en="Test delivery unit")
    body = factories.OrganisationFactory(name_en="Test lead")
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
    made = []
    for _number in range(count):
        commitment = factories.CommitmentFactory(
            programme=programme, reporting_opened_on=today, reporting_opened_by=opener
        )
        factories.ParticipationFactory(commitment=commitment, organisation=body)
        factories.ObligationFactory(commitment=commitment, period=period)
        made.append(commitment)
    return made
