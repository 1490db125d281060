"""The rows of the sheet: parts, targets, milestones and sources, each refusal at its cell."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, Text
from commitments.models import (
    Comparator,
    Confidence,
    Cumulation,
    Direction,
    Language,
    Part,
    SourceKind,
    TakenOn,
)
from commitments.rules.addresses import check_address
from commitments.rules.commitments.said import (
    CommitmentSaid,
    Known,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
)
from commitments.rules.texts import check_text

TEXTS = {
    "targets": {"text_vi": 1000, "text_en": 1000, "metric": 80, "unit": 80},
    "milestones": {"title_vi": 300, "title_en": 300},
    "sources": {"title": 500, "publisher": 300},
}
"""The most characters of each text of a row."""

MOST_DIGITS, MOST_DECIMALS, LARGEST_NUMBER = 24, 6, 9999
_CHOOSE = _("Please choose one of the list.")


def check_rows(said: CommitmentSaid, known: Known, *, today: date) -> Iterator[Refusal]:
    """What is wrong in the cells of every row, and between rows of one kind."""
    yield from _check_parts(said, known)
    for index, target in enumerate(said.targets):
        yield from _check_target(target, f"targets-{index}-", today)
    for index, milestone in enumerate(said.milestones):
        yield from _check_milestone(milestone, f"milestones-{index}-")
    yield from _check_numbers("targets", [row.number for row in said.targets])
    yield from _check_numbers("milestones", [row.number for row in said.milestones])
    yield from _check_sources(said.sources, known)


def _check_parts(said: CommitmentSaid, known: Known) -> Iterator[Refusal]:
    seen: set[tuple[str, str]] = set()
    leads = 0
    for index, part in enumerate(said.parts):
        place = f"parts-{index}-"
        yield from _check_part(part, place, known)
        if said.due and part.since and said.due.is_before(part.since):
            text: Text = _("This is after the commitment's due date, {due}.")
            yield Invalid("since_after_due", format_lazy(text, due=said.due), f"{place}since")
        if (part.organisation, part.role) in seen:
            text = _("This organisation has this part already, in a row above.")
            yield Invalid("part_twice", text, f"{place}organisation")
        seen.add((part.organisation, part.role))
        leads += part.role == Part.LEAD
        if part.role == Part.LEAD and leads == 2:
            text = _("A commitment has one lead at most. Please make the other one a partner.")
            yield Invalid("two_leads", text, f"{place}role")


def _check_part(part: PartSaid, place: str, known: Known) -> Iterator[Refusal]:
    field = f"{place}organisation"
    if not part.organisation:
        yield Invalid("organisation_missing", _("Please choose the organisation."), field)
    elif part.organisation in known.merged:
        text = _("This organisation was merged into {name}. Please choose that one.")
        name = known.merged[part.organisation]
        yield Invalid("organisation_merged", format_lazy(text, name=name), field)
    elif part.organisation not in known.organisations:
        told = _("No organisation of the record is called “{name}”.")
        yield Invalid("organisation_unknown", format_lazy(told, name=part.organisation[:80]), field)
    yield from _check_choice(part.role, Part, f"{place}role", required=True)
    yield from _check_choice(part.stage, TakenOn, f"{place}stage")
    yield from _check_choice(part.confidence, Confidence, f"{place}confidence", required=True)


def _check_target(target: TargetSaid, place: str, today: date) -> Iterator[Refusal]:
    yield from _check_texts(target, "targets", place)
    if not (target.text_vi.strip() or target.text_en.strip()):
        text: Text = _("Please say in at least one language what is promised.")
        yield Invalid("text_missing", text, f"{place}text_vi")
    yield from _check_figure(target, place)
    yield from _check_range(target, place)
    yield from _check_baseline(target, place, today)
    yield from _check_choice(target.direction, Direction, f"{place}direction")
    yield from _check_choice(target.cumulation, Cumulation, f"{place}cumulation")


def _check_figure(target: TargetSaid, place: str) -> Iterator[Refusal]:
    """What is counted, in which unit, and how many: all or none."""
    given = {"metric": target.metric, "unit": target.unit, "value": target.value is not None}
    if any(given.values()):
        for name, text in _ALL_OR_NONE.items():
            if not given[name]:
                yield Invalid(f"{name}_missing", text, f"{place}{name}")
    for name in ("value", "value_max", "baseline"):
        yield from _check_amount(getattr(target, name), f"{place}{name}")


_ALL_OR_NONE: dict[str, Text] = {
    "metric": _("Please say what is counted; a figure alone says nothing."),
    "unit": _("Please give the unit of the figure."),
    "value": _("Please give the figure, or leave what is counted and its unit empty too."),
}


def _check_amount(value: Decimal | None, field: str) -> Iterator[Refusal]:
    if value is None:
        return
    if not value.is_finite() or abs(value) >= Decimal(10) ** MOST_DIGITS:
        text = _("This figure is too large: {most} digits before the decimal sign at most.")
        yield Invalid("figure_too_large", format_lazy(text, most=MOST_DIGITS), field)
    elif _decimals(value) > MOST_DECIMALS:
        text = _("This figure is too precise: {most} digits after the decimal sign at most.")
        yield Invalid("figure_too_precise", format_lazy(text, most=MOST_DECIMALS), field)


def _decimals(value: Decimal) -> int:
    """How many digits stand behind the sign, without needless zeros."""
    _sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, digits)).rstrip("0") or "0"
    return -(exponent + len(digits) - len(written)) if any(digits) else 0


def _check_range(target: TargetSaid, place: str) -> Iterator[Refusal]:
    yield from _check_choice(target.comparator, Comparator, f"{place}comparator")
    if target.comparator and target.value is None:
        text: Text = _("A comparison needs a figure.")
        yield Invalid("comparator_without_value", text, f"{place}comparator")
    if target.comparator != Comparator.RANGE:
        if target.value_max is not None:
            text = _("An upper figure belongs to a range. Please choose “from … to …”.")
            yield Invalid("upper_without_range", text, f"{place}value_max")
    elif target.value_max is None:
        text = _("Please give the upper figure of the range.")
        yield Invalid("upper_missing", text, f"{place}value_max")
    elif target.value is not None and target.value_max <= target.value:
        text = _("The upper figure must be larger than the lower one.")
        yield Invalid("range_out_of_order", text, f"{place}value_max")


def _check_baseline(target: TargetSaid, place: str, today: date) -> Iterator[Refusal]:
    field = f"{place}baseline_on"
    if target.baseline is not None and not target.metric:
        text: Text = _("A starting figure needs to say what is counted.")
        yield Invalid("baseline_without_metric", text, f"{place}baseline")
    if target.baseline_on is None:
        return
    if target.baseline is None:
        text = _("Please give the figure of that day, or leave the day empty.")
        yield Invalid("baseline_missing", text, f"{place}baseline")
    if target.baseline_on > today:
        text = _("This day lies in the future. A starting figure is known already.")
        yield Invalid("baseline_in_future", text, field)
    elif target.due and target.baseline_on > target.due.latest:
        told = _("This is after the target's due date, {due}.")
        yield Invalid("baseline_after_due", format_lazy(told, due=target.due), field)


def _check_milestone(milestone: MilestoneSaid, place: str) -> Iterator[Refusal]:
    yield from _check_texts(milestone, "milestones", place)
    if not (milestone.title_vi.strip() or milestone.title_en.strip()):
        text = _("Please name the step in at least one language.")
        yield Invalid("title_missing", text, f"{place}title_vi")
    if milestone.due is None:
        text = _("Please say by when, as precisely as it is known.")
        yield Invalid("due_missing", text, f"{place}due")


def _check_numbers(name: str, numbers: list[int]) -> Iterator[Refusal]:
    for index, number in enumerate(numbers):
        field = f"{name}-{index}-number"
        if not 1 <= number <= LARGEST_NUMBER:
            text: Text = format_lazy(_("Please give a number from 1 to {most}."),
                                     most=LARGEST_NUMBER)  # fmt: skip
            yield Invalid("number_out_of_range", text, field)
        elif number in numbers[:index]:
            text = format_lazy(_("The number {number} stands twice."), number=number)
            yield Invalid("number_twice", text, field)


def _check_sources(sources: tuple[SourceSaid, ...], known: Known) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, source in enumerate(sources):
        place = f"sources-{index}-"
        key = source.slug or source.url
        if key and key in seen:
            text = _("This source stands in a row above already.")
            yield Invalid("source_twice", text, f"{place}{'slug' if source.slug else 'url'}")
        seen.add(key)
        yield from check_source(source, known, place)


def check_source(source: SourceSaid, known: Known, place: str = "source-") -> Iterator[Refusal]:
    """A publication that is not known, or a new one that is not named."""
    if source.slug and source.slug not in known.sources:
        text = _("This source is not known. Please choose it again, or enter it as new.")
        yield Invalid("source_unknown", text, f"{place}slug")
    if not source.slug or source.title:
        yield from _check_new_source(source, place)


def _check_new_source(source: SourceSaid, place: str) -> Iterator[Refusal]:
    yield from _check_texts(source, "sources", place)
    if not source.title.strip():
        text = _("Please give the title of the publication.")
        yield Invalid("source_title_missing", text, f"{place}title")
    yield from _check_choice(source.language, Language, f"{place}language")
    yield from _check_choice(source.kind, SourceKind, f"{place}kind")
    if source.url:
        try:
            check_address(source.url, field=f"{place}url")
        except Refusal as refused:
            yield from refused.refusals


def _check_texts(row: object, name: str, place: str) -> Iterator[Refusal]:
    for column, limit in TEXTS[name].items():
        yield from check_text(getattr(row, column), limit, f"{place}{column}")


def _check_choice(
    value: str, choices: type[TextChoices], field: str, *, required: bool = False
) -> Iterator[Refusal]:
    if value not in choices.values and (value or required):
        yield Invalid("choice_unknown" if value else "choice_missing", _CHOOSE, field)
