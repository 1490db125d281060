"""Plays what the invented bodies did up to now, deed by deed, by the real services."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from commitments.models import (
    Commitment,
    Obligation,
    Programme,
    ReportingPeriod,
    Role,
    StatusUpdate,
)
from commitments.rules.moments import at_minute, day_of
from commitments.services import evidence, obligations, people, record
from commitments.services.demo.desk import desk_deeds
from commitments.services.demo.people import Cast
from commitments.services.demo.plan import CommitmentSaid, Plan, UpdateSaid
from commitments.services.demo.timeline import MORNING, Deed, Timeline
from commitments.services.drafts import SAID, save_draft, start_draft
from commitments.services.record import SYSTEM
from commitments.services.updates import (
    approve_update,
    publish_update,
    retract_update,
    return_update,
    schedule_release,
    submit_update,
)

WAYS: Mapping[str, tuple[str, ...]] = {
    "draft": ("write",),
    "submitted": ("write", "submit"),
    "approved": ("write", "submit", "approve"),
    "scheduled": ("write", "submit", "approve", "schedule"),
    "returned": ("write", "submit", "send_back"),
    "published": ("write", "submit", "approve", "publish"),
    "retracted": ("write", "submit", "approve", "publish", "retract"),
    "accepted": ("write", "submit", "approve", "publish", "accept"),
    "completed": ("write", "submit", "approve", "publish", "accept", "confirm"),
}
"""How far an update comes, and the deeds that bring it there."""

WORKDAYS = {
    "write": 2,
    "submit": 2,
    "approve": 3,
    "send_back": 3,
    "publish": 4,
    "schedule": 4,
    "accept": 5,
    "retract": 6,
    "confirm": 6,
}
"""Working days from the opening of the period to each deed."""


def play(plan: Plan, programme: Programme, cast: Cast, timeline: Timeline) -> None:
    """Do everything in the order of its days."""
    told = {said.slug: said for said in plan.commitments}
    led = [row for row in programme.commitments.order_by("pk") if row.lead]
    asked: dict[int, list[Commitment]] = {}
    for row in led:
        asked.setdefault(told[row.slug].asked, []).append(row)
    deeds = [
        deed
        for source in (
            _opening(asked, programme, cast, timeline),
            _calendar(min(asked), programme, timeline),
            *(_reports(row, told[row.slug], cast, timeline) for row in led),
            *(_waiver(row, told[row.slug], cast, timeline) for row in led),
            desk_deeds(plan, programme, cast, timeline),
        )
        for deed in source
    ]
    for deed in sorted(deeds, key=lambda deed: deed.at):
        deed.do(day_of(deed.at), deed.at)


def _opening(
    asked: Mapping[int, list[Commitment]], programme: Programme, cast: Cast, timeline: Timeline
) -> Iterator[Deed]:
    """An officer opens reporting for those that are asked from a period, when it opens."""
    yield Deed(
        timeline.after_opening(min(asked), 0),
        partial(_lay_out_open_period, programme=programme, timeline=timeline),
    )
    for number, group in sorted(asked.items()):
        starts_on = timeline.period(number).starts_on
        yield Deed(
            timeline.after_opening(number, 0),
            partial(_open, programme=programme, group=group, cast=cast, starts_on=starts_on),
        )


def _lay_out_open_period(
    today: date, now: datetime, *, programme: Programme, timeline: Timeline
) -> None:
    """The one period whose due day the demonstration may have to choose itself."""
    period = timeline.period(0)
    if timeline.open_due_on == period.due_on:
        return
    row = ReportingPeriod.objects.create(
        programme=programme,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        opens_on=period.opens_on,
        due_on=timeline.open_due_on,
        locks_on=period.locks_on,
    )
    record.publish(row, action="laid_out", by=SYSTEM, effective_on=today, now=now)


def _open(
    today: date,
    now: datetime,
    *,
    programme: Programme,
    group: list[Commitment],
    cast: Cast,
    starts_on: date,
) -> None:
    obligations.open_reporting(
        programme=programme,
        commitments=group,
        officer=cast.officer,
        starts_on=starts_on,
        today=today,
        now=now,
    )
    for commitment in group:
        reporter = cast.of(_lead_of(commitment), Role.REPORTER)
        people.assign_reporter(commitment=commitment, person=reporter, by=cast.officer, now=now)


def _calendar(first: int, programme: Programme, timeline: Timeline) -> Iterator[Deed]:
    """Each month what is owed for it comes to be, as the beat would have done."""

    def keep(today: date, now: datetime) -> None:
        programme.refresh_from_db()
        obligations.keep_programme(programme, today=today, now=now)

    for number in range(first, 1):
        yield Deed(timeline.moment(timeline.period(number).starts_on), keep)
    yield Deed(timeline.moment(timeline.today), keep)


def _reports(
    commitment: Commitment, said: CommitmentSaid, cast: Cast, timeline: Timeline
) -> Iterator[Deed]:
    published: list[StatusUpdate] = []
    for update in said.updates:
        yield from Report(commitment, update, cast, timeline, published).deeds()


def _waiver(
    commitment: Commitment, said: CommitmentSaid, cast: Cast, timeline: Timeline
) -> Iterator[Deed]:
    waived = said.waived
    if waived is None:
        return

    def waive(today: date, now: datetime) -> None:
        owed = Obligation.objects.get(
            commitment=commitment, period__starts_on=timeline.period(0).starts_on
        )
        obligations.waive(
            obligation=owed,
            officer=cast.officer,
            reason_vi=waived.reason_vi,
            reason_en=waived.reason_en,
            today=today,
            now=now,
        )

    yield Deed(timeline.after_opening(0, 1), waive)


def _lead_of(commitment: Commitment) -> str:
    lead = commitment.lead
    if lead is None:
        raise ValueError(f"{commitment.slug} names no lead, so nobody reports on it.")
    return lead.organisation.slug


class Report:
    """One update on its way. `published` gathers those of its commitment, in their order."""

    def __init__(
        self,
        commitment: Commitment,
        said: UpdateSaid,
        cast: Cast,
        timeline: Timeline,
        published: list[StatusUpdate],
    ) -> None:
        self.commitment, self.said, self.cast = commitment, said, cast
        self.timeline, self.published = timeline, published
        self.body = _lead_of(commitment)
        self.update: StatusUpdate

    def deeds(self) -> Iterator[Deed]:
        lead = self.commitment.lead
        for name in WAYS[self.said.to]:
            if name == "approve" and lead and lead.organisation.skips_approver:
                continue
            workdays = WORKDAYS[name] + self.said.later
            at = self.timeline.after_opening(self.said.period, workdays)
            yield Deed(at, getattr(self, name))

    def write(self, today: date, now: datetime) -> None:
        said, reporter = self.said, self.cast.of(self.body, Role.REPORTER)
        corrects = self.published[said.corrects - 1] if said.corrects else None
        draft = start_draft(
            commitment=self.commitment, author=reporter, today=today, now=now, corrects=corrects
        )
        columns = {name: getattr(said, name) for name in SAID if name != "as_of_on"}
        numbers = dict(self.commitment.targets.values_list("number", "pk"))
        self.update = save_draft(
            update=draft,
            author=reporter,
            said=columns | {"as_of_on": self.timeline.period(said.period).ends_on},
            evidence=said.evidence,
            measured={numbers[number]: value for number, value in said.measured.items()},
            version=draft.version,
            now=now,
        )

    def submit(self, today: date, now: datetime) -> None:
        author = self.cast.of(self.body, Role.REPORTER)
        self.update = submit_update(update=self.update, author=author, today=today, now=now)

    def approve(self, today: date, now: datetime) -> None:
        approver = self.cast.of(self.body, Role.APPROVER)
        self.update = approve_update(update=self.update, approver=approver, now=now)

    def send_back(self, today: date, now: datetime) -> None:
        self.update = return_update(
            update=self.update,
            reviewer=self.cast.of(self.body, Role.APPROVER),
            comment=self.said.comment,
            field_comments=self.said.comments,
            now=now,
        )

    def publish(self, today: date, now: datetime) -> None:
        self.update = publish_update(
            update=self.update, publisher=self.cast.officer, today=today, now=now
        )
        self.published.append(self.update)

    def schedule(self, today: date, now: datetime) -> None:
        """For the morning after the load, so that it waits there first."""
        at = at_minute(self.timeline.today + timedelta(days=1), MORNING)
        schedule_release(update=self.update, officer=self.cast.officer, at=at, today=today, now=now)

    def retract(self, today: date, now: datetime) -> None:
        retract_update(
            update=self.update,
            officer=self.cast.officer,
            reason_vi=self.said.reason_vi,
            reason_en=self.said.reason_en,
            today=today,
            now=now,
        )

    def accept(self, today: date, now: datetime) -> None:
        first = self.update.evidence.order_by("pk")[0]
        evidence.accept_evidence(
            evidence=first, officer=self.cast.second_officer, today=today, now=now
        )

    def confirm(self, today: date, now: datetime) -> None:
        evidence.confirm_completion(
            update=self.update, officer=self.cast.second_officer, today=today, now=now
        )
