"""What one person will be asked: updates owed, dates in their charge, what waits for them.

Who may see it follows from what they hold now: whoever left sees nothing. No other person is
named. Every entry leads to the page, after log-in, where the thing is done.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from commitments.feeds._days import (
    KEPT,
    AsOf,
    Changes,
    address,
    deadlines,
    midnight,
    milestones,
    period_words,
    titled,
)
from commitments.feeds.calendars import Calendar, Entry
from commitments.feeds.public import reporting_days
from commitments.models import (
    CLOSED,
    Assignment,
    ChangeRequest,
    Charge,
    Commitment,
    Obligation,
    Participation,
    PublicEvent,
    ReportingPeriod,
    Role,
    Rule,
    StatusUpdate,
    User,
)
from commitments.rules.moments import day_of
from commitments.rules.reminders import RULES
from commitments.rules.workdays import WorkCalendar
from commitments.text.display import active_language, limited_date

OWN = "own-"
"""Before the name of each entry: the same thing may stand in a public calendar beside it."""


def own_calendar(person: User, today: date, calendar: WorkCalendar) -> Calendar:
    """All that the person is asked for; in as many queries for one thing as for many."""
    charged = _charged(person)
    return Calendar(
        name=_("Cam Kết: my dates"),
        about=_("What I am asked for: updates, dates in my charge, and what waits for my decision"),
        language=active_language(),
        entries=[
            *_owed(_reported_by(person), today),
            *deadlines(charged, _now(today), _inside, OWN),
            *milestones(charged, _now(today), _inside, OWN),
            *_of_programmes(person, today),
            *_reviews(person, calendar),
            *_requests(person, calendar),
        ],
        is_public=False,
    )


def _now(today: date) -> AsOf:
    """One's own calendar has no past: all that was ever written counts."""
    return AsOf(today, PublicEvent.objects.all())


def _inside(commitment: Commitment) -> str:
    return address("staff:commitment-detail", commitment.slug)


def _with_charge(person: User, charge: Charge, role: Role) -> QuerySet[Commitment]:
    """Public ones of which the person has the charge, and still the role that it takes."""
    held = Assignment.objects.standing().filter(
        commitment=OuterRef("pk"), person=person, charge=charge
    )
    led = Participation.objects.leading().filter(
        commitment=OuterRef("pk"), organisation__in=person.organisations_as(role)
    )
    return Commitment.objects.public().filter(Exists(held), Exists(led))


def _reported_by(person: User) -> QuerySet[Commitment]:
    return _with_charge(person, Charge.REPORT, Role.REPORTER)


def _charged(person: User) -> QuerySet[Commitment]:
    approved = _with_charge(person, Charge.APPROVE, Role.APPROVER)
    keys = Q(pk__in=_reported_by(person).values("pk")) | Q(pk__in=approved.values("pk"))
    return Commitment.objects.filter(keys)


def _owed(commitments: QuerySet[Commitment], today: date) -> Iterator[Entry]:
    """The day on which each update is due: of periods that have begun, and of those to come."""
    asked = commitments.filter(reporting_opened_on__isnull=False)
    since = today - KEPT
    owed = Obligation.objects.filter(
        commitment__in=asked, period__due_on__gte=since, waived_at__isnull=True
    )
    coming = ReportingPeriod.objects.filter(due_on__gte=since).order_by("starts_on")
    rows = list(
        asked.select_related("programme")
        .prefetch_related(
            Prefetch("obligations", owed.select_related("period"), "asked"),
            Prefetch("programme__periods", coming, "coming"),
        )
        .annotate(newest=_newest())
        .order_by("pk")
    )
    keys = [_owed_key(row, one.period) for row in rows for one in vars(row)["asked"]]
    changes = Changes("obligation", keys, _now(today))
    for row in rows:
        for one in vars(row)["asked"]:
            if one.met_at or row.stage not in CLOSED:
                yield _update(row, one.period, changes, is_met=bool(one.met_at))
        for period in _to_come(row):
            yield _update(row, period, changes, is_met=False)


