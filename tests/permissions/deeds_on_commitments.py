"""The deeds on commitments, their plans, duties and what stands beside them."""

from commitments.models import Charge, User
from commitments.rules import access
from commitments.rules.commitments import CommitmentSaid, SourceSaid
from commitments.services import assignments, changes, notes, nudges, obligations, plans
from tests.permissions.deeds import AT, NOW, REASON, TODAY, Deed
from tests.permissions.stage import fresh
from tests.services.changes.asking import ask
from tests.views.staff.planning import plan_typed

PAGE = {"title": "Test page", "publisher": "Test press", "url": "https://example.org/test-page"}


def on_commitment(name, thing, rule, path, serve, said=None):
    return Deed(
        "Commitments",
        name,
        lambda user, stage: rule(user, fresh(getattr(stage, thing))),
        lambda stage: (
            f"commitments/{getattr(stage, thing).slug}/{path}/",
            said(stage) if said else {},
        ),
        lambda user, stage: serve(user, stage),
    )


def _officer(user, commitment):
    return access.is_officer_of(user, commitment.programme)


def _create(user, stage):
    return plans.create_commitment(
        programme=stage.programme, officer=user, after=stage.plan.pk,
        said=CommitmentSaid(kind="corporate_pledge", title_en="Test begun"), **AT,
    )  # fmt: skip


def _save(user, stage):
    plan = fresh(stage.plan)
    said = CommitmentSaid(kind="corporate_pledge", title_en="Test again", slug=plan.slug)
    return plans.save_commitment(
        commitment=plan, officer=user, said=said, version=plan.version, **AT
    )


def _publish(user, stage):
    plan = fresh(stage.plan)
    return plans.publish_plan(commitment=plan, officer=user, version=plan.version, **AT)


def _discard(user, stage):
    plan = fresh(stage.plan)
    return plans.discard_commitment(commitment=plan, officer=user, version=plan.version)


def _assign(user, stage):
    return assignments.assign(
        commitment=fresh(stage.fresh), person=User.objects.get(pk=stage.member.pk),
        charge=Charge.REPORT, is_deputy=False, by=user, now=NOW,
    )  # fmt: skip


def _open(user, stage):
    return obligations.open_reporting(
        programme=fresh(stage.programme), commitments=[fresh(stage.fresh)], officer=user,
        starts_on=TODAY, **AT,
    )  # fmt: skip


def _on_change(name, rule, path, serve, **said):
    return Deed(
        "Changes of plan",
        name,
        lambda user, stage: rule(user, fresh(stage.change)),
        lambda stage: (f"changes/{stage.change.pk}/{path}/", said),
        serve,
    )


def _decide(user, stage):
    return changes.decide_change(
        change=fresh(stage.change), decider=user, decision="refused", note="Test", **AT
    )


CHANGE = {
    "about": "date_moved", "kind": "date_moved", "due": "2028", "reason_en": "Test reason",
    "stated_on": "1/6/2026", **PAGE,
}  # fmt: skip

DEEDS = [
    Deed(
        "Commitments",
        "Begin a commitment",
        lambda user, stage: access.may_create_commitment(user, stage.programme),
        lambda stage: (
            "programmes/test/commitments/add/",
            plan_typed(after=stage.plan.pk),
        ),
        _create,
    ),
    on_commitment("Edit a draft", "plan", access.may_edit_commitment, "edit", _save,
                  lambda stage: plan_typed(version=fresh(stage.plan).version, slug="test-plan")),
    on_commitment("Publish a draft", "plan", access.may_publish_commitment, "publish", _publish,
                  lambda stage: {"version": fresh(stage.plan).version}),
    on_commitment("Discard a draft", "plan", access.may_discard_commitment, "discard", _discard,
                  lambda stage: {"version": fresh(stage.plan).version}),
    on_commitment(
        "Say that it contributes to another", "fresh", access.may_link, "links/add",
        lambda user, stage: plans.link_commitments(
            commitment=fresh(stage.fresh), to=fresh(stage.commitment), officer=user, **AT
        ),
        lambda stage: {"to": stage.commitment.reference},
    ),
    on_commitment(
        "Mark a step as done", "fresh", _officer, "milestones/1/complete",
        lambda user, stage: plans.complete_milestone(
            milestone=fresh(stage.milestone), officer=user, done_on=TODAY,
            source=SourceSaid(**PAGE), **AT,
        ),
        lambda stage: {"done_on": "1/6/2026", **{f"source-{key}": PAGE[key] for key in PAGE}},
    ),
    Deed(
        "Changes of plan",
        "Ask for a change",
        lambda user, stage: access.may_request_change(user, fresh(stage.commitment)),
        lambda stage: ("commitments/test-commitment/changes/add/?about=date_moved", CHANGE),
        lambda user, stage: ask(user, fresh(stage.commitment), proposed={"due": "2028"}),
    ),
    _on_change("Decide on a request", access.may_decide_change, "decide", _decide,
               decision="refused", note="Test"),
    _on_change(
        "Take a request back", access.may_take_back_change, "take-back",
        lambda user, stage: changes.take_back_change(
            change=fresh(stage.change), person=user, now=NOW
        ),
    ),
    on_commitment(
        "Give the charge of reporting", "fresh", access.may_assign, "assignments/add", _assign,
        lambda stage: {"person": stage.member.pk, "charge": Charge.REPORT.value},
    ),
    Deed(
        "Commitments",
        "End a charge",
        lambda user, stage: access.may_assign(user, fresh(stage.fresh)),
        lambda stage: (f"assignments/{stage.charge.pk}/end/", {}),
        lambda user, stage: assignments.end_assignment(
            assignment=fresh(stage.charge), by=user, now=NOW
        ),
    ),
    Deed(
        "Commitments",
        "Open reporting",
        lambda user, stage: access.may_open_reporting(user, stage.programme),
        lambda stage: (
            "programmes/test/reporting/open/",
            {"commitments": [stage.fresh.pk], "deed": "open"},
        ),
        _open,
    ),
    Deed(
        "Commitments",
        "Waive an update that is owed",
        lambda user, stage: access.may_waive(user, fresh(stage.commitment)),
        lambda stage: (f"obligations/{stage.owed.pk}/waive/", REASON),
        lambda user, stage: obligations.waive(
            obligation=fresh(stage.owed), officer=user, reason_en="Test", **AT
        ),
    ),
    Deed(
        "Commitments",
        "Remind by hand",
        lambda user, stage: access.may_nudge(user, fresh(stage.commitment)),
        lambda stage: (f"obligations/{stage.owed.pk}/nudge/", {}),
        lambda user, stage: nudges.nudge(obligation=fresh(stage.owed), by=user, now=NOW),
    ),
    Deed(
        "Commitments",
        "Write an internal note",
        lambda user, stage: access.may_note(user, fresh(stage.fresh)),
        lambda stage: (
            f"notes/commitment/{stage.fresh.pk}/add/",
            {"text": "Test note", "readers": "own"},
        ),
        lambda user, stage: notes.write_note(
            about=fresh(stage.fresh), text="Test note", is_shared=False, author=user, now=NOW
        ),
    ),
]  # fmt: skip
