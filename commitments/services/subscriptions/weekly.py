"""The mails of the week: planned once a subscriber and week, written of what changed since."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef
from django.utils import translation

from commitments.emails.quoted import Quoted
from commitments.emails.weekly import WeeklyGroup, WeeklyMail, build_weekly
from commitments.models import (
    CitizenMail,
    CitizenMailKind,
    DigestState,
    PublicEvent,
    Subscriber,
    Subscription,
)
from commitments.reports.events import action_words
from commitments.reports.following import Searches, followed, news_of
from commitments.reports.objects import page_of, thing_in
from commitments.rules.citizens import week_of, weekly_moment
from commitments.rules.moments import day_of
from commitments.services.calendar import calendar_for
from commitments.services.notices.singles import named
from commitments.services.subscriptions import head_sequence
from commitments.text.citizen_links import absolute, own_url

MOST_GROUPS = 60
MOST_LINES = 8
"""Of so many things, and so many lines of each, one mail tells; it counts and links the rest."""
BATCH = 500


def plan_weekly(*, now: datetime) -> int:
    """Make one mail of this week for everybody who follows something; how many are new.

    On the first working day of the week from the hour on, later in the week too after an outage,
    but never on a free day. A week without working day, and one in which nothing could be sent,
    is told by the next. Whoever confirmed since waits for the next week.
    """
    today = day_of(now)
    calendar, monday = calendar_for(today), week_of(today)
    starts = weekly_moment(monday, calendar, settings.WEEKLY_MAIL_HOUR)
    if starts is None or now < starts or not calendar.is_working(today):
        return 0
    _give_up_before(monday, now)
    through, made, last = head_sequence(), 0, 0
    while batch := list(_to_tell(monday, starts, through, after=last)):
        made += len(CitizenMail.objects.bulk_create(
            [_planned(one, monday, through, now) for one in batch], ignore_conflicts=True
        ))  # fmt: skip
        last = batch[-1].pk
    return made


def _give_up_before(monday: date, now: datetime) -> None:
    """Former weeks end with this one, whose mails tell what theirs could not."""
    former = CitizenMail.objects.filter(kind=CitizenMailKind.WEEKLY, week_on__lt=monday)
    former.waiting().update(state=DigestState.DEAD, leased_until=None)
    lost = former.filter(state=DigestState.SENDING, leased_until__lte=now)
    lost.update(state=DigestState.DEAD, leased_until=None)


def _to_tell(monday: date, starts: datetime, through: int, *, after: int) -> Iterable[Subscriber]:
    """Nobody whose mail is just going out: what it tells would be told again."""
    own = CitizenMail.objects.filter(kind=CitizenMailKind.WEEKLY, subscriber=OuterRef("pk"))
    rows = Subscriber.objects.confirmed(starts).filter(
        ~Exists(own.filter(week_on=monday)),
        ~Exists(own.filter(state=DigestState.SENDING)),
        through_sequence__lt=through,
        pk__gt=after,
    )
    return rows.order_by("pk")[:BATCH]


def _planned(subscriber: Subscriber, monday: date, through: int, now: datetime) -> CitizenMail:
    return CitizenMail(
        kind=CitizenMailKind.WEEKLY,
        subscriber=subscriber,
        week_on=monday,
        through_sequence=through,
        made_at=now,
        next_try_at=now,
    )


def compose_weekly(
    mail: CitizenMail, now: datetime, searches: Searches
) -> EmailMultiAlternatives | None:
    """What changed after what the subscriber was told, of what is followed at this moment.

    None where that is nothing.
    """
    subscriber = mail.subscriber
    assert subscriber is not None  # the constraint of its kind
    with translation.override(subscriber.language):
        subscriptions = list(subscriber.subscriptions.confirmed())
        events = list(
            news_of(
                subscriptions,
                after=subscriber.through_sequence,
                through=mail.through_sequence,
                today=day_of(now),
                searches=searches,
            )
        )
        if not events:
            return None
        return build_weekly(_written(mail, subscriber, events, _things(subscriptions, searches)))


def _things(subscriptions: Iterable[Subscription], searches: Searches) -> list[Quoted]:
    found = (followed(one.kind, one.key, searches) for one in subscriptions)
    return [Quoted(thing.words, thing.lang) for thing in found if thing is not None]


def _written(
    mail: CitizenMail, subscriber: Subscriber, events: list[PublicEvent], things: list[Quoted]
) -> WeeklyMail:
    groups = _groups(events)
    return WeeklyMail(
        to=subscriber.email,
        language=subscriber.language,
        message_id=named(f"weekly-{subscriber.pk}-{mail.week_on:%Y%m%d}"),
        made_at=mail.made_at,
        from_on=day_of(min(one.recorded_at for one in events)),
        until_on=day_of(max(one.recorded_at for one in events)),
        groups=[_group(own) for own in groups[:MOST_GROUPS]],
        more=len(groups[MOST_GROUPS:]),
        follows=things,
        all_url=absolute("change-list"),
        manage_url=own_url(subscriber.nonce, subscriber.language),
    )


def _groups(events: list[PublicEvent]) -> list[list[PublicEvent]]:
    """Those of one commitment, or of one other thing, together; commitments come first."""
    found: dict[object, list[PublicEvent]] = {}
    for event in events:
        key = event.commitment_id or (event.object_kind, event.object_key)
        found.setdefault(key, []).append(event)
    return sorted(found.values(), key=lambda own: own[0].commitment_id is None)


def _group(events: list[PublicEvent]) -> WeeklyGroup:
    last = events[-1]
    thing, commitment = thing_in(last), last.commitment
    lines = [
        words if number == 1 else f"{words} ({number})"
        for words, number in Counter(action_words(event) for event in events).items()
    ]
    page = absolute("commitment-detail", commitment.slug) if commitment else _absolute_page(last)
    return WeeklyGroup(
        title=Quoted(thing.name, thing.lang),
        url=page,
        lines=lines[:MOST_LINES],
        kicker=(commitment.reference or "") if commitment else thing.noun,
        more=len(lines[MOST_LINES:]),
        is_demo=last.is_demo,
    )


def _absolute_page(event: PublicEvent) -> str:
    return f"{settings.SITE_URL}{page_of(event)}"
