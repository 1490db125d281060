"""The people of the demonstration: one of every role, one password for all of them."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.models import Membership, Organisation, Role, User
from commitments.services.demo.plan import Plan
from commitments.services.demo.timeline import Timeline

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another."""
_MIXED = _(
    "{people} belong to a demonstration body and to a real one. Demonstration people have no part"
    " in the real programmes; end one of the memberships."
)


class Cast:
    """Who acts in which role of which body."""

    def __init__(self, people: Mapping[tuple[str, str], list[User]], unit: str) -> None:
        self._people, self._unit = people, unit
        self._by_address = {user.email: user for users in people.values() for user in users}

    def named(self, email: str) -> User:
        return self._by_address[email]

    def of(self, body: str, role: Role) -> User:
        return self._people[body, role][0]

    @property
    def officer(self) -> User:
        return self._people[self._unit, Role.OFFICER][0]

    @property
    def second_officer(self) -> User:
        return self._people[self._unit, Role.OFFICER][1]


def make_people(plan: Plan, bodies: Mapping[str, Organisation], timeline: Timeline) -> Cast:
    """Everybody with their one role. Raises Invalid where an address is somebody else's."""
    known = User.objects.filter(email__in=[person.email for person in plan.people])
    if known:
        taken = format_lazy(_TAKEN, people=", ".join(sorted(user.email for user in known)))
        raise Invalid("demo_address_taken", taken)
    people: dict[tuple[str, str], list[User]] = {}
    for said in plan.people:
        user = User.objects.create_user(said.email, full_name=said.name, language=said.language)
        Membership.objects.create(
            user=user,
            organisation=bodies[said.body],
            role=Role(said.role),
            started_on=timeline.founded_on,
        )
        people.setdefault((said.body, said.role), []).append(user)
    return Cast(people, plan.programme.delivery_unit)


_TAKEN = _("{people}: somebody uses this address already. The demonstration was not loaded.")


def refuse_mixed() -> None:
    """Nobody of the demonstration has a part in the real programmes (design §9)."""
    held = Membership.objects.current()
    mixed = User.objects.filter(memberships__in=held.filter(organisation__is_demo=True)).filter(
        memberships__in=held.filter(organisation__is_demo=False)
    )
    emails = sorted(set(mixed.values_list("email", flat=True)))
    if emails:
        raise Invalid("demo_people_mixed", format_lazy(_MIXED, people=", ".join(emails)))


def give_password(password: str) -> None:
    """Let all people of the demonstration log in with it; nothing happens if they do already."""
    members = Membership.objects.filter(organisation__is_demo=True)
    people = User.objects.filter(pk__in=members.values("user"))
    hashes = set(people.values_list("password", flat=True))
    if len(hashes) == 1 and check_password(password, hashes.pop()):
        return
    people.update(password=make_password(password))


def kept_password(path: Path) -> str:
    """The password of this installation, made at random once; only its owner may read the file."""
    kept = path.read_text().strip() if path.is_file() else ""
    if not kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        kept = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
        path.write_text(kept)
    return kept
