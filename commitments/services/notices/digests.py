"""Pending notices are gathered: one mail per person and working day, single ones at once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from commitments.models import Digest, DigestKind, DigestState, Notice, User
from commitments.models.notice import NoticeQuerySet
from commitments.reports.subjects import BATCH, SUBJECTS
from commitments.rules.moments import at_minute, day_of, minute_of
from commitments.rules.retries import MAX_TRIES
from commitments.services.calendar import calendar_for
from commitments.services.notices.gates import let_out
from commitments.services.notices.singles import WAITING, make_singles, named


def make_digests(*, now: datetime) -> int:
    """Give every due notice its digest of today, at the person's minute; how many mails wait.

    Not on a free day. Who was sent today's digest already gets the rest on the next working day.
    What an earlier day's digest could not deliver moves into today's. Reminders by hand go at
    once, each person's in a single mail, on any day.
    """
    today = day_of(now)
    _give_up_before(today, now)
    made = make_singles(now=now)
    if not calendar_for(today).is_working(today):
        return made
    last = 0
    while people := list(_people_to_tell(now, after=last)):
        made += _gather(people, now)
        last = people[-1].pk
    return made


def _give_up_before(today: date, now: datetime) -> None:
    """End the digests of earlier days: one goes out on its own day or not at all.

    Any mail ends with its tries, also where its last sender did not live to say so.
    """
    earlier = Digest.objects.filter(day_on__lt=today, kind=DigestKind.DAILY)
    earlier.filter(state=DigestState.PLANNED).update(state=DigestState.CANCELLED)
    earlier.filter(state=DigestState.FAILED).update(state=DigestState.DEAD)
    earlier.filter(state=DigestState.SENDING, leased_until__lte=now).update(
        state=DigestState.DEAD, leased_until=None, last_error=_HALF_WAY
    )
    spent = Digest.objects.filter(tries__gte=MAX_TRIES)
    spent.filter(state=DigestState.SENDING, leased_until__lte=now).update(
        state=DigestState.DEAD, leased_until=None, last_error=_HALF_WAY
    )


_HALF_WAY = "The sender ended half-way."


def _people_to_tell(now: datetime, *, after: int) -> QuerySet[User]:
    """Whose minute has come, with something to be told and today's digest not closed yet."""
    closed = Digest.objects.filter(
        recipient=OuterRef("pk"),
        day_on=day_of(now),
        kind=DigestKind.DAILY,
        state__in=(DigestState.SENT, DigestState.DEAD),
    )
    people = User.objects.filter(
        ~Exists(closed),
        pk__in=_unheld(now).values("recipient_id"),
        pk__gt=after,
        digest_minute__lte=minute_of(now),
    )
    return people.only("pk", "language", "digest_minute").order_by("pk")[:BATCH]


def _unheld(now: datetime) -> NoticeQuerySet:
    """Due notices that no digest of today carries, nobody is sending and no pause holds back.

    Of those that go out by themselves only what a single mail could not deliver.
    """
    held = (
        Q(digest__state=DigestState.SENDING)
        | Q(digest__day_on=day_of(now), digest__state__in=WAITING)
        | Q(digest__kind=DigestKind.SINGLE, digest__state__in=WAITING)
        | Q(by_itself=True, digest=None)
    )
    return let_out(Notice.objects.due(now)).filter(subject_kind__in=SUBJECTS).exclude(held)


@transaction.atomic
def _gather(people: Sequence[User], now: datetime) -> int:
    """Make sure that each has an open digest, put their notices into it; how many have one.

    One that was called off with all it carried is opened again: no mail of it went out.
    """
    Digest.objects.bulk_create([_digest(person, now) for person in people], ignore_conflicts=True)
    todays = Digest.objects.filter(recipient__in=people, day_on=day_of(now), kind=DigestKind.DAILY)
    todays.filter(state=DigestState.CANCELLED).update(
        state=DigestState.PLANNED, tries=0, next_try_at=now, last_error=""
    )
    waiting = todays.filter(state__in=WAITING)
    loose = _unheld(now).filter(recipient__in=waiting.values("recipient_id"))
    own = waiting.filter(recipient=OuterRef("recipient_id"))
    Notice.objects.filter(pk__in=loose.values("pk")).update(digest=Subquery(own.values("pk")[:1]))
    return waiting.count()


def _digest(person: User, now: datetime) -> Digest:
    today = day_of(now)
    return Digest(
        recipient=person,
        day_on=today,
        language=person.language,
        due_at=at_minute(today, person.digest_minute),
        next_try_at=now,
        message_id=message_id(person.pk, today),
    )


def message_id(person: int, day: date) -> str:
    """The same for every try, so that a mail server knows a second copy for what it is."""
    return named(f"digest-{person}-{day:%Y%m%d}")
