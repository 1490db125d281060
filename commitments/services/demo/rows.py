"""Puts the invented programme, its bodies and its commitments into the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commitments.models import (
    Acceptance,
    Basis,
    Commitment,
    Milestone,
    Organisation,
    Participation,
    Priority,
    Programme,
    Source,
    SourceKind,
    Speaker,
    Target,
    Wording,
)
from commitments.services import record
from commitments.services.commitments import publish_commitment
from commitments.services.demo.plan import BodySaid, CommitmentSaid, Plan, PrioritySaid
from commitments.services.demo.timeline import Timeline
from commitments.services.record import EDITORS
from commitments.text.folding import search_text


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the commitments stand on: the programme, its bodies, and the one source of it all."""

    programme: Programme
    bodies: Mapping[str, Organisation]
    source: Source
    timeline: Timeline


def make_ground(plan: Plan, timeline: Timeline) -> Ground:
    """The source, the bodies, and the programme with its priorities."""
    founded = timeline.moment(timeline.founded_on)
    source = _source(plan, founded)
    bodies = {said.slug: _body(said, founded) for said in plan.bodies}
    programme = Programme.objects.create(
        slug=plan.programme.slug,
        code=plan.programme.code,
        year=timeline.today.year,
        name_vi=plan.programme.name_vi,
        name_en=plan.programme.name_en,
        forum_on=timeline.founded_on,
        delivery_unit=bodies[plan.programme.delivery_unit],
        is_demo=True,
        published_at=founded,
    )
    priorities = [
        _priority(said, number, programme) for number, said in enumerate(plan.priorities, start=1)
    ]
    for priority in priorities:
        priority.sources.set([source])
    _publish([source, *bodies.values(), programme, *priorities], timeline)
    return Ground(programme=programme, bodies=bodies, source=source, timeline=timeline)


def _source(plan: Plan, founded: datetime) -> Source:
    return Source.objects.create(
        slug=plan.source.slug,
        title=plan.source.title,
        publisher=plan.source.publisher,
        url=plan.source.url,
        language=plan.source.language,
        kind=SourceKind.OTHER,
        is_demo=True,
        published_at=founded,
    )


def _body(said: BodySaid, founded: datetime) -> Organisation:
    """A body under the name with which it began."""
    called = said.formerly or said
    return Organisation.objects.create(
        slug=said.slug,
        name_vi=called.name_vi,
        name_en=called.name_en,
        kind=said.kind,
        skips_approver=said.skips_approver,
        is_demo=True,
        published_at=founded,
        search_text=search_text(called.name_vi, called.name_en),
    )


def make_body(said: BodySaid, timeline: Timeline) -> Organisation:
    """One body more, published on the day of the invented forum."""
    body = _body(said, timeline.moment(timeline.founded_on))
    _publish([body], timeline)
    return body


def _priority(said: PrioritySaid, number: int, programme: Programme) -> Priority:
    return Priority.objects.create(
        programme=programme,
        number=number,
        slug=said.slug,
        title_vi=said.title_vi,
        title_en=said.title_en,
        summary_vi=said.summary_vi,
        summary_en=said.summary_en,
        speaker=Speaker.GOVERNMENT,
    )


def make_commitment(said: CommitmentSaid, ground: Ground) -> Commitment:
    """A commitment with all that hangs on it, published on the day of the invented forum."""
    programme, timeline = ground.programme, ground.timeline
    due = _dated("due", said.due, timeline)
    commitment = Commitment.objects.create(
        programme=programme,
        priority=programme.priorities.get(slug=said.priority) if said.priority else None,
        kind=said.kind,
        slug=said.slug,
        title_vi=said.title_vi,
        title_en=said.title_en,
        speaker=Speaker.GOVERNMENT if said.priority else Speaker.BODY,
        **due,
        **{f"original_{column}": value for column, value in due.items()},
    )
    commitment.sources.set([ground.source])
    _word(said, commitment, ground)
    _promise(said, commitment, timeline)
    return publish_commitment(
        commitment=commitment,
        by=EDITORS,
        effective_on=timeline.founded_on,
        now=timeline.moment(timeline.founded_on),
    )


def _word(said: CommitmentSaid, commitment: Commitment, ground: Ground) -> None:
    """The original wording, and who takes part."""
    wording = Wording.objects.create(
        commitment=commitment,
        number=1,
        basis=Basis(said.basis),
        text_vi=said.text_vi,
        text_en=said.text_en,
        stated_on=ground.timeline.founded_on,
    )
    wording.sources.set([ground.source])
    for part in said.parts:
        row = Participation.objects.create(
            commitment=commitment,
            organisation=ground.bodies[part.body],
            role=part.role,
            stage=part.stage,
            confidence=part.confidence,
        )
        row.sources.set([ground.source])


def _promise(said: CommitmentSaid, commitment: Commitment, timeline: Timeline) -> None:
    """Targets and milestones."""
    for number, target in enumerate(said.targets, start=1):
        Target.objects.create(
            commitment=commitment,
            number=number,
            text_vi=target.text_vi,
            text_en=target.text_en,
            metric=target.metric,
            unit=target.unit,
            comparator=target.comparator,
            value=target.value,
            value_max=target.value_max,
            baseline=target.baseline,
            baseline_on=timeline.founded_on if target.baseline is not None else None,
            direction=target.direction,
            cumulation=target.cumulation,
            **_dated("due", target.due, timeline),
        )
    for number, milestone in enumerate(said.milestones, start=1):
        due = _dated("due", milestone.due, timeline)
        Milestone.objects.create(
            commitment=commitment,
            number=number,
            title_vi=milestone.title_vi,
            title_en=milestone.title_en,
            done_on=due["due_latest"] if milestone.done else None,
            **due,
            **{f"original_{column}": value for column, value in due.items()},
        )


def make_acceptances(plan: Plan, ground: Ground) -> None:
    """Who took on missions, and how sure we are."""
    rows = []
    for said in plan.acceptances:
        row = Acceptance.objects.create(
            programme=ground.programme,
            organisation=ground.bodies[said.body],
            confidence=said.confidence,
            reason_vi=said.reason_vi,
            reason_en=said.reason_en,
        )
        row.commitments.set(ground.programme.commitments.filter(slug__in=said.commitments))
        row.sources.set([ground.source])
        rows.append(row)
    _publish(rows, ground.timeline)


def _publish(rows: Iterable[Any], timeline: Timeline) -> None:
    record.publish_many(
        rows,
        action="published",
        by=EDITORS,
        effective_on=timeline.founded_on,
        now=timeline.moment(timeline.founded_on),
    )


def _dated(column: str, told: str, timeline: Timeline) -> dict[str, Any]:
    """The three columns of a date that is told from today; none where nothing is told."""
    if not told:
        return {}
    found = timeline.told(told)
    return {
        column: found.text,
        f"{column}_earliest": found.earliest,
        f"{column}_latest": found.latest,
    }
