"""The demonstration: a third programme of invented bodies, alive on every screen (design §9)."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from commitments.models import Membership, Programme
from commitments.services.demo.people import (
    give_password,
    kept_password,
    make_people,
    refuse_mixed,
)
from commitments.services.demo.plan import Plan
from commitments.services.demo.rows import make_acceptances, make_commitment, make_ground
from commitments.services.demo.story import play
from commitments.services.demo.timeline import Timeline

__all__ = ["LogIn", "Plan", "give_password", "kept_password", "load_demo", "log_ins"]


class LogIn(NamedTuple):
    """A person of the demonstration, as somebody who wants to try the product needs to know."""

    name: str
    email: str
    role: str
    body: str


@transaction.atomic
def load_demo(*, plan: Plan, password: str, now: datetime) -> bool:
    """Make the demonstration unless it is there; whether it was made.

    Its story is played by the real services at the days on which it would have happened, so that
    all that is public of it is in the record, marked as demonstration. Only the password is set
    anew every time. Raises Invalid where its people would be mixed with real ones.
    """
    made = not Programme.objects.filter(slug=plan.programme.slug).exists()
    if made:
        timeline = Timeline(now)
        ground = make_ground(plan, timeline)
        cast = make_people(plan, ground.bodies, timeline)
        for said in plan.commitments:
            make_commitment(said, ground)
        make_acceptances(plan, ground)
        play(plan, ground.programme, cast, timeline)
    refuse_mixed()
    give_password(password)
    return made


def log_ins() -> list[LogIn]:
    """Everybody who may try the demonstration, body by body."""
    rows = (
        Membership.objects.current()
        .filter(organisation__is_demo=True, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("organisation__pk", "pk")
    )
    return [
        LogIn(row.user.full_name, row.user.email, row.role, str(row.organisation)) for row in rows
    ]
