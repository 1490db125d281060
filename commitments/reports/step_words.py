"""When each step of a rule comes and who is told, in plain words."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from commitments.errors import Text
from commitments.models import Role, Rule
from commitments.rules.reminders import RULES, Anchor, Step, Unit
from commitments.rules.reminders.ladders import AT_ONCE

WD, DAY = Unit.WORKING_DAY, Unit.DAY
Counted = Mapping[tuple[Anchor, Unit], Promise]

_BEFORE: Counted = {
    (Anchor.DUE, WD): ngettext_lazy(
        "%(days)d working day before the due date",
        "%(days)d working days before the due date",
        "days",
    ),
    (Anchor.DUE, DAY): ngettext_lazy(
        "%(days)d day before the due date", "%(days)d days before the due date", "days"
    ),
}
_AFTER: Counted = {
    (Anchor.OPENS, WD): ngettext_lazy(
        "%(days)d working day after the period opened",
        "%(days)d working days after the period opened",
        "days",
    ),
    (Anchor.OPENS, DAY): ngettext_lazy(
        "%(days)d day after the period opened", "%(days)d days after the period opened", "days"
    ),
    (Anchor.DUE, WD): ngettext_lazy(
        "%(days)d working day after the due date",
        "%(days)d working days after the due date",
        "days",
    ),
    (Anchor.DUE, DAY): ngettext_lazy(
        "%(days)d day after the due date", "%(days)d days after the due date", "days"
    ),
    (Anchor.WAITING, WD): ngettext_lazy(
        "%(days)d working day after it began to wait",
        "%(days)d working days after it began to wait",
        "days",
    ),
    (Anchor.WAITING, DAY): ngettext_lazy(
        "%(days)d day after it began to wait", "%(days)d days after it began to wait", "days"
    ),
    (Anchor.RETURNED, WD): ngettext_lazy(
        "%(days)d working day after it was returned",
        "%(days)d working days after it was returned",
        "days",
    ),
    (Anchor.RETURNED, DAY): ngettext_lazy(
        "%(days)d day after it was returned", "%(days)d days after it was returned", "days"
    ),
    (Anchor.REQUESTED, WD): ngettext_lazy(
        "%(days)d working day after it was asked for",
        "%(days)d working days after it was asked for",
        "days",
    ),
    (Anchor.REQUESTED, DAY): ngettext_lazy(
        "%(days)d day after it was asked for", "%(days)d days after it was asked for", "days"
    ),
    (Anchor.CONFIRMED, WD): ngettext_lazy(
        "%(days)d working day after the fault was confirmed",
        "%(days)d working days after the fault was confirmed",
        "days",
    ),
    (Anchor.CONFIRMED, DAY): ngettext_lazy(
        "%(days)d day after the fault was confirmed",
        "%(days)d days after the fault was confirmed",
        "days",
    ),
    (Anchor.SINCE, WD): ngettext_lazy(
        "%(days)d working day after it came to be so",
        "%(days)d working days after it came to be so",
        "days",
    ),
    (Anchor.SINCE, DAY): ngettext_lazy(
        "%(days)d day after it came to be so", "%(days)d days after it came to be so", "days"
    ),
}
_ON: Mapping[Anchor, Text] = {
    Anchor.OPENS: _("on the day on which the period opens"),
    Anchor.DUE: _("on the due date"),
    Anchor.WAITING: _("on the day on which it begins to wait"),
    Anchor.RETURNED: _("on the day on which it is returned"),
    Anchor.REQUESTED: _("on the day on which it is asked for"),
    Anchor.CONFIRMED: _("on the day on which the fault is confirmed"),
    Anchor.SINCE: _("on the day since which it is so"),
}
_AT_ONCE = _("at once")
_FREE = _("{when}; on a free day, the next working day")
_AGAIN = {
    WD: ngettext_lazy(
        "then every %(days)d working day", "then every %(days)d working days", "days"
    ),
    DAY: ngettext_lazy("then every %(days)d day", "then every %(days)d days", "days"),
}
_ROLES: Mapping[Role, Text] = {
    Role.REPORTER: _("those who report"),
    Role.APPROVER: _("approvers of the body"),
    Role.OFFICER: _("officers of the delivery unit"),
    Role.SENIOR_OFFICIAL: _("the body's senior official"),
}
_ROLES_OF: Mapping[tuple[Rule, Role], Text] = {
    (Rule.R5, Role.APPROVER): _("approvers, while it waits for them"),
    (Rule.R5, Role.OFFICER): _("officers, while it waits for them"),
    (Rule.R6, Role.REPORTER): _("its author"),
    (Rule.R7, Role.OFFICER): _("officers who may decide it"),
}


def step_words(rule: str, step: str) -> Text:
    """Why a notice goes out: "update late: 3 working days after the due date"."""
    label = Rule(rule).label
    if rule == Rule.N1 or (rule, step) == (Rule.R1, "+0"):
        return label
    unit = DAY if step.endswith("d") else WD
    offset = int(step.removesuffix("d"))
    anchor = RULES[Rule(rule)].steps[0].anchor
    when = _AT_ONCE if rule in AT_ONCE and not offset else _counted(anchor, unit, offset)
    return format_lazy("{label}: {when}", label=label, when=when)


def when_words(step: Step) -> Text:
    """When a step comes: "30 days before the due date; on a free day, the next working day"."""
    if step.at_once:
        return _AT_ONCE
    when = _counted(step.anchor, step.unit, step.offset)
    return format_lazy(_FREE, when=when) if step.unit == DAY else when


def again_words(last: Step, every: int) -> Text:
    """How the last step comes again: "then every 5 working days"."""
    return _AGAIN[last.unit] % {"days": every}  # type: ignore[operator,no-any-return]


def audience_words(rule: Rule, roles: Iterable[Role]) -> list[Text]:
    """To whom it is said, one text a role, the nearest to the work first."""
    return [_ROLES_OF.get((rule, role), _ROLES[role]) for role in roles]


def _counted(anchor: Anchor, unit: Unit, offset: int) -> Text:
    if offset == 0:
        return _ON[anchor]
    words = (_BEFORE if offset < 0 else _AFTER)[anchor, unit]
    return words % {"days": abs(offset)}  # type: ignore[operator,no-any-return]
