"""The mails of the week: planned once a subscriber and week, written of what changed since."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation

from commitments.emails.quoted import Quoted, shortened
from commitments.emails.weekly import WeeklyDeed, WeeklyGroup, WeeklyMail, build_weekly
from commitments.models import (
    CitizenMail,
    CitizenMailKind,
    DigestState,
    PublicEvent,
    Subscriber,
    Subscription,
)
from commitments.reports.following import Searches, followed, news_of
from commitments.reports.news import Entry, news
from commitments.reports.news.names import Said
from commitments.reports.news.prose import said_lines
from commitments.reports.objects import noun_words
from commitments.rules.citizens import week_of, weekly_moment
from commitments.rules.moments import day_of
from commitments.services.calendar import calendar_for
from commitments.services.notices.singles import named
from commitments.services.subscriptions import head_sequence
from commitments.text.citizen_links import absolute, own_url

MOST_GROUPS = 60
MOST_DEEDS = 8
MOST_LINES = 12
LONGEST = 400
"""Of so many things, of each so many deeds in so many lines, one mail tells; it links the rest."""
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
        events = news_of(
            subscriptions,
            after=subscriber.through_sequence,
            through=mail.through_sequence,
            today=day_of(now),
            searches=searches,
        )
        entries = list(_entries(events))
        if not entries:
            return None
        references = dict(
            events.order_by().values_list("commitment__slug", "commitment__reference")
        )
        groups = _groups(entries, references)
        return build_weekly(_written(mail, entries, groups, _things(subscriptions, searches)))


def _entries(events: "QuerySet[PublicEvent]") -> Iterator[Entry]:
    """All of them as the page of changes tells them, the newest first."""
    below: int | None = None
    while True:
        page = news(events, below=below)
        yield from page.entries
        if page.older is None:
            return
        below = page.older


def _things(subscriptions: Iterable[Subscription], searches: Searches) -> list[Quoted]:
    found = (followed(one.kind, one.key, searches) for one in subscriptions)
    return [Quoted(thing.words, thing.lang) for thing in found if thing is not None]


def _written(
    mail: CitizenMail, entries: list[Entry], groups: list[WeeklyGroup], things: list[Quoted]
) -> WeeklyMail:
    subscriber = mail.subscriber
    assert subscriber is not None  # the constraint of its kind
    return WeeklyMail(
        to=subscriber.email,
        language=subscriber.language,
        message_id=named(f"weekly-{subscriber.pk}-{mail.week_on:%Y%m%d}"),
        made_at=mail.made_at,
        from_on=min(one.on for one in entries),
        until_on=max(one.on for one in entries),
        groups=groups[:MOST_GROUPS],
        more=len(groups[MOST_GROUPS:]),
        follows=things,
        all_url=absolute("change-list"),
        manage_url=own_url(subscriber.nonce, subscriber.language),
    )


def _groups(entries: list[Entry], references: Mapping[str, str | None]) -> list[WeeklyGroup]:
    """Those about one thing together; commitments come first."""
    found: dict[object, list[Entry]] = {}
    for one in entries:
        found.setdefault(one.about or one.sequence, []).append(one)
    pages = {
        reverse("commitment-detail", args=[slug]): reference or ""
        for slug, reference in references.items()
        if slug
    }
    own = sorted(found.values(), key=lambda some: _page(some[0]) not in pages)
    return [_group(some, pages.get(_page(some[0]))) for some in own]


def _page(entry: Entry) -> str:
    return (entry.about.url if entry.about else "") or entry.url


def _group(entries: list[Entry], reference: str | None) -> WeeklyGroup:
    first = entries[0]
    about = first.about or Said(first.title)
    return WeeklyGroup(
        title=Quoted(about.text, about.lang),
        url=f"{settings.SITE_URL}{_page(first)}",
        deeds=[_deed(one) for one in entries[:MOST_DEEDS]],
        kicker=noun_words(first.kind) if reference is None else reference,
        more=len(entries[MOST_DEEDS:]),
        is_demo=any(one.is_demo for one in entries),
    )


def _deed(entry: Entry) -> WeeklyDeed:
    said = [Quoted(shortened(one.text, LONGEST), one.lang) for one in said_lines(entry)]
    more = len(said[MOST_LINES:])
    return WeeklyDeed(entry.title if entry.about else "", said[:MOST_LINES], bool(more))
