"""The deeds on status updates, from the first draft to the last word."""

from commitments.rules import access
from commitments.services import drafts, evidence, updates
from commitments.services.updates import release, taking_over
from tests import deeds as way
from tests.permissions.deeds import AT, NOW, REASON, TODAY, Deed, on_update, whole_update
from tests.permissions.stage import fresh, timedelta


def _save(user, update):
    return drafts.save_draft(
        update=update, author=user, said={"summary_en": "Test again"}, evidence=[], measured={},
        version=update.version, now=NOW,
    )  # fmt: skip


def _start(user, commitment, corrects=None):
    return drafts.start_draft(commitment=commitment, author=user, corrects=corrects, **AT)


DEEDS = [
    Deed(
        "Updates",
        "Begin an update",
        lambda user, stage: access.may_report(user, fresh(stage.fresh)),
        lambda stage: ("commitments/test-fresh/updates/add/", whole_update()),
        lambda user, stage: _start(user, fresh(stage.fresh)),
    ),
    Deed(
        "Updates",
        "Write on a draft",
        lambda user, stage: access.may_edit(user, fresh(stage.draft)),
        lambda stage: (
            f"updates/{stage.draft.pk}/edit/",
            whole_update(version=fresh(stage.draft).version),
        ),
        lambda user, stage: _save(user, fresh(stage.draft)),
    ),
    on_update(
        "Hand a draft in", "draft", access.may_edit, "submit",
        lambda user, update: updates.submit_update(update=update, author=user, **AT),
    ),
    on_update(
        "Discard a draft", "draft", access.may_discard, "discard",
        lambda user, update: drafts.discard_draft(update=update, author=user),
    ),
    on_update(
        "Take over a draft whose author left", "orphan", access.may_take_over, "take-over",
        lambda user, update: taking_over.take_over(update=update, by=user, now=NOW),
    ),
    on_update(
        "Approve in the house", "handed_in", access.may_approve, "approve",
        lambda user, update: updates.approve_update(update=update, approver=user, now=NOW),
    ),
    on_update(
        "Return before approval", "handed_in", access.may_return, "return",
        lambda user, update: updates.return_update(
            update=update, reviewer=user, comment="Test", now=NOW
        ),
        comment="Test",
    ),
    on_update(
        "Publish", "signed", access.may_publish, "publish",
        lambda user, update: updates.publish_update(update=update, publisher=user, **AT),
    ),
    on_update(
        "Return after approval", "signed", access.may_return, "return",
        lambda user, update: updates.return_update(
            update=update, reviewer=user, comment="Test", now=NOW
        ),
        comment="Test",
    ),
    on_update(
        "Set a time of publication", "signed", access.may_schedule, "schedule",
        lambda user, update: release.schedule_release(
            update=update, officer=user, at=NOW + timedelta(days=2), **AT
        ),
        release_on="3/6/2026", release_time="9:00",
    ),
    on_update(
        "Take off the schedule", "timed", access.may_unschedule, "unschedule",
        lambda user, update: release.unschedule_release(update=update, officer=user, now=NOW),
    ),
    on_update(
        "Retract", "public", access.may_retract, "retract",
        lambda user, update: updates.retract_update(
            update=update, officer=user, reason_en="Test reason", **AT
        ),
        **REASON,
    ),
    Deed(
        "Updates",
        "Accept evidence as independent",
        lambda user, stage: access.may_accept_evidence(user, fresh(stage.public)),
        lambda stage: (f"evidence/{stage.evidence.pk}/accept/", {}),
        lambda user, stage: evidence.accept_evidence(
            evidence=fresh(stage.evidence), officer=user, **AT
        ),
    ),
    on_update(
        "Confirm completion", "accepted", access.may_confirm, "confirm",
        lambda user, update: evidence.confirm_completion(update=update, officer=user, **AT),
    ),
    Deed(
        "Updates",
        "Begin a correction of what was published",
        lambda user, stage: access.may_correct(user, fresh(stage.public)),
        lambda stage: (
            f"commitments/test-public/updates/add/?corrects={stage.public.number}",
            whole_update(after=stage.public.pk, correction_reason_en="Test reason"),
        ),
        lambda user, stage: _start(user, fresh(stage.public.commitment), fresh(stage.public)),
    ),
]  # fmt: skip
assert way.SAID["as_of_on"] == TODAY
