"""What is known when the lines of a kind are written: the notices, the facts, who else was told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Q

from commitments.emails.digest import Told
from commitments.models import Commitment, Notice, NoticeState, Role, Topic
from commitments.rules.moments import day_of
from commitments.rules.reminders import Anchor, Facts, role_told
from commitments.rules.workdays import WorkCalendar

RISING = ("obligation", "milestone", "commitment", "charge", "address")
"""Kinds of which one level after the other is told: each sees who was told before."""

Others = Mapping[tuple[str, int], Sequence[Notice]]
"""What others were told, or are told now, by kind and id."""


class Common(TypedDict):
    """What every line says of its reader."""

    role: Role | None
    stands_in: bool
    topic: Topic | None
    told: Sequence[Told]
    also: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Asked:
    """The notices of one kind in one mail, by the id of what they are about."""

    kind: str
    notices: Mapping[int, Notice]
    facts: Mapping[int, Facts]
    recipient: int
    today: date
    calendar: WorkCalendar
    others: Others
    commitments: Mapping[int, Commitment]

    def commitment(self, key: int) -> Commitment:
        """Raises KeyError for a notice that is about a person's address."""
        return self.commitments[self.notices[key].commitment_id or 0]

    def day(self, key: int, anchor: Anchor) -> date:
        return self.facts[key].day(anchor)

    def working_days(self, since: date) -> int:
        return max(self.calendar.between(since, self.today), 0)

    def role(self, key: int) -> Role | None:
        """In which the reader is told; a notice that still stands always has one."""
        return role_told(self.recipient, self.facts[key])

    def common(self, key: int) -> Common:
        notice, facts = self.notices[key], self.facts[key]
        place = facts.ladder.position(notice.rule, notice.step)
        told, also = _told(notice, self.others.get((self.kind, key), ()), facts)
        return Common(
            role=self.role(key),
            stands_in=self.recipient in facts.stand_ins,
            topic=None if place is None else facts.ladder.topic(place),
            told=told,
            also=also,
        )


def others_told(notices: Iterable[Notice], recipient: int) -> Others:
    """What others were sent of the same round, or are sent at the same step; one query."""
    cycles: dict[tuple[str, int], str] = {
        (one.subject_kind, one.subject_id): one.cycle
        for one in notices
        if one.subject_kind in RISING
    }
    if not cycles:
        return {}
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, key in cycles:
        keys[kind].append(key)
    about = Q()
    for kind, own in keys.items():
        about |= Q(subject_kind=kind, subject_id__in=own)
    rows = (
        Notice.objects.filter(about, state__in=(NoticeState.SENT, NoticeState.PLANNED))
        .exclude(recipient=recipient)
        .select_related("recipient", "digest")
        .order_by("digest__sent_at", "pk")
    )
    found: dict[tuple[str, int], list[Notice]] = defaultdict(list)
    for row in rows:
        if row.cycle == cycles[row.subject_kind, row.subject_id]:
            found[row.subject_kind, row.subject_id].append(row)
    return found


def _told(notice: Notice, others: Iterable[Notice], facts: Facts) -> tuple[list[Told], list[Told]]:
    """Who was told earlier, each once with the last day; and who is told of the same step."""
    earlier: dict[int, Told] = {}
    also: dict[int, Told] = {}
    for other in others:
        role = role_told(other.recipient_id, facts)
        name = str(other.recipient)
        if (other.rule, other.step) == (notice.rule, notice.step):
            also[other.recipient_id] = Told(name, role)
        elif other.digest and other.digest.sent_at:
            earlier[other.recipient_id] = Told(name, role, day_of(other.digest.sent_at))
    return list(earlier.values()), list(also.values())
