"""The two rounds that the fact base speaks of; a programme is made once and then left alone."""

from dataclasses import dataclass
from datetime import date

from commitments.models import Cadence, Organisation, Programme
from commitments.services.facts.load import Load


@dataclass(frozen=True)
class Round:
    """What the fact base says of a round: its forum, and how many firms took on missions there."""

    slug: str
    code: str
    year: int
    forum_on: date
    name_vi: str
    name_en: str
    missions_said: int | None = None


PROGRAMMES = (
    Round(
        "2025",
        "25",
        2025,
        date(2025, 1, 15),
        "Chương trình năm 2025 (diễn đàn quốc gia lần thứ VI)",
        "Programme 2025 (6th national forum)",
    ),
    Round(
        "2026",
        "26",
        2026,
        date(2025, 12, 30),
        "Chương trình năm 2026 (diễn đàn quốc gia lần thứ VII)",
        "Programme 2026 (7th national forum)",
        missions_said=8,
    ),
)


def make_programmes(load: Load) -> None:
    """Make those that are not there yet; reporting starts when an officer opens it."""
    for said in PROGRAMMES:
        if load.find(Programme, said.slug):
            continue
        row = Programme.objects.create(
            slug=said.slug,
            code=said.code,
            year=said.year,
            forum_on=said.forum_on,
            name_vi=said.name_vi,
            name_en=said.name_en,
            missions_said=said.missions_said,
            delivery_unit=load.find(Organisation, "most"),
            cadence=Cadence.MONTHLY,
            published_at=load.now,
        )
        load.publish(row, on=said.forum_on)
