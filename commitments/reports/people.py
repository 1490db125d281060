"""Who works in which body: the rows of the people pages, for whoever may see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from commitments.models import (
    Assignment,
    Commitment,
    Invitation,
    Membership,
    Organisation,
    Role,
    User,
)
from commitments.rules import access
from commitments.text.display import said_text
from commitments.text.folding import search_text, terms

MANAGERS = (Role.OFFICER, Role.ADMINISTRATOR)


def bodies_seen_by(user: User) -> QuerySet[Organisation]:
    """Bodies whose people the user may see (as rules.access.may_see_people says of each)."""
    own = Q(pk__in=user.organisations_as(*Role.values))
    worlds = [
        world for world in (False, True) if access.delivers_as(user, *MANAGERS, is_demo=world)
    ]
    return Organisation.objects.filter(own | Q(is_demo__in=worlds))


def people_seen_by(user: User) -> QuerySet[User]:
    """Whoever has or had a role in one of these bodies."""
    seen = Membership.objects.filter(organisation__in=bodies_seen_by(user))
    return User.objects.filter(pk__in=seen.values("user"))


def bodies_to_staff(user: User) -> QuerySet[Organisation]:
    """Bodies in which the user may give at least one role."""
    approves = Q(pk__in=user.organisations_as(Role.APPROVER))
    worlds = [
        world for world in (False, True) if access.delivers_as(user, *MANAGERS, is_demo=world)
    ]
    found = Organisation.objects.filter(approves | Q(is_demo__in=worlds), merged_into=None)
    return found.order_by("name_vi", "name_en")


def roles_to_give(user: User) -> list[str]:
    """Roles that the user may give somewhere, the most usual first."""
    worlds = (False, True)
    if any(access.delivers_as(user, Role.ADMINISTRATOR, is_demo=world) for world in worlds):
        return [*access.BODY_ROLES, *access.UNIT_ROLES]
    if any(access.delivers_as(user, Role.OFFICER, is_demo=world) for world in worlds):
        return list(access.BODY_ROLES)
    return [Role.REPORTER] if user.organisations_as(Role.APPROVER) else []


def sees_log_ins(user: User) -> bool:
    """Last log-in, second factor and sessions are for officers and administrators only."""
    return bool(user.organisations_as(*MANAGERS))


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """What a list of people is narrowed to."""

    words: str = ""
    body: Organisation | None = None
    role: str = ""
    state: str = ""


def people_listed(user: User, asked: PeopleAsked) -> QuerySet[Any]:
    """The people that the user may see, with what a row shows, in as many queries as for one."""
    rows: QuerySet[Any] = people_seen_by(user).annotate(
        has_factor=access.with_second_factor(), session_count=_session_count()
    )
    bodies = bodies_seen_by(user)
    held = Membership.objects.current().filter(organisation__in=bodies)
    if asked.body is not None:
        rows = rows.filter(pk__in=held.filter(organisation=asked.body).values("user"))
    if asked.role:
        rows = rows.filter(pk__in=held.filter(role=asked.role).values("user"))
    if looked_for := terms(asked.words):
        rows = rows.filter(pk__in=_named(rows, looked_for))
    shown = held.select_related("organisation").order_by("organisation__slug", "role")
    rows = _in_state(rows, asked.state)
    return rows.prefetch_related(Prefetch("memberships", shown, to_attr="held")).order_by(
        "full_name", "pk"
    )


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    narrowed: dict[str, dict[str, Any]] = {
        "open": {"is_active": True},
        "closed": {"is_active": False},
        "without_factor": {"is_active": True, "has_factor": False},
        "never": {"is_active": True, "last_login": None},
    }
    return rows.filter(**narrowed.get(state, {}))


def _named(rows: QuerySet[Any], looked_for: list[str]) -> list[int]:
    """People are few: their names are folded here, so that both databases find alike."""
    return [
        pk
        for pk, name, email in rows.values_list("pk", "full_name", "email")
        if all(f" {word}" in search_text(name, email) for word in looked_for)
    ]


def _session_count() -> Any:
    mine = UserSession.objects.filter(
        user=OuterRef("pk"), session_key__in=Session.objects.values("session_key")
    ).order_by()
    counted = mine.values("user").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def export_rows(user: User, asked: PeopleAsked) -> Iterator[Mapping[str, Any]]:
    """One row per role held, for a table file; without log-ins where these are not to be seen."""
    tells = sees_log_ins(user)
    for person in people_listed(user, asked):
        for held in person.held:
            row = {
                "name": person.full_name,
                "email": person.email,
                "body": said_text(held.organisation, "name"),
                "role": held.get_role_display(),
                "since": held.started_on,
                "is_open": person.is_active,
            }
            if tells:
                row |= {
                    "last_login": person.last_login,
                    "has_factor": person.has_factor,
                }
            yield row


def invitations_seen_by(user: User) -> list[Invitation]:
    """Standing invitations that the user may send again or withdraw."""
    rows = Invitation.objects.standing().filter(organisation__in=bodies_to_staff(user))
    given = roles_to_give(user)
    found = rows.select_related("organisation", "invited_by").filter(role__in=given)
    return list(found.order_by("-invited_at", "pk"))


def roles_of(person: User, user: User) -> list[Membership]:
    """The person's roles in bodies that the user may see: present ones first."""
    rows = Membership.objects.filter(user=person, organisation__in=bodies_seen_by(user))
    found = rows.select_related("organisation", "user").order_by("-started_on", "pk")
    return sorted(found, key=lambda held: held.ended_on is not None)


def charges_of(person: User, user: User) -> list[Assignment]:
    """What the person is in charge of, as far as the user may see the commitments."""
    seen = Commitment.objects.visible_to(user).order_by().values("pk")
    rows = Assignment.objects.standing().filter(person=person, commitment__in=seen)
    return list(rows.select_related("commitment__programme").order_by("commitment__reference"))
