"""Asking for a change of plan, and taking the request back before it is decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Stale, WrongState, refuse
from commitments.models import (
    ChangeKind,
    ChangeRequest,
    Commitment,
    Decision,
    LinkKind,
    Source,
    User,
)
from commitments.reports.present import mark_of
from commitments.rules import access
from commitments.rules.changes import ChangeAsked, Json, check_change, spelled
from commitments.services.changes.grounds import SourceSaid, check_source, keep_source
from commitments.services.changes.surroundings import (
    locked,
    refuse_closed,
    successors_named,
    surroundings,
)

ADDED = (ChangeKind.TARGET_ADDED, ChangeKind.MILESTONE_ADDED)
"""Kinds of which several may be open at once, each about a row that is not there yet."""


class AlreadyAsked(WrongState):
    """The same is asked for already: a double click, or somebody else's open request."""

    default_code = "already_asked"
    default_text = _("This change has been asked for already and waits for its decision.")

    def __init__(self, change: ChangeRequest) -> None:
        super().__init__()
        self.change = change


class StoodOtherwise(Stale):
    """What is to be replaced was changed since the form was prepared; `stands` is how it is now."""

    default_code = "stood_otherwise"
    default_text = _(
        "What you want to change was changed meanwhile. Compare it as it is now and send again."
    )

    def __init__(self, stands: Json) -> None:
        super().__init__()
        self.stands = stands


@transaction.atomic
def request_change(
    *,
    commitment: Commitment,
    requester: User,
    kind: str,
    subject: str = "",
    proposed: Mapping[str, Any],
    reason_vi: str = "",
    reason_en: str = "",
    stated_on: date | None,
    source: Source | SourceSaid | None,
    today: date,
    now: datetime,
    seen: str = "",
) -> ChangeRequest:
    """Ask that the plan of a published commitment be changed; nothing is public before somebody
    else decides. Locks the commitment.

    `seen` is the mark of what stood when the form was prepared, where the caller knows it. Raises
    Forbidden, WrongState when it is closed, AlreadyAsked when the same is open, StoodOtherwise
    when something else stands by now, Refusals at the fields to blame.
    """
    new = spelled(kind, proposed)
    mine = locked(commitment, successors_named(kind, new))
    _refuse_stranger(requester, mine)
    asked = ChangeAsked(
        kind=kind,
        subject=_subject(mine, kind, subject, new),
        proposed=new,
        reason_vi=reason_vi.strip(),
        reason_en=reason_en.strip(),
        stated_on=stated_on,
        has_source=source is not None,
    )
    _refuse_twice(mine, kind, asked.subject)
    replaced = _judged(mine, asked, source, requester, seen, today)
    assert source is not None  # else it was refused
    who = {"requester": requester, "requested_at": now, "stated_on": stated_on}
    return _kept(mine, asked, replaced, source=keep_source(mine, source, requester), **who)


def _judged(
    commitment: Commitment,
    asked: ChangeAsked,
    source: Source | SourceSaid | None,
    requester: User,
    seen: str,
    today: date,
) -> Json:
    """What stands and would be replaced; refuses what may not be asked for."""
    around = surroundings(commitment, asked.kind, asked.subject, asked.proposed)
    if seen and around.stands is not None and seen != mark_of(around.stands):
        raise StoodOtherwise(around.stands)
    refuse([*check_change(asked, around, today), *check_source(commitment, source, requester)])
    return around.stands or {}


def _kept(
    commitment: Commitment, asked: ChangeAsked, replaced: Json, **columns: Any
) -> ChangeRequest:
    return ChangeRequest.objects.create(
        commitment=commitment,
        kind=asked.kind,
        subject=asked.subject,
        proposed=asked.proposed,
        replaced=replaced,
        reason_vi=asked.reason_vi,
        reason_en=asked.reason_en,
        **columns,
    )


def _refuse_stranger(requester: User, commitment: Commitment) -> None:
    """Whoever may ask while it is open is told that it is closed; anybody else, that it is not
    theirs."""
    if access.may_request_change(requester, commitment):
        return
    if access.works_on(requester, commitment):
        refuse_closed(commitment)
    raise Forbidden


def _subject(commitment: Commitment, kind: str, subject: str, proposed: Json) -> str:
    """What an added row will be called: the next number that nobody has asked for.

    Refuses a row that is asked for already, word for word: a form that was sent twice.
    """
    if kind not in ADDED:
        return subject
    open_ones = list(commitment.change_requests.filter(kind=kind, decision=""))
    if twin := next((one for one in open_ones if one.proposed == proposed), None):
        raise AlreadyAsked(twin)
    noun = "target" if kind == ChangeKind.TARGET_ADDED else "milestone"
    rows = commitment.targets if kind == ChangeKind.TARGET_ADDED else commitment.milestones
    taken = {f"{noun}/{number}" for number in rows.values_list("number", flat=True)}
    taken |= {one.subject for one in open_ones}
    return next(name for n in range(1, 10_000) if (name := f"{noun}/{n}") not in taken)


def _refuse_twice(commitment: Commitment, kind: str, subject: str) -> None:
    alike = commitment.change_requests.filter(kind=kind, subject=subject, decision="").first()
    if alike is not None:
        raise AlreadyAsked(alike)


@transaction.atomic
def request_merge(
    *,
    commitments: Sequence[Commitment],
    into: Commitment,
    requester: User,
    reason_vi: str = "",
    reason_en: str = "",
    stated_on: date | None,
    source: Source | SourceSaid | None,
    today: date,
    now: datetime,
) -> list[ChangeRequest]:
    """Ask that several commitments be merged into one: a request for each, all or none.

    Each is decided by itself. A refusal names the commitment that it is about.
    """
    if len({one.pk for one in commitments}) < 2:
        raise Invalid("too_few_merged", _TOO_FEW, "commitments")
    made: list[ChangeRequest] = []
    for commitment in sorted(commitments, key=lambda one: one.pk):
        try:
            made.append(
                request_change(
                    commitment=commitment,
                    requester=requester,
                    kind=ChangeKind.SUPERSEDED,
                    proposed={"by": [into.slug], "link": LinkKind.MERGES.value},
                    reason_vi=reason_vi,
                    reason_en=reason_en,
                    stated_on=stated_on,
                    source=made[0].source if made else source,
                    today=today,
                    now=now,
                )
            )
        except WrongState as refused:
            text = format_lazy("{reference}: {text}", reference=str(commitment), text=refused.text)
            raise WrongState(refused.code, text) from refused
    return made


_TOO_FEW = _("A merger is of at least two commitments. Please choose them all.")


@transaction.atomic
def take_back_change(*, change: ChangeRequest, person: User, now: datetime) -> ChangeRequest:
    """Take one's own request back before it is decided; it was never public and stays so."""
    mine = ChangeRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=change.pk)
    if mine.requester_id != person.pk:
        raise Forbidden
    refuse_decided(mine)
    mine.decision, mine.decided_at = Decision.TAKEN_BACK, now
    mine.save(update_fields=["decision", "decided_at"])
    return mine


def refuse_decided(change: ChangeRequest) -> None:
    if change.decision:
        decision = change.get_decision_display()
        raise WrongState("already_decided", format_lazy(_DECIDED, decision=decision))


_DECIDED = _("This request is no longer open: {decision}.")
