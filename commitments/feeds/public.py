"""Public calendars: deadlines, milestones and, where reporting is open, its days.

What is public only, and no names of people. What was moved keeps its name and gets a higher
version, so that programs move it too; what was withdrawn is marked as called off and says so in
its title, for the programs that show called-off entries like any other.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from commitments.feeds._days import (
    KEPT,
    AsOf,
    Changes,
    address,
    deadlines,
    midnight,
    milestones,
    period_key,
    period_words,
    titled,
)
from commitments.feeds.calendars import Calendar, Entry
from commitments.models import (
    CLOSED,
    Commitment,
    Obligation,
    Organisation,
    Part,
    Participation,
    Programme,
    ReportingPeriod,
)
from commitments.text.display import active_language, said_text


def whole_calendar(as_of: AsOf) -> Calendar:
    """All that is dated in the record; nothing of the demonstration."""
    rows = Commitment.objects.public().real()
    opened = rows.filter(programme=OuterRef("programme"), reporting_opened_on__isnull=False)
    periods = ReportingPeriod.objects.filter(Exists(opened))
    return _calendar(_("all dates"), rows, periods, as_of)


def programme_calendar(programme: Programme, as_of: AsOf) -> Calendar:
    """All that is dated in a programme."""
    rows = Commitment.objects.public().filter(programme=programme)
    opened = rows.filter(reporting_opened_on__isnull=False)
    periods = ReportingPeriod.objects.filter(programme=programme).filter(Exists(opened))
    return _calendar(said_text(programme, "name"), rows, periods, as_of)


def organisation_calendar(organisation: Organisation, as_of: AsOf) -> Calendar:
    """What the body leads or takes part in; reporting days of what it leads."""
    parts = Participation.objects.present().filter(
        organisation=organisation, role__in=(Part.LEAD, Part.PARTNER)
    )
    rows = Commitment.objects.public().filter(pk__in=parts.values("commitment"))
    led = (
        Commitment.objects.public()
        .led_by([organisation.pk])
        .filter(reporting_opened_on__isnull=False, programme=OuterRef("programme"))
        .filter(Q(closed_on=None) | Q(closed_on__gte=OuterRef("opens_on")))
        .filter(reporting_opened_on__lte=OuterRef("due_on"))
    )
    periods = ReportingPeriod.objects.filter(Exists(led))
    return _calendar(said_text(organisation, "name"), rows, periods, as_of)


def commitment_calendar(commitment: Commitment, as_of: AsOf) -> Calendar:
    """What is dated of one commitment; of its reporting the days that hold for it."""
    rows = Commitment.objects.public().filter(pk=commitment.pk)
    return _calendar(titled(commitment), rows, _periods_of(commitment), as_of)


def _periods_of(commitment: Commitment) -> QuerySet[ReportingPeriod]:
    """Those that it owes or owed an update for and, while it is open, those to come."""
    opened_on = commitment.reporting_opened_on
    if opened_on is None:
        return ReportingPeriod.objects.none()
    owed = Obligation.objects.filter(
        commitment=commitment, period=OuterRef("pk"), waived_at__isnull=True
    )
    asked = Exists(owed)
    there = Obligation.objects.filter(commitment=commitment, period=OuterRef("pk"))
    if commitment.stage in CLOSED:
        return ReportingPeriod.objects.filter(asked, opens_on__lte=commitment.closed_on)
    coming = Q(programme=commitment.programme_id, due_on__gte=opened_on) & ~Exists(there)
    return ReportingPeriod.objects.filter(asked | coming)


def _calendar(
    name: str, rows: QuerySet[Commitment], periods: QuerySet[ReportingPeriod], as_of: AsOf
) -> Calendar:
    about = _("Deadlines, milestones and reporting days of the public record; past ones for a year")
    return Calendar(
        name=_("Cam Kết: {name}").format(name=name),
        about=about,
        language=active_language(),
        entries=[
            *deadlines(rows, as_of),
            *milestones(rows, as_of),
            *reporting_days(periods, as_of),
        ],
    )


def reporting_days(
    periods: QuerySet[ReportingPeriod], as_of: AsOf, *, opening: bool = True, prefix: str = ""
) -> list[Entry]:
    """The day on which each period opens, if that is asked for, and the one on which it is due."""
    rows = list(
        periods.filter(due_on__gte=as_of.on - KEPT, programme__published_at__isnull=False)
        .select_related("programme")
        .order_by("pk")
    )
    changes = Changes("reporting_period", [period_key(row) for row in rows], as_of)
    return [entry for row in rows for entry in _days_of(row, changes, opening, prefix)]


def _days_of(
    period: ReportingPeriod, changes: Changes, opening: bool, prefix: str
) -> Iterable[Entry]:
    changed = changes.of(period_key(period), midnight(period.starts_on))
    words = {"period": period_words(period), "programme": said_text(period.programme, "name")}
    url = address("programme-detail", period.programme.slug)
    days = [
        (
            "opens",
            period.opens_on,
            _("Reporting on {period} opens: {programme}"),
            _("From this day on, bodies that were asked to report can hand in their update."),
        ),
        (
            "due",
            period.due_on,
            _("Updates on {period} are due: {programme}"),
            _("By the end of this day, bodies that were asked to report hand in their update."),
        ),
    ]
    for name, day, summary, about in days if opening else days[1:]:
        yield Entry(
            key=f"{prefix}period-{period.programme.slug}-{period.starts_on.isoformat()}-{name}",
            on=day,
            summary=summary.format(**words),
            description=f"{about}\n{url}",
            url=url,
            changed_at=changed.at,
            version=changed.times,
        )
