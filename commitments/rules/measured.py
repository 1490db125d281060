"""Against which targets a figure can be reported, and what it may be."""

from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.models import Target
from commitments.rules.figures import check_sign


def check_target(number: int, target: Target | None, *, field: str | None = None) -> Target:
    """The target of that `number`; refused where there is none with a figure, or where a later
    one replaced it. Needs `replaced_by`."""
    if target is None or target.value is None:
        text = format_lazy(NO_TARGET, number=number)
        raise Invalid("target_unknown", text, field)
    if hasattr(target, "replaced_by"):
        raise Invalid("target_replaced", REPLACED, field)
    return target


def check_value(value: Decimal, target: Target, *, field: str | None = None) -> None:
    """Below zero only where the promise or its baseline is."""
    check_sign(value, target.value, target.baseline, field=field)


NO_TARGET = _("This commitment has no target {number} that a figure could be reported for.")
REPLACED = _("This target was replaced by a later one. Please report against that one.")