def _newest() -> object:
    """The first day of the newest period for which an update is owed, met and waived ones too."""
    rows = Obligation.objects.filter(commitment=OuterRef("pk")).order_by("-period__starts_on")
    return rows.values("period__starts_on")[:1]


def _to_come(commitment: Commitment) -> list[ReportingPeriod]:
    """Periods after the newest for which an update is owed already."""
    if commitment.stage in CLOSED:
        return []
    newest = vars(commitment)["newest"] or date.min
    opened_on = commitment.reporting_opened_on or date.max
    found: Iterable[ReportingPeriod] = vars(commitment.programme)["coming"]
    return [one for one in found if one.starts_on > newest and one.due_on >= opened_on]


def _owed_key(commitment: Commitment, period: ReportingPeriod) -> str:
    """The key of the obligation in the public record, also of one that is still to come."""
    return f"{commitment.slug}/{period.starts_on.isoformat()}"


def _update(
    commitment: Commitment, period: ReportingPeriod, changes: Changes, *, is_met: bool
) -> Entry:
    key = _owed_key(commitment, period)
    changed = changes.of(key, midnight(period.starts_on))
    summary = _("Submitted: {what}, {period}") if is_met else _("Update due: {what}, {period}")
    url = address("staff:update-create", commitment.slug)
    opens = _("Can be handed in from {day} on.").format(day=limited_date(period.opens_on))
    return Entry(
        key=f"{OWN}obligation-{key.replace('/', '-')}",
        on=period.due_on,
        summary=summary.format(what=titled(commitment), period=period_words(period)),
        description=f"{_inside(commitment)}" if is_met else f"{opens}\n{url}",
        url=_inside(commitment) if is_met else url,
        changed_at=changed.at,
        version=changed.times,
    )


def _of_programmes(person: User, today: date) -> list[Entry]:
    """For officers, the day on which the updates of each of their programmes are due."""
    opened = Commitment.objects.public().filter(
        programme=OuterRef("programme"), reporting_opened_on__isnull=False
    )
    periods = ReportingPeriod.objects.filter(
        Exists(opened), programme__delivery_unit__in=person.organisations_as(Role.OFFICER)
    )
    return reporting_days(periods, _now(today), opening=False, prefix=OWN)


def _reviews(person: User, calendar: WorkCalendar) -> list[Entry]:
    """Updates that wait for the person, on the day on which a reminder of them would come."""
    rows = (
        StatusUpdate.objects.waiting_for(person)
        .filter(commitment__published_at__isnull=False)
        .select_related("commitment")
        .annotate(deeds=Count("actions"))
    )
    summary = _("Waits for your review: {what}")
    return [
        _waiting(
            f"review-{row.pk}",
            Rule.R5,
            summary.format(what=titled(row.commitment)),
            address("staff:update-detail", row.pk),
            row.waits_since,
            calendar,
            version=vars(row)["deeds"],
        )
        for row in rows
    ]


def _requests(person: User, calendar: WorkCalendar) -> list[Entry]:
    """Change requests that the person may decide, in the same way."""
    rows = (
        ChangeRequest.objects.waiting_for(person)
        .filter(commitment__published_at__isnull=False)
        .select_related("commitment")
        .order_by("pk")
    )
    summary = _("Change request waits for your decision: {what}")
    return [
        _waiting(
            f"change-{row.pk}",
            Rule.R7,
            summary.format(what=titled(row.commitment)),
            address("staff:change-detail", row.pk),
            row.requested_at,
            calendar,
        )
        for row in rows
    ]


def _waiting(
    key: str,
    rule: Rule,
    summary: str,
    url: str,
    since: datetime,
    calendar: WorkCalendar,
    version: int = 0,
) -> Entry:
    began_on = day_of(since)
    waits = _("It has been waiting since {day}.").format(day=limited_date(began_on))
    return Entry(
        key=f"{OWN}{key}",
        on=calendar.add(began_on, RULES[rule].steps[0].offset),
        summary=summary,
        description=f"{waits}\n{url}",
        url=url,
        changed_at=since,
        version=version,
    )
