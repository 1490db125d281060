"""Deeds by the real services that change where a commitment stands, each drawn by a number."""

from datetime import timedelta

from django.db import transaction

from commitments.models import Evidence, Obligation, StatusUpdate
from commitments.services import drafts, evidence, obligations, updates
from tests import deeds


class TakenBackError(Exception):
    """Ends a transaction after the deed."""


def _chosen(rows, drawn):
    return rows[drawn % len(rows)] if rows else None


def _pick(drawn, **where):
    return _chosen(list(StatusUpdate.objects.filter(**where).order_by("pk")), drawn)


def hand_in(scene, day, now, drawn):
    said = deeds.SAID | {
        "as_of_on": day - timedelta(days=drawn % 40),
        "stage": ("not_started", "in_progress", "paused")[drawn % 3],
        "forecast": ("not_given", "at_risk")[drawn % 2],
        "problem_en": "Test problem" if drawn % 2 else "",
    }
    begun = drafts.start_draft(
        commitment=_chosen(scene.commitments, drawn), author=scene.alice, today=day, now=now
    )
    proof = [deeds.PAGE] if drawn % 4 == 0 else []
    written = drafts.save_draft(
        update=begun,
        author=scene.alice,
        said=said,
        evidence=proof,
        measured={},
        version=begun.version,
        now=now,
    )
    updates.submit_update(update=written, author=scene.alice, today=day, now=now)


def hand_in_but_take_back(scene, day, now, drawn):
    try:
        with transaction.atomic():
            hand_in(scene, day, now, drawn)
            raise TakenBackError
    except TakenBackError:
        pass


def sign(scene, day, now, drawn):
    if update := _pick(drawn, state="submitted"):
        updates.approve_update(update=update, approver=scene.dan, now=now)


def send_back(scene, day, now, drawn):
    if update := _pick(drawn, state="submitted"):
        updates.return_update(update=update, reviewer=scene.dan, comment="Test", now=now)


def publish(scene, day, now, drawn):
    if update := _pick(drawn, state="approved"):
        updates.publish_update(update=update, publisher=scene.erin, today=day, now=now)


def retract(scene, day, now, drawn):
    if update := _pick(drawn, state="published", retraction=None):
        said = {"reason_en": "Test reason", "today": day, "now": now}
        updates.retract_update(update=update, officer=scene.erin, **said)


def accept(scene, day, now, drawn):
    rows = Evidence.objects.filter(update__state="published", update__retraction=None)
    if found := _chosen(list(rows.order_by("pk")), drawn):
        evidence.accept_evidence(evidence=found, officer=scene.erin, today=day, now=now)


def waive(scene, day, now, drawn):
    rows = Obligation.objects.filter(met_at=None, waived_at=None).order_by("pk")
    if owed := _chosen(list(rows), drawn):
        said = {"reason_en": "Test reason", "today": day, "now": now}
        obligations.waive(obligation=owed, officer=scene.erin, **said)


def ask_to_report(scene, day, now, drawn):
    obligations.open_reporting(
        programme=scene.programme,
        commitments=[_chosen(scene.commitments, drawn)],
        officer=scene.erin,
        starts_on=day.replace(day=1),
        today=day,
        now=now,
    )


def lay_out(scene, day, now, drawn):
    obligations.keep_periods(today=day, now=now)


DEEDS = (
    hand_in, hand_in_but_take_back, sign, send_back, publish, retract, accept, waive,
    ask_to_report, lay_out,
)  # fmt: skip
