"""The numbers beside the navigation: how much waits for a person, in one query."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from commitments.models import (
    ChangeRequest,
    HandOver,
    Obligation,
    Part,
    Role,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.reports.invited import failed_for

SECTIONS = ("work", "review", "reporting", "changes", "people")
"""The entries of the navigation that carry a number."""


class _Number(Subquery):
    """How many rows a question has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts_for(user: User, today: date) -> dict[str, int]:
    """How much each section holds; asks nothing of roles that the person does not hold."""
    questions = {name: _Number(rows) for name, rows in _questions(user, today).items()}
    found: Mapping[str, Any] = User.objects.filter(pk=user.pk).values(**questions).get()
    return {
        "work": sum(found.get(name, 0) for name in ALL_OF_WORK),
        "review": found.get("to_review", 0),
        "reporting": found.get("late", 0),
        "changes": found.get("to_decide", 0),
        "people": found.get("failed", 0),
    }


ALL_OF_WORK = ("owed", "returned", "to_review", "to_decide", "handed", "failed")


def owed_of(user: User, today: date) -> QuerySet[Obligation]:
    """The updates that the person's bodies owe, one for each period that was missed."""
    return Obligation.objects.owed(today).filter(
        commitment__participations__role=Part.LEAD,
        commitment__participations__ended_on=None,
        commitment__participations__organisation__in=user.organisations_as(Role.REPORTER),
    )


def _questions(user: User, today: date) -> Mapping[str, QuerySet[Any, Any]]:
    asked: dict[str, QuerySet[Any, Any]] = {
        "handed": HandOver.objects.filter(taker=user, seen_at=None).order_by().values("pk"),
        "returned": StatusUpdate.objects.filter(author=user, state=UpdateState.RETURNED)
        .order_by()
        .values("pk"),
    }
    if user.organisations_as(Role.REPORTER):
        asked["owed"] = owed_of(user, today).order_by().values("commitment").distinct()
    if user.organisations_as(Role.APPROVER, Role.OFFICER):
        asked["to_review"] = StatusUpdate.objects.waiting_for(user).order_by().values("pk")
    if units := user.organisations_as(Role.OFFICER):
        late = Obligation.objects.owed(today).filter(
            period__due_on__lt=today, commitment__programme__delivery_unit__in=units
        )
        asked["late"] = late.order_by().values("commitment").distinct()
        asked["to_decide"] = ChangeRequest.objects.waiting_for(user).order_by().values("pk")
    if user.organisations_as(Role.ADMINISTRATOR):
        asked["failed"] = failed_for(user).order_by().values("pk")
    return asked
