"""One deed on many commitments: what would happen to each, and doing it row by row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.errors import Forbidden, Refusal, WrongState
from commitments.models import (
    Assignment,
    BulkDeed,
    BulkRun,
    Commitment,
    Membership,
    Obligation,
    Role,
    User,
)
from commitments.reports.subjects.obligations import facts_of
from commitments.rules import access
from commitments.rules.reminders import REPORTER
from commitments.services.nudges import nudge
from commitments.services.obligations import waive
from commitments.services.people import assign_reporter, end_assignment
from commitments.text.display import limited_date

MOST = 500
"""How many rows one deed takes: each is a transaction of its own while somebody waits."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done to every row, by whom; `person` is who is assigned or relieved."""

    deed: str
    by: User
    today: date
    person: User | None = None
    reason_vi: str = ""
    reason_en: str = ""


class Foreseen(NamedTuple):
    """What would happen to a row; where nothing would, why not."""

    commitment: Commitment
    happens: bool
    words: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines of a preview rest on, asked once for all rows."""

    charges: dict[int, Assignment] = field(default_factory=dict)
    bodies: set[int] = field(default_factory=set)
    owed: dict[int, Obligation] = field(default_factory=dict)
    told: dict[int, int] = field(default_factory=dict)


def foresee(commitments: Sequence[Commitment], order: Order) -> list[Foreseen]:
    """What would become of each row, by the rules of the deed; as many queries for one as for all.

    Needs rows with their programme and participations.
    """
    known = _known(commitments, order)
    return [_foreseen(one, order, known) for one in commitments]


def _foreseen(commitment: Commitment, order: Order, known: _Known) -> Foreseen:
    if not _ALLOWED[BulkDeed(order.deed)](order.by, commitment):
        return Foreseen(commitment, False, str(Forbidden.default_text))
    happens, words = _FORESEEN[BulkDeed(order.deed)](commitment, order, known)
    return Foreseen(commitment, happens, words)


_ALLOWED: dict[BulkDeed, Callable[[User, Commitment], bool]] = {
    BulkDeed.ASSIGN: access.may_assign,
    BulkDeed.END: access.may_assign,
    BulkDeed.WAIVE: access.may_waive,
    BulkDeed.NUDGE: access.may_nudge,
}


def _known(commitments: Sequence[Commitment], order: Order) -> _Known:
    if order.deed in (BulkDeed.ASSIGN, BulkDeed.END):
        charges = _charges(commitments, order.person)
        held = Membership.objects.current().filter(user=order.person, role=Role.REPORTER)
        bodies = set(held.values_list("organisation_id", flat=True))
        return _Known(charges={one.commitment_id: one for one in charges}, bodies=bodies)
    owed = _owed(commitments, order.today)
    told = {}
    if order.deed == BulkDeed.NUDGE:
        facts = facts_of(list(owed.values()), order.today).values()
        told = {one.commitment or 0: len(list(one.people[REPORTER])) for one in facts}
    return _Known(owed=owed, told=told)


def _charges(commitments: Iterable[Commitment], person: User | None) -> Iterable[Assignment]:
    return Assignment.objects.reporting().filter(person=person, commitment__in=commitments)


def _owed(commitments: Iterable[Commitment], today: date) -> dict[int, Obligation]:
    """The newest update that each owes."""
    rows = Obligation.objects.owed(today).filter(commitment__in=commitments)
    listed = rows.select_related("commitment__programme", "period").order_by("period__starts_on")
    return {one.commitment_id: one for one in listed}


Answer = tuple[bool, str]


def _assigned(commitment: Commitment, order: Order, known: _Known) -> Answer:
    if commitment.pk in known.charges:
        return False, _("{person} reports on it already.").format(person=order.person)
    if commitment.lead is None or commitment.lead.organisation_id not in known.bodies:
        said = _("{person} does not report for the responsible body.")
        return False, said.format(person=order.person)
    return True, _("{person} reports on it from now on.").format(person=order.person)


def _relieved(commitment: Commitment, order: Order, known: _Known) -> Answer:
    if commitment.pk not in known.charges:
        return False, _("{person} does not report on it.").format(person=order.person)
    return True, _("{person} no longer reports on it.").format(person=order.person)


def _waived(commitment: Commitment, _order: Order, known: _Known) -> Answer:
    owed = known.owed.get(commitment.pk)
    if owed is None:
        return False, str(_NOTHING_OWED)
    day = limited_date(owed.period.due_on)
    return True, _("The update that is due on {date} is waived.").format(date=day)


def _reminded(commitment: Commitment, _order: Order, known: _Known) -> Answer:
    if commitment.pk not in known.owed:
        return False, str(_NOTHING_OWED)
    if not (people := known.told.get(commitment.pk, 0)):
        return False, _("Nobody is in charge, so nobody would be reminded.")
    return True, _told(people)


_NOTHING_OWED = gettext_lazy("No update is owed.")
_FORESEEN: dict[BulkDeed, Callable[[Commitment, Order, _Known], Answer]] = {
    BulkDeed.ASSIGN: _assigned,
    BulkDeed.END: _relieved,
    BulkDeed.WAIVE: _waived,
    BulkDeed.NUDGE: _reminded,
}


def _told(people: int) -> str:
    words = ngettext("%(count)d person is reminded.", "%(count)d people are reminded.", people)
    return words % {"count": people}


def do_to_all(
    *, token: UUID, commitments: Sequence[Commitment], order: Order, now: datetime
) -> BulkRun:
    """Do it to each row in a transaction of its own; a refusal stops none of the others.

    Once for each token: sent again, it does nothing and answers what the first time left.
    Raises Forbidden for a token of somebody else.
    """
    run, is_new = BulkRun.objects.get_or_create(
        token=token,
        defaults={
            "person": order.by,
            "deed": order.deed,
            "chosen": len(commitments),
            "started_at": now,
        },
    )
    if run.person_id != order.by.pk:
        raise Forbidden
    if not is_new:
        return run
    for commitment in commitments:
        _do(run, commitment, order, now)
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    return run


def _do(run: BulkRun, commitment: Commitment, order: Order, now: datetime) -> None:
    """The deed and the line that tells of it, both or neither."""
    try:
        with transaction.atomic():
            words = _DONE[BulkDeed(order.deed)](commitment, order, now)
            _tell(run, commitment, True, words)
    except Refusal as refused:
        _tell(run, commitment, False, " ".join(str(one.text) for one in refused.refusals))


def _tell(run: BulkRun, commitment: Commitment, done: bool, words: str) -> None:
    line = {"commitment": commitment.pk, "done": done, "words": words}
    run.results = [*(one for one in run.results if one["commitment"] != commitment.pk), line]
    run.save(update_fields=["results"])


def _assign(commitment: Commitment, order: Order, now: datetime) -> str:
    assert order.person is not None
    assign_reporter(commitment=commitment, person=order.person, by=order.by, now=now)
    return _("{person} reports on it from now on.").format(person=order.person)


def _end(commitment: Commitment, order: Order, now: datetime) -> str:
    charge = next(iter(_charges([commitment], order.person)), None)
    if charge is None:
        said = _("{person} does not report on it.").format(person=order.person)
        raise WrongState("not_assigned", said)
    end_assignment(assignment=charge, by=order.by, now=now)
    return _("{person} no longer reports on it.").format(person=order.person)


def _the_owed(commitment: Commitment, order: Order) -> Obligation:
    owed = _owed([commitment], order.today).get(commitment.pk)
    if owed is None:
        raise WrongState("not_owed", _NOTHING_OWED)
    return owed


def _waive(commitment: Commitment, order: Order, now: datetime) -> str:
    owed = _the_owed(commitment, order)
    waive(
        obligation=owed,
        officer=order.by,
        reason_vi=order.reason_vi,
        reason_en=order.reason_en,
        today=order.today,
        now=now,
    )
    return _("The update that is due on {date} is waived.").format(
        date=limited_date(owed.period.due_on)
    )


def _nudge(commitment: Commitment, order: Order, now: datetime) -> str:
    sent = nudge(obligation=_the_owed(commitment, order), by=order.by, now=now)
    return _told(len(sent))


_DONE: dict[BulkDeed, Callable[[Commitment, Order, datetime], str]] = {
    BulkDeed.ASSIGN: _assign,
    BulkDeed.END: _end,
    BulkDeed.WAIVE: _waive,
    BulkDeed.NUDGE: _nudge,
}
