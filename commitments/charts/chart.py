"""What a chart is, before it is drawn: values, the day it speaks of, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.charts.drawing import Picture, drawn
from commitments.charts.element import written
from commitments.charts.readings import Kind, Reading, spots
from commitments.text.display import limited_date
from commitments.text.quantities import unit_words

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chart:
    """Values of one thing over time. `key` names it on its page and in the name of its files.

    A line joins two stated values only where at most `gap` lies between their periods: what is
    missing stays open.
    """

    key: str
    heading: str
    unit: str
    readings: Sequence[Reading]
    day: date
    svg_url: str = ""
    csv_url: str = ""
    gap: timedelta = NEXT_DAY

    @property
    def stated(self) -> list[Reading]:
        """What is said to be so, be it a first value or a later one."""
        return [one for one in self.readings if not one.kind.is_aim]

    @property
    def is_drawn(self) -> bool:
        """Two values make a picture, and one of them has to be a fact: aims alone show nothing."""
        reported = [one for one in self.stated if one.kind != Kind.BASELINE]
        return bool(reported) and len(spots(self.readings)) > 1

    @property
    def unit_words(self) -> str:
        return unit_words(self.unit)

    @property
    def as_of(self) -> str:
        return _("As of {date}").format(date=limited_date(self.day))

    @property
    def words(self) -> str:
        """What the drawing shows, for who cannot see it; the table beside it has every value."""
        stated = self.stated
        said = [
            ngettext("{number} value stated", "{number} values stated", len(stated)).format(
                number=len(stated)
            ),
            *([_("the newest: {value}").format(value=stated[-1].words)] if stated else []),
            *(one.words for one in self.readings if one.kind.is_aim),
        ]
        return "; ".join(said) + "."

    @property
    def drawing(self) -> SafeString:
        return written(drawn(self.picture))

    @property
    def picture(self) -> Picture:
        return Picture(
            key=self.key,
            title=f"{self.heading} ({self.unit_words})",
            words=self.words,
            unit=self.unit_words,
            spots=spots(self.readings),
            day=self.day,
            gap=self.gap,
        )
