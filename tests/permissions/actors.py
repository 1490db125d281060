"""Everybody who might try a deed: one person a column of the table of permissions."""

from types import SimpleNamespace

from commitments.models import User
from tests import factories as make

LEAD = ("reporter", "approver", "senior_official")
UNIT = ("officer", "assessor", "auditor", "administrator")
COLUMNS = {
    "public": "Public",
    **{role: role.replace("_", " ").capitalize() for role in (*LEAD, *UNIT)},
    "superuser": "Superuser without a role",
    "other_body": "Every role of another body",
    "other_unit": "Every role of another delivery unit",
    "all_roles": "Every role, another's work",
    "own_work": "Every role, own work",
}
"""Who, in the order of the table; `own_work` is the person of `all_roles` facing their own."""

BODIES_ROLES = {
    **{role: [("body", role)] for role in LEAD},
    **{role: [("unit", role)] for role in UNIT},
    "superuser": [],
    "other_body": [("other_body", role) for role in LEAD],
    "other_unit": [("other_unit", role) for role in UNIT],
    "all_roles": [("body", role) for role in LEAD] + [("unit", role) for role in UNIT],
}


def make_actors(world: SimpleNamespace) -> None:
    """One person for each column, with the roles it names; also a second lead and unit."""
    world.other_body = make.OrganisationFactory(slug="test-other", name_en="Test other body")
    world.other_unit = make.OrganisationFactory(slug="test-other-unit", kind="ministry")
    world.other_programme = make.ProgrammeFactory(
        slug="test-other", code="O", delivery_unit=world.other_unit
    )
    for name, held in BODIES_ROLES.items():
        user = make.UserFactory(
            email=f"{name}@example.org", full_name=f"Test {name}", is_superuser=name == "superuser"
        )
        for body, role in held:
            make.MembershipFactory(user=user, organisation=getattr(world, body), role=role)


def actor(name: str) -> User | None:
    """The person of a column as the database has them now; nobody for the public."""
    if name == "public":
        return None
    known = "all_roles" if name == "own_work" else name
    return User.objects.get(email=f"{known}@example.org")
