"""The rules R1 to R9 of design §6 as data: what is said when, to whom, in which order.

What is said about one thing climbs one ladder: a step further up overtakes those below it. An
owed update climbs R1, R2 and R3 in a row; every other rule has a ladder of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.models import Role, Rule, Topic


class Unit(StrEnum):
    """In what the distance of a step from its anchor is counted."""

    WORKING_DAY = "wd"
    DAY = "d"


class Anchor(StrEnum):
    """The day from which the steps of a rule are counted."""

    OPENS = "opens_on"
    DUE = "due_on"
    WAITING = "waiting_since_on"
    RETURNED = "returned_on"
    REQUESTED = "requested_on"
    CONFIRMED = "confirmed_on"
    SINCE = "since_on"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: so many days from its anchor, said to everybody in one of the roles.

    A calendar day that is free moves to the next working day. `at_once` goes out by itself at the
    next tick, on any day. `code` and `name` are what the key of a notice says: `R2` and `-5`, or
    `-30d`; made once, for the planner asks for them without end.
    """

    rule: Rule
    anchor: Anchor
    offset: int
    to: tuple[Role, ...]
    unit: Unit = Unit.WORKING_DAY
    at_once: bool = False
    topic: Topic | None = None
    code: str = field(init=False, repr=False, compare=False)
    name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        name = f"{self.offset:+d}{'d' if self.unit == Unit.DAY else ''}"
        object.__setattr__(self, "code", self.rule.value)
        object.__setattr__(self, "name", name)


OFFSET = re.compile(r"[+-]\d{1,5}", re.ASCII)
"""How a step's name gives its distance; another release of the product may name steps otherwise."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs, lowest first; with `repeat` the last comes again every so many of its unit."""

    steps: tuple[Step, ...]
    repeat: int | None = None

    def __hash__(self) -> int:
        """Cheap: to hash every step would take longer than what is kept by ladder saves."""
        return hash((len(self.steps), self.repeat))

    def position(self, rule: str, name: str) -> int | None:
        """The place of a rung, for comparison; None: the ladder does not have it."""
        for place, step in enumerate(self.steps):
            if (step.code, step.name) == (rule, name):
                return place
        return self._repetition(rule, name)

    def _repetition(self, rule: str, name: str) -> int | None:
        last = self.steps[-1] if self.steps else None
        if last is None or not self.repeat or last.rule != rule:
            return None
        digits = name.removesuffix("d")
        if not OFFSET.fullmatch(digits) or (name != digits) != (last.unit == Unit.DAY):
            return None
        more, rest = divmod(int(digits) - last.offset, self.repeat)
        return len(self.steps) - 1 + more if more > 0 and rest == 0 else None

    def audience(self, position: int) -> tuple[Role, ...]:
        """To whom a rung is said; repetitions go to all whom the last one names."""
        return self._step(position).to

    def topic(self, position: int) -> Topic | None:
        """What a person has muted who is not told of this rung; None: it cannot be muted."""
        return self._step(position).topic

    def _step(self, position: int) -> Step:
        return self.steps[min(position, len(self.steps) - 1)]


class Spec(NamedTuple):
    """A rule as design §6 has it: what it is about, and what is said when."""

    rule: Rule
    about: Promise | str
    anchor: Promise | str
    told: Promise | str
    steps: tuple[Step, ...]
    repeat: int | None = None
    topic: Topic | None = None


REPORTER, APPROVER = Role.REPORTER, Role.APPROVER
OFFICER, SENIOR = Role.OFFICER, Role.SENIOR_OFFICIAL
WD, DAY = Unit.WORKING_DAY, Unit.DAY


def _steps(
    rule: Rule, anchor: Anchor, *rungs: tuple[int, Unit, tuple[Role, ...]]
) -> tuple[Step, ...]:
    return tuple(Step(rule, anchor, offset, to, unit) for offset, unit, to in rungs)


