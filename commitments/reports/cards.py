"""What a card says that other sites show: a commitment or a priority in a few words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.models import Commitment, CommitmentKind, Part, Priority
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import standings
from commitments.text.display import limited_date, said_lang, said_text


@dataclass(frozen=True, slots=True)
class Card:
    """A title with its language, whose it is, states as axis and value, facts, and the page."""

    kicker: str
    title: str
    lang: str
    url: str
    on: date
    is_demo: bool
    states: list[tuple[str, str]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    counts: list[tuple[str, str, int]] = field(default_factory=list)


def commitment_card(commitment: Commitment, on: date) -> Card:
    """Of a commitment. Needs the axes and the bodies of `for_list`."""
    states = [("stage", commitment.stage)]
    if commitment.is_past_due:  # type: ignore[attr-defined]  # annotated
        states.append(("deadline", "past_due"))
    states.append(("reporting", commitment.reporting))  # type: ignore[attr-defined]
    facts = [(_("Lead"), _lead(commitment)), (_("Due"), limited_date(commitment.due))]
    if commitment.stage_as_of_on:
        facts.append((_("Stage as of"), limited_date(commitment.stage_as_of_on)))
    return Card(
        kicker=commitment.reference or "",
        title=said_text(commitment, "title"),
        lang=said_lang(commitment, "title"),
        url=reverse("commitment-detail", args=[commitment.slug]),
        on=on,
        is_demo=commitment.programme.is_demo,
        states=states,
        facts=facts,
    )


def _lead(commitment: Commitment) -> str:
    """Who answers for it, of the participations that were loaded; one at most is not ended."""
    leads: Iterable[str] = (
        said_text(part.organisation, "name")
        for part in commitment.participations.all()
        if part.role == Part.LEAD and part.ended_on is None
    )
    return next(iter(leads), _("nobody named"))


def priority_card(priority: Priority, rows: CommitmentQuerySet, on: date) -> Card:
    """Of a priority, with its tasks counted by where they stand, worst first."""
    tasks = rows.filter(kind=CommitmentKind.GOVERNMENT_TASK)
    found = standings.distribution(tasks, on, CommitmentKind.GOVERNMENT_TASK)
    kicker = _("Priority {number}").format(number=priority.number)
    return Card(
        kicker=f"{kicker} · {said_text(priority.programme, 'name')}",
        title=said_text(priority, "title"),
        lang=said_lang(priority, "title"),
        url=reverse("priority-detail", args=[priority.programme.slug, priority.slug]),
        on=on,
        is_demo=priority.programme.is_demo,
        facts=[(_("Tasks"), str(found.title))],
        counts=[(*_axis(word), count) for word, count in found.counts if count],
    )


_AXIS_OF = {
    "past_due": "deadline",
    "off_track": "forecast",
    "at_risk": "forecast",
    "late": "reporting",
    "never_reported": "reporting",
    "stale": "reporting",
}


def _axis(word: str) -> tuple[str, str]:
    return _AXIS_OF.get(word, "stage"), word
