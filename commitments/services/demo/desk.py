"""What the invented staff did beside reporting: changes of plan, charges, people and bodies."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from commitments.models import (
    ChangeRequest,
    Charge,
    Commitment,
    Organisation,
    Programme,
    Role,
    Source,
    User,
)
from commitments.models.trace import Route, written_by
from commitments.rules.bodies import RenamingSaid
from commitments.rules.commitments import CommitmentSaid as Sheet
from commitments.rules.dates import LimitedDate
from commitments.services import assignments, bodies, mergers
from commitments.services.absences import enter_absence
from commitments.services.changes import decide_change, request_change
from commitments.services.demo.people import Cast
from commitments.services.demo.plan import (
    AbsenceSaid,
    BodySaid,
    ChangeSaid,
    ChargeSaid,
    CommitmentSaid,
    DraftSaid,
    HandOverSaid,
    InvitationSaid,
    NoteSaid,
    Plan,
)
from commitments.services.demo.timeline import Deed, Timeline
from commitments.services.hand_overs import hand_over
from commitments.services.invitations import invite
from commitments.services.notes import write_note
from commitments.services.plans import create_commitment

WORKDAYS = {"charge": 1, "body": 1, "ask": 2, "decide": 5, "note": 3, "people": 3, "draft": 4}
"""Working days from the opening of the period to each deed."""
MERGED_IN = -2
"""The period in which one body took up another."""


def desk_deeds(plan: Plan, programme: Programme, cast: Cast, timeline: Timeline) -> Iterator[Deed]:
    """Everything, each at its moment."""
    desk = Desk(plan, programme, cast, timeline)
    for body in plan.bodies:
        yield from desk.body(body)
    for said in plan.commitments:
        yield from desk.beside(said)
    for deed in (
        *(partial(desk.absence, said) for said in plan.absences),
        *(partial(desk.hand_over, said) for said in plan.hand_overs),
        *(partial(desk.invitation, said) for said in plan.invitations),
    ):
        yield desk.at(0, "people", deed)
    for draft in plan.drafts:
        yield desk.at(0, "draft", partial(desk.draft, draft))


class Desk:
    """The deeds, each by the person whose hand the history of the rows names."""

    def __init__(self, plan: Plan, programme: Programme, cast: Cast, timeline: Timeline) -> None:
        self.programme, self.cast, self.timeline = programme, cast, timeline
        self.source = Source.objects.get(slug=plan.source.slug)

    def at(self, period: int, name: str, do: Callable[[date, datetime], object]) -> Deed:
        return Deed(self.timeline.after_opening(period, WORKDAYS[name]), do)

    # Bodies

    def body(self, said: BodySaid) -> Iterator[Deed]:
        if said.formerly:
            yield self.at(said.formerly.period, "body", partial(self.rename, said))
        if said.merged_into:
            yield self.at(MERGED_IN, "body", partial(self.merge, said))
        if said.contacts:
            yield self.at(0, "body", partial(self.contacts, said))

    def rename(self, said: BodySaid, today: date, now: datetime) -> None:
        former, officer = said.formerly, self.cast.officer
        assert former is not None
        renaming = RenamingSaid(
            name_vi=said.name_vi,
            name_en=said.name_en,
            until=LimitedDate.of_day(today),
            reason_vi=former.reason_vi,
            reason_en=former.reason_en,
        )
        with _hand_of(officer):
            bodies.rename(
                organisation=_body(said.slug),
                said=renaming,
                source=self.source,
                by=officer,
                today=today,
                now=now,
            )

    def merge(self, said: BodySaid, today: date, now: datetime) -> None:
        with _hand_of(self.cast.officer):
            mergers.merge(
                body=_body(said.slug),
                into=_body(said.merged_into),
                on=LimitedDate.of_day(today),
                source=self.source,
                by=self.cast.officer,
                today=today,
                now=now,
            )

    def contacts(self, said: BodySaid, _today: date, _now: datetime) -> None:
        with _hand_of(self.cast.officer):
            for contact in said.contacts:
                bodies.save_contact(
                    organisation=_body(said.slug), said=contact, by=self.cast.officer
                )

    # Commitments

    def beside(self, said: CommitmentSaid) -> Iterator[Deed]:
        """Charges, notes and changes of one commitment."""
        for charge in said.charges:
            yield self.at(said.asked, "charge", partial(self.charge, said.slug, charge))
        for note in said.notes:
            yield self.at(0, "note", partial(self.note, said.slug, note))
        for change in said.changes:
            made: list[ChangeRequest] = []
            yield self.at(change.period, "ask", partial(self.ask, said.slug, change, made))
            if change.decision:
                yield self.at(change.period, "decide", partial(self.decide, change, made))

    def charge(self, slug: str, said: ChargeSaid, _today: date, now: datetime) -> None:
        with _hand_of(self.cast.officer):
            assignments.assign(
                commitment=_commitment(slug),
                person=self.cast.named(said.person),
                charge=Charge.REPORT,
                is_deputy=said.deputy,
                by=self.cast.officer,
                now=now,
            )

    def note(self, slug: str, said: NoteSaid, _today: date, now: datetime) -> None:
        author = self.cast.named(said.by)
        with _hand_of(author):
            write_note(
                about=_commitment(slug),
                text=said.text,
                is_shared=said.shared,
                author=author,
                now=now,
            )

    def ask(
        self, slug: str, said: ChangeSaid, made: list[ChangeRequest], today: date, now: datetime
    ) -> None:
        requester, proposed = self.cast.named(said.by), dict(said.proposed)
        if "due" in proposed:
            proposed["due"] = self.timeline.told(proposed["due"]).text
        with _hand_of(requester):
            change = request_change(
                commitment=_commitment(slug),
                requester=requester,
                kind=said.kind,
                proposed=proposed,
                reason_vi=said.reason_vi,
                reason_en=said.reason_en,
                stated_on=today,
                source=self.source,
                today=today,
                now=now,
            )
        made.append(change)

    def decide(
        self, said: ChangeSaid, made: list[ChangeRequest], today: date, now: datetime
    ) -> None:
        with _hand_of(self.cast.officer):
            decide_change(
                change=made[0],
                decider=self.cast.officer,
                decision=said.decision,
                note=said.note,
                today=today,
                now=now,
            )

    def draft(self, said: DraftSaid, today: date, now: datetime) -> None:
        officer = self.cast.officer
        with _hand_of(officer):
            create_commitment(
                programme=self.programme,
                officer=officer,
                said=Sheet(kind=said.kind, title_vi=said.title_vi, title_en=said.title_en),
                after=_newest_of(officer),
                today=today,
                now=now,
            )

    # People

    def absence(self, said: AbsenceSaid, _today: date, now: datetime) -> None:
        person = self.cast.named(said.person)
        with _hand_of(person):
            enter_absence(
                person=person,
                starts_on=self.timeline.told(said.first).earliest,
                ends_on=self.timeline.told(said.last).earliest,
                cover=self.cast.named(said.cover),
                by=person,
                now=now,
            )

    def hand_over(self, said: HandOverSaid, _today: date, now: datetime) -> None:
        giver = self.cast.named(said.giver)
        with _hand_of(giver):
            hand_over(
                organisation=_body(said.body),
                giver=giver,
                taker=self.cast.named(said.taker),
                giver_leaves=True,
                note=said.note,
                after=0,
                by=giver,
                now=now,
            )

    def invitation(self, said: InvitationSaid, _today: date, _now: datetime) -> None:
        """Made at the load, so that it stands as long as any."""
        by = self.cast.named(said.by)
        with _hand_of(by):
            invite(
                email=said.email,
                full_name=said.name,
                organisation=_body(said.body),
                role=Role(said.role),
                language=said.language,
                by=by,
                now=self.timeline.now,
            )


def _hand_of(person: User) -> Any:
    return written_by(Route.WEB, lambda: person)


def _body(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def _commitment(slug: str) -> Commitment:
    return Commitment.objects.get(slug=slug)


def _newest_of(officer: User) -> int:
    newest = Commitment.objects.filter(created_by=officer).order_by("-pk").first()
    return newest.pk if newest else 0
