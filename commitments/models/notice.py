"""Reminders: a notice is one reminder to one person about one thing; a digest carries them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language, together, value_is_one_of


class Rule(models.TextChoices):
    """Rules of design §6, and N1 for reminders by hand."""

    R1 = "R1", _("reporting period opened")
    R2 = "R2", _("update due")
    R3 = "R3", _("update late")
    R4 = "R4", _("milestone or commitment due")
    R5 = "R5", _("waiting for review")
    R6 = "R6", _("returned")
    R7 = "R7", _("change request open")
    R8 = "R8", _("evidence broken or altered")
    R9 = "R9", _("nobody assigned, or mail bounced")
    N1 = "N1", _("reminded by hand")


class NoticeState(models.TextChoices):
    PLANNED = "planned", _("planned")
    SENT = "sent", _("sent")
    SUPERSEDED = "superseded", _("superseded by a later step")
    CANCELLED = "cancelled", _("cancelled")


class Cancelled(models.TextChoices):
    """Why a notice will not go out."""

    DONE = "done", _("done")
    WAIVED = "waived", _("waived")
    REASSIGNED = "reassigned", _("reassigned")
    MOVED = "moved", _("the date was moved")
    CLOSED = "closed", _("the commitment is closed")
    LEFT = "left", _("the person left")
    CHANGED = "changed", _("the steps of the rule were changed")
    MUTED = "muted", _("the person asked not to be told of this")


class DigestState(models.TextChoices):
    PLANNED = "planned", _("planned")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, will be tried again")
    DEAD = "dead", _("given up")
    CANCELLED = "cancelled", _("cancelled")


class DigestKind(models.TextChoices):
    """What sort of mail it is: the one of the day, or one that went out by itself."""

    DAILY = "daily", _("mail of the day")
    SINGLE = "single", _("single mail")


class Digest(models.Model):
    """A mail that carries notices: a person's one of the day, or a single one (design §6.5)."""

    recipient = models.ForeignKey("User", models.PROTECT, related_name="digests")
    kind = models.CharField(_("kind"), max_length=6, choices=DigestKind, default=DigestKind.DAILY)
    day_on = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    state = models.CharField(
        _("state"), max_length=10, choices=DigestState, default=DigestState.PLANNED
    )
    due_at = models.DateTimeField(_("to go out at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    again_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    again_at = models.DateTimeField(_("tried again by hand at"), null=True, blank=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-day_on", "pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="digest_by_next_try")]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "day_on"],
                condition=Q(kind=DigestKind.DAILY),
                name="digest_is_one_per_person_and_day",
            ),
            models.CheckConstraint(
                name="digest_sent_at_iff_sent",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="digest_leased_iff_sending",
                condition=Q(state="sending", leased_until__isnull=False)
                | (~Q(state="sending") & Q(leased_until__isnull=True)),
            ),
            together("digest_tried_again_by_somebody_at_a_time", "again_by", "again_at"),
            value_is_one_of("digest_state_is_known", "state", DigestState),
            value_is_one_of("digest_kind_is_known", "kind", DigestKind),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} · {self.day_on}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The questions asked of notices."""

    def planned(self) -> Self:
        return self.filter(state=NoticeState.PLANNED)

    def due(self, now: datetime) -> Self:
        return self.planned().filter(due_at__lte=now)


class Notice(models.Model):
    """One reminder to one person about one thing.

    `subject_kind` and `subject_id` name the thing (`obligation` and its id); `cycle` the round of
    reminders, such as the due day: moving the deadline starts a new one. `step` is the rule's
    step, an offset in working days (`+0`, `-5`) or days (`-30d`); of what a person did
    (`asked_by`) it is the day, `20260601`. One that goes `by_itself` does not wait for the mail of
    the day. `commitment` is empty where it is about a person's address.
    """

    rule = models.CharField(_("rule"), max_length=2, choices=Rule)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    cycle = models.CharField(_("cycle"), max_length=20)
    step = models.CharField(_("step"), max_length=8)
    recipient = models.ForeignKey("User", models.PROTECT, related_name="notices")
    commitment = models.ForeignKey(
        "Commitment", models.PROTECT, related_name="notices", null=True, blank=True
    )
    by_itself = models.BooleanField(_("goes out by itself"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=NoticeState, default=NoticeState.PLANNED
    )
    cancelled_because = models.CharField(max_length=12, choices=Cancelled, blank=True)
    due_at = models.DateTimeField(_("due at"))
    planned_at = models.DateTimeField(_("planned at"))
    digest = models.ForeignKey(
        Digest, models.PROTECT, related_name="notices", null=True, blank=True
    )
    asked_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-due_at", "pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="notice_by_due"),
            models.Index(fields=["subject_kind", "subject_id"], name="notice_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_kind", "subject_id", "cycle", "step", "recipient"],
                name="notice_key_is_one",
            ),
            models.CheckConstraint(
                name="notice_cancelled_iff_reason",
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
            ),
            models.CheckConstraint(
                name="notice_sent_in_a_digest",
                condition=~Q(state="sent") | Q(digest__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_asked_by_somebody_iff_by_hand",
                condition=Q(rule=Rule.N1, asked_by__isnull=False)
                | (~Q(rule=Rule.N1) & Q(asked_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="notice_is_of_a_commitment_or_an_address",
                condition=Q(subject_kind="address", commitment__isnull=True)
                | (~Q(subject_kind="address") & Q(commitment__isnull=False)),
            ),
            value_is_one_of("notice_rule_is_known", "rule", Rule),
            value_is_one_of("notice_state_is_known", "state", NoticeState),
            value_is_one_of("notice_reason_is_known", "cancelled_because", Cancelled, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.step} · {self.recipient}"
