"""The rules of reminding as officers read them, with what their programmes have in their place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commitments.errors import Text
from commitments.models import Programme, Rule, RuleSteps
from commitments.reports.step_words import again_words, audience_words, when_words
from commitments.rules.reminders import RULES, Spec, Step
from commitments.rules.reminders.overrides import read_steps


@dataclass(frozen=True, slots=True)
class Line:
    """One step in words: when it comes, who is told, whether a person may mute it."""

    when: Text
    told: Sequence[Text]
    may_be_muted: bool
    is_at_once: bool


@dataclass(frozen=True, slots=True)
class Own:
    """What one programme has in place of the usual steps; `version` 0 and no lines: nothing."""

    programme: Programme
    version: int
    lines: Sequence[Line]
    again: Text

    @property
    def is_off(self) -> bool:
        return bool(self.version) and not self.lines


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule with its usual steps, and how it is in each programme."""

    spec: Spec
    lines: Sequence[Line]
    again: Text
    programmes: Sequence[Own]

    @property
    def own(self) -> list[Own]:
        return [one for one in self.programmes if one.version]


def rules_in(programmes: Iterable[Programme]) -> list[Shown]:
    """Every rule, with the own steps of these programmes; one query."""
    programmes = list(programmes)
    rows = {
        (row.programme_id, row.rule): row
        for row in RuleSteps.objects.filter(programme__in=programmes)
    }
    return [_shown(spec, programmes, rows) for spec in RULES.values()]


def _shown(
    spec: Spec, programmes: Sequence[Programme], rows: Mapping[tuple[int, str], RuleSteps]
) -> Shown:
    return Shown(
        spec,
        lines_of(spec.steps),
        again_of(spec.rule, spec.steps),
        [own_in(one, spec.rule, rows.get((one.pk, spec.rule))) for one in programmes],
    )


def own_in(programme: Programme, rule: Rule, row: RuleSteps | None) -> Own:
    """How a rule is in a programme; without a row as usual."""
    steps = read_steps(rule, row.steps) if row else ()
    return Own(programme, row.version if row else 0, lines_of(steps), again_of(rule, steps))


def lines_of(steps: Sequence[Step]) -> list[Line]:
    return [
        Line(
            when_words(step),
            audience_words(step.rule, step.to),
            step.topic is not None,
            step.at_once,
        )
        for step in steps
    ]


def again_of(rule: Rule, steps: Sequence[Step]) -> Text:
    """How the last of these comes again: "then every 5 working days"; empty where it does not."""
    every = RULES[rule].repeat
    return again_words(steps[-1], every) if every and steps else ""
