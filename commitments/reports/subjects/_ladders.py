"""The ladders of programmes: the usual steps, and their own where they have some."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from commitments.models import Rule, RuleSteps
from commitments.rules.reminders import RULES, Ladder, Step, Unit, ladder
from commitments.rules.reminders.overrides import read_steps


def ladders_of(programmes: Iterable[int], rules: Sequence[Rule]) -> dict[int, Ladder]:
    """The ladder of these rules in each programme, by its id; one query."""
    programmes = set(programmes)
    own: dict[int, dict[Rule, tuple[Step, ...]]] = defaultdict(dict)
    for row in RuleSteps.objects.filter(programme__in=programmes, rule__in=rules):
        own[row.programme_id][Rule(row.rule)] = read_steps(Rule(row.rule), row.steps)
    return {programme: ladder(rules, own.get(programme)) for programme in programmes}


def days_ahead(rule: Rule) -> int:
    """How many days before its anchor the rule speaks first, in any programme; one query.

    Never too few: a step in working days may have to step over Tết.
    """
    own = (
        step for row in RuleSteps.objects.filter(rule=rule) for step in read_steps(rule, row.steps)
    )
    return max((_ahead(step) for step in (*RULES[rule].steps, *own)), default=0)


def _ahead(step: Step) -> int:
    early = max(-step.offset, 0)
    return early if step.unit == Unit.DAY else early * 3 // 2 + 21
