"""A figure as it was typed, read back: in digits, in words, and beside what was published last."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from commitments.models import Cumulation, Direction, Measurement, Target
from commitments.text.display import active_language, amount, limited_date
from commitments.text.quantities import figure
from commitments.text.readout import in_words

PERCENT = ("%", "percent")


@dataclass(frozen=True, slots=True)
class Reading:
    """`change` says how far it is from the last figure, `warning` what may be a slip."""

    digits: str
    words: str
    change: str = ""
    warning: str = ""


def reading_of(target: Target, value: Decimal, last: Measurement | None) -> Reading:
    return Reading(
        digits=figure(value, target.unit),
        words=in_words(value, active_language()),
        change=change_words(target, value, last) if last else "",
        warning=_warning(target, value, last),
    )


def change_words(target: Target, value: Decimal, last: Measurement) -> str:
    """“+12% since 31 May 2026”; of shares in points, from nothing as it is."""
    day = limited_date(last.as_of_on)
    difference = value - last.value
    if not difference:
        return _("The same as on {date}.").format(date=day)
    sign = "+" if difference > 0 else "−"
    if target.unit in PERCENT:
        text = _("{change} percentage points since {date}.")
        return text.format(change=sign + amount(abs(difference)), date=day)
    if not last.value:
        return _("{change} since {date}.").format(change=sign + amount(abs(difference)), date=day)
    share = abs(difference / last.value * 100)
    return _("{change} since {date}.").format(change=f"{sign}{amount(_rounded(share))}%", date=day)


def _rounded(share: Decimal) -> Decimal:
    """Whole percents, finer ones where they are few; never 0 where something changed."""
    steps = Decimal(1) if share >= 10 else Decimal("0.1")
    rounded = share.quantize(steps, ROUND_HALF_UP)
    return rounded or Decimal("0.1")


def _warning(target: Target, value: Decimal, last: Measurement | None) -> str:
    """Gentle: a running total that falls may be right, and is taken."""
    is_total = target.cumulation == Cumulation.LATEST and target.direction == Direction.UP
    if is_total and last is not None and value < last.value:
        return _(
            "This is less than was published last ({last}), though the figure is a running "
            "total. If it is right, please say why in the text."
        ).format(last=figure(last.value, target.unit))
    return ""
