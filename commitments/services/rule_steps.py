"""A programme's own steps of a rule: set, or given up for the usual ones."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from commitments.errors import Forbidden, Stale, refuse
from commitments.models import Programme, Rule, RuleSteps, User
from commitments.rules import access
from commitments.rules.reminders import Step
from commitments.rules.reminders.overrides import check_steps, is_usual, kept_steps


@transaction.atomic
def set_steps(
    *, programme: Programme, rule: Rule, steps: Sequence[Step], version: int, officer: User
) -> RuleSteps | None:
    """Let a rule have other steps in a programme, lowest first; none switches it off.

    The usual ones give its own up: None. Locks the programme. `version` is the one that
    the officer saw, 0 where there were none. Raises Stale where that is no longer so, Invalid at
    the row to blame. Pending notices whose step is gone, the next planning calls off.
    """
    row = _seen(programme, rule, version, officer)
    refuse(check_steps(rule, steps))
    if is_usual(rule, steps):
        if row is not None:
            row.delete()
        return None
    kept = kept_steps(steps)
    if row is None:
        return RuleSteps.objects.create(
            programme=programme, rule=rule, steps=kept, version=_next_version(programme, rule)
        )
    if row.steps != kept:
        row.steps, row.version = kept, row.version + 1
        row.save(update_fields=["steps", "version"])
    return row


def _seen(programme: Programme, rule: Rule, version: int, officer: User) -> RuleSteps | None:
    """What there is now, locked, if it is what the officer saw."""
    locked = Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    if not access.may_set_rules(officer, locked):
        raise Forbidden
    row = RuleSteps.objects.filter(programme=locked, rule=rule).first()
    if (row.version if row else 0) != version:
        raise Stale
    return row


def _next_version(programme: Programme, rule: Rule) -> int:
    """One that no former steps had, so that whoever still has those on the screen is told."""
    former = RuleSteps.history.filter(programme=programme, rule=rule)
    return (former.aggregate(last=Max("version"))["last"] or 0) + 1
