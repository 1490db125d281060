"""The ladders of programmes: the usual steps, and their own where they have some."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from commitments.models import Rule, RuleSteps
from commitments.rules.reminders import Ladder, Step, ladder
from commitments.rules.reminders.overrides import read_steps


def ladders_of(programmes: Iterable[int], rules: Sequence[Rule]) -> dict[int, Ladder]:
    """The ladder of these rules in each programme, by its id; one query."""
    programmes = set(programmes)
    own: dict[int, dict[Rule, tuple[Step, ...]]] = defaultdict(dict)
    for row in RuleSteps.objects.filter(programme__in=programmes, rule__in=rules):
        own[row.programme_id][Rule(row.rule)] = read_steps(Rule(row.rule), row.steps)
    return {programme: ladder(rules, own.get(programme)) for programme in programmes}