_PAST_DUE = (REPORTER, OFFICER)
_REVIEWERS = (APPROVER, OFFICER)
_PLAIN: Sequence[Spec] = (
    Spec(
        Rule.R1,
        _("an update that is owed"),
        _("the day on which the period opens"),
        _("those who report"),
        _steps(Rule.R1, Anchor.OPENS, (0, WD, (REPORTER,))),
        topic=Topic.OPENED,
    ),
    Spec(
        Rule.R2,
        _("an update that is owed"),
        _("the day on which the update is due"),
        _("those who report"),
        _steps(
            Rule.R2, Anchor.DUE, (-5, WD, (REPORTER,)), (-2, WD, (REPORTER,)), (0, WD, (REPORTER,))
        ),
    ),
    Spec(
        Rule.R3,
        _("an update that is owed"),
        _("the day on which the update is due"),
        _("those who report; then also approvers, officers and the body's senior official"),
        _steps(
            Rule.R3,
            Anchor.DUE,
            (1, WD, (REPORTER,)),
            (3, WD, (REPORTER, APPROVER)),
            (5, WD, (REPORTER, APPROVER, OFFICER)),
            (10, WD, (REPORTER, APPROVER, OFFICER, SENIOR)),
        ),
        repeat=5,
    ),
    Spec(
        Rule.R4,
        _("a milestone or a commitment that is open"),
        _("its present due date"),
        _("those who report; past the due date also officers"),
        _steps(
            Rule.R4,
            Anchor.DUE,
            (-30, DAY, (REPORTER,)),
            (-7, DAY, (REPORTER,)),
            (-1, WD, (REPORTER,)),
            (1, DAY, _PAST_DUE),
            (7, DAY, _PAST_DUE),
        ),
        repeat=30,
        topic=Topic.DUE_SOON,
    ),
    Spec(
        Rule.R5,
        _("an update that was handed in"),
        _("the day since which it waits"),
        _("whoever it waits for: approvers of the body, then officers"),
        _steps(Rule.R5, Anchor.WAITING, (2, WD, _REVIEWERS), (5, WD, _REVIEWERS)),
        topic=Topic.REVIEW,
    ),
    Spec(
        Rule.R6,
        _("an update that was returned"),
        _("the day on which it was returned"),
        _("its author"),
        _steps(Rule.R6, Anchor.RETURNED, (0, WD, (REPORTER,)), (3, WD, (REPORTER,))),
    ),
    Spec(
        Rule.R7,
        _("a change request"),
        _("the day on which it was asked for"),
        _("officers who may decide it"),
        _steps(Rule.R7, Anchor.REQUESTED, (3, WD, (OFFICER,)), (7, WD, (OFFICER,))),
        topic=Topic.CHANGES,
    ),
    Spec(
        Rule.R8,
        _("a source that evidence rests on"),
        _("the day on which the fault was confirmed"),
        _("those who report"),
        _steps(Rule.R8, Anchor.CONFIRMED, (0, DAY, (REPORTER,))),
        repeat=14,
    ),
    Spec(
        Rule.R9,
        _("a commitment nobody reports on, or an address that mail does not reach"),
        _("the day since which it is so"),
        _("approvers of the body and officers"),
        _steps(Rule.R9, Anchor.SINCE, (0, WD, _REVIEWERS)),
        repeat=5,
    ),
)
AT_ONCE = (Rule.R6, Rule.R9)
"""Rules whose first step does not wait for the mail of the day."""


def _finished(spec: Spec) -> Spec:
    return spec._replace(steps=marked(spec, spec.steps))


def marked(spec: Spec, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with what follows from their place: which go at once, which may be muted.

    Of R4 the steps before the due date may be muted, but not the last of them (design §6).
    """
    before = [step for step in steps if step.offset < 0]
    early = before[:-1] if spec.rule == Rule.R4 else list(steps)
    return tuple(
        Step(
            step.rule,
            step.anchor,
            step.offset,
            step.to,
            step.unit,
            at_once=spec.rule in AT_ONCE and place == 0,
            topic=spec.topic if step in early else None,
        )
        for place, step in enumerate(steps)
    )


RULES: Mapping[Rule, Spec] = {spec.rule: _finished(spec) for spec in _PLAIN}
"""Every rule that comes by itself, in its order; N1 is a person's deed and no rule."""

Overrides = Mapping[Rule, tuple[Step, ...]]
"""A programme's own steps, of the rules for which it has some."""


def ladder(rules: Sequence[Rule], overrides: Overrides | None = None) -> Ladder:
    """The ladder of these rules in a row, with a programme's own steps where it has some."""
    own = overrides or {}
    steps = tuple(step for rule in rules for step in own.get(rule, RULES[rule].steps))
    return Ladder(steps, RULES[rules[-1]].repeat)
