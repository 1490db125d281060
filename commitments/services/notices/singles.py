"""Single mails: what goes out at the next tick, whether or not the day's mail went already."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from commitments.models import Digest, DigestKind, DigestState, Notice, User
from commitments.reports.subjects import BATCH, SUBJECTS
from commitments.rules.moments import day_of
from commitments.services.notices.gates import let_out

WAITING = (DigestState.PLANNED, DigestState.FAILED)
"""A digest that more can still be put into."""


def make_singles(*, now: datetime) -> int:
    """Give each person one mail with what has just been asked of them; how many mails.

    Unlike the day's mail it is tried beyond its day; what it cannot deliver, the next one carries.
    """
    made = last = 0
    while notices := list(_loose(now, after=last)):
        made += _gather(notices, now)
        last = notices[-1].pk
    return made


def named(name: str) -> str:
    """A Message-ID that is the same for every try, so that a server knows a second copy."""
    return f"<{name}@{urlsplit(settings.SITE_URL).hostname}>"


def _loose(now: datetime, *, after: int) -> QuerySet[Notice]:
    rows = let_out(Notice.objects.due(now)).filter(
        by_itself=True, subject_kind__in=SUBJECTS, digest=None, pk__gt=after
    )
    return rows.order_by("pk")[:BATCH]


@transaction.atomic
def _gather(notices: Sequence[Notice], now: datetime) -> int:
    """Put each person's notices into one mail, named after the first of them.

    One that was called off without a mail, as all it carried was paused, is opened again. Of two
    runs at once the later finds the mail there, or its notices taken: a mail left without any
    goes nowhere, a notice left without mail waits for the next tick.
    """
    per_person: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        per_person[notice.recipient_id].append(notice)
    people = User.objects.only("pk", "language").in_bulk(per_person)
    mails = {key: _single(people[key], own[0], now) for key, own in per_person.items()}
    Digest.objects.bulk_create(mails.values(), ignore_conflicts=True)
    names = [mail.message_id for mail in mails.values()]
    named_so = Digest.objects.filter(message_id__in=names)
    named_so.filter(state=DigestState.CANCELLED).update(
        state=DigestState.PLANNED, tries=0, next_try_at=now, last_error=""
    )
    open_ones = named_so.filter(state__in=WAITING)
    for person, mail in open_ones.values_list("recipient_id", "pk"):
        own = [notice.pk for notice in per_person[person]]
        Notice.objects.filter(pk__in=own, digest=None).update(digest=mail)
    return len(mails)


def _single(person: User, first: Notice, now: datetime) -> Digest:
    return Digest(
        recipient=person,
        kind=DigestKind.SINGLE,
        day_on=day_of(now),
        language=person.language,
        due_at=first.due_at,
        next_try_at=now,
        message_id=named(f"single-{first.pk}-{first.planned_at:%Y%m%d%H%M%S}"),
    )
