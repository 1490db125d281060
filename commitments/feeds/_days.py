"""What becomes an entry of a calendar, for the public and for one person alike."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.feeds.calendars import Entry
from commitments.models import Commitment, Milestone, PublicEvent, ReportingPeriod, Stage
from commitments.text.display import limited_date, said_text

KEPT = timedelta(days=365)
"""How long a past day stays in a calendar."""
CALLED_OFF = (Stage.WITHDRAWN, Stage.SUPERSEDED)
Link = Callable[[Commitment], str]
"""Where an entry about a commitment leads."""


class Changed(NamedTuple):
    """How often the public record of a thing was written, and when last."""

    times: int
    at: datetime


class AsOf(NamedTuple):
    """The day of which a calendar speaks, and the public events that count there."""

    on: date
    events: "QuerySet[PublicEvent]"


class Changes:
    """How often and when the things of a kind were changed, by their keys; one query."""

    def __init__(self, kind: str, keys: Iterable[str], as_of: AsOf) -> None:
        rows = as_of.events.filter(object_kind=kind, object_key__in=list(keys)).order_by()
        counted = rows.values("object_key").annotate(times=Count("pk"), at=Max("recorded_at"))
        self._found: Mapping[str, Changed] = {
            row["object_key"]: Changed(row["times"], row["at"]) for row in counted
        }

    def of(self, key: str, since: datetime | None) -> Changed:
        """Of one thing; what has no event yet has not changed since it came to be."""
        return self._found.get(key) or Changed(0, since or datetime.min.replace(tzinfo=UTC))


def address(name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def public_page(commitment: Commitment) -> str:
    return address("commitment-detail", commitment.slug)


def deadlines(
    commitments: QuerySet[Commitment], as_of: AsOf, link: Link = public_page, prefix: str = ""
) -> list[Entry]:
    """The present due date of each that has one."""
    found = commitments.filter(due_latest__gte=as_of.on - KEPT)
    rows = list(found.select_related("programme").order_by("pk"))
    changes = Changes("commitment", [row.slug for row in rows], as_of)
    return [_deadline(row, changes, link, prefix) for row in rows]


def _deadline(row: Commitment, changes: Changes, link: Link, prefix: str) -> Entry:
    assert row.due_latest is not None
    changed = changes.of(row.slug, row.published_at)
    is_a_day = row.due_earliest == row.due_latest
    what = titled(row)
    if ended := _ended(row):
        summary = ended.format(what=what)
    elif is_a_day:
        summary = _("Due: {what}").format(what=what)
    else:
        summary = _("By the end of {when}: {what}").format(when=limited_date(row.due), what=what)
    return Entry(
        key=f"{prefix}commitment-{row.slug}",
        on=row.due_latest,
        summary=summary,
        description=_about(row, row.due, row.original_due, is_a_day, link(row)),
        url=link(row),
        changed_at=changed.at,
        version=changed.times,
        is_called_off=row.stage in CALLED_OFF,
    )


def milestones(
    commitments: QuerySet[Commitment], as_of: AsOf, link: Link = public_page, prefix: str = ""
) -> list[Entry]:
    """The present due date of each milestone."""
    found = Milestone.objects.filter(commitment__in=commitments, due_latest__gte=as_of.on - KEPT)
    rows = list(found.select_related("commitment__programme").order_by("pk"))
    changes = Changes("milestone", [_milestone_key(row) for row in rows], as_of)
    return [_milestone(row, changes, link, prefix) for row in rows]


def _milestone_key(row: Milestone) -> str:
    return f"{row.commitment.slug}/{row.number}"


def _milestone(row: Milestone, changes: Changes, link: Link, prefix: str) -> Entry:
    commitment = row.commitment
    changed = changes.of(_milestone_key(row), commitment.published_at)
    is_a_day = row.due_earliest == row.due_latest
    what = f"{said_text(row, 'title')} ({commitment.reference})"
    if row.done_on:
        summary = _("Done: {what}").format(what=what)
    elif commitment.stage in CALLED_OFF:
        summary = _ended(commitment).format(what=what)
    elif is_a_day:
        summary = _("Milestone: {what}").format(what=what)
    else:
        by = _("Milestone, by the end of {when}: {what}")
        summary = by.format(when=limited_date(row.due), what=what)
    about = _about(commitment, row.due, row.original_due, is_a_day, link(commitment))
    return Entry(
        key=f"{prefix}milestone-{commitment.slug}-{row.number}",
        on=row.due_latest,
        summary=summary,
        description=f"{titled(commitment)}\n{about}",
        url=link(commitment),
        changed_at=changed.at,
        version=changed.times,
        is_called_off=commitment.stage in CALLED_OFF and not row.done_on,
    )


def titled(commitment: Commitment) -> str:
    return f"{said_text(commitment, 'title')} ({commitment.reference})"


def _ended(commitment: Commitment) -> str:
    """What stands before the title of what is over; programs that do not know called-off entries
    show them like any other."""
    return {
        Stage.WITHDRAWN.value: _("Withdrawn: {what}"),
        Stage.SUPERSEDED.value: _("Superseded: {what}"),
        Stage.COMPLETE.value: _("Complete: {what}"),
    }.get(commitment.stage, "")


def _about(commitment: Commitment, due: str, original: str, is_a_day: bool, url: str) -> str:
    lines = [said_text(commitment.programme, "name")]
    if not is_a_day:
        known = _("Known is {when}, but no day; the last day that it can mean stands here.")
        lines.append(known.format(when=limited_date(due)))
    if original and original != due:
        lines.append(_("Originally: {when}").format(when=limited_date(original)))
    return "\n".join([*lines, url])


def period_words(period: ReportingPeriod) -> str:
    """The month or quarter that is reported on, else its two days."""
    first, last = period.starts_on, period.ends_on
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if months == 1:
            return limited_date(f"{first:%Y-%m}")
        if months == 3 and first.month % 3 == 1:
            return limited_date(f"{first:%Y}-Q{(first.month + 2) // 3}")
    return f"{limited_date(first)} – {limited_date(last)}"


def period_key(period: ReportingPeriod) -> str:
    """Its key in the public record."""
    return f"{period.programme.slug}/{period.starts_on.isoformat()}"


def midnight(day: date) -> datetime:
    """An instant for what only has a day."""
    return datetime.combine(day, time(), UTC)
