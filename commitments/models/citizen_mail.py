"""Mails to citizens: an outbox of their own, found by the beat (design §6.4)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of
from commitments.models.notice import DigestState


class CitizenMailKind(models.TextChoices):
    CONFIRM = "confirm", _("link that confirms a subscription")
    WEEKLY = "weekly", _("changes of the week")
    CONFIRM_REPORT = "report", _("link that confirms the address of a report")
    ANSWER = "answer", _("answer to a report of an error")
    CONFIRM_WEBHOOK = "hook", _("link that confirms a webhook")
    WEBHOOK_STOPPED = "stopped", _("word that a webhook was stopped")


WEEKLY, CONFIRM = CitizenMailKind.WEEKLY.value, CitizenMailKind.CONFIRM.value
OF_REPORTS = (CitizenMailKind.CONFIRM_REPORT.value, CitizenMailKind.ANSWER.value)
OF_WEBHOOKS = (CitizenMailKind.CONFIRM_WEBHOOK.value, CitizenMailKind.WEBHOOK_STOPPED.value)
CONFIRMING = (
    CitizenMailKind.CONFIRM.value,
    CitizenMailKind.CONFIRM_REPORT.value,
    CitizenMailKind.CONFIRM_WEBHOOK.value,
)
"""What anybody can let be sent to an address that is not theirs: few a day."""


class CitizenMailQuerySet(models.QuerySet["CitizenMail"]):
    """The questions asked of them."""

    def waiting(self) -> Self:
        return self.filter(state__in=(DigestState.PLANNED, DigestState.FAILED))

    def claimable(self, now: datetime, tries: int) -> Self:
        """First tries, next tries and lost leases; asks the table's own columns only."""
        return self.filter(
            Q(state__in=(DigestState.PLANNED, DigestState.FAILED), next_try_at__lte=now)
            | Q(state=DigestState.SENDING, leased_until__lte=now),
            tries__lt=tries,
        )


class CitizenMail(models.Model):
    """One mail to whoever the subscriber, report or webhook names; it goes when they go.

    A weekly one tells of the events after what the subscriber was told, up to `through_sequence`;
    there is one a subscriber and week, named by its Monday.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=CitizenMailKind)
    subscriber = models.ForeignKey(
        "Subscriber", models.CASCADE, related_name="mails", null=True, blank=True
    )
    subscription = models.ForeignKey(
        "Subscription", models.CASCADE, related_name="mails", null=True, blank=True
    )
    report = models.ForeignKey(
        "ErrorReport", models.CASCADE, related_name="mails", null=True, blank=True
    )
    webhook = models.ForeignKey(
        "Webhook", models.CASCADE, related_name="mails", null=True, blank=True
    )
    week_on = models.DateField(_("Monday of the week"), null=True, blank=True)
    through_sequence = models.PositiveBigIntegerField(_("up to event"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=DigestState, default=DigestState.PLANNED
    )
    made_at = models.DateTimeField(_("made at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    objects = CitizenMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail to a citizen")
        verbose_name_plural = _("mails to citizens")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="citizen_mail_by_next_try"),
        ]
        constraints = [
            value_is_one_of("citizen_mail_state_is_known", "state", DigestState),
            models.UniqueConstraint(
                fields=["subscriber", "week_on"],
                condition=Q(kind="weekly"),
                name="citizen_mail_is_one_per_subscriber_and_week",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(kind="answer"),
                name="citizen_mail_answers_a_report_once",
            ),
            models.CheckConstraint(
                name="citizen_mail_is_about_what_its_kind_says",
                condition=Q(kind=WEEKLY, subscriber__isnull=False, week_on__isnull=False)
                | Q(kind=CONFIRM, subscriber__isnull=False, subscription__isnull=False)
                | Q(kind__in=OF_REPORTS, subscriber__isnull=True, report__isnull=False)
                | Q(kind__in=OF_WEBHOOKS, subscriber__isnull=True, webhook__isnull=False),
            ),
            models.CheckConstraint(
                name="citizen_mail_sent_at_iff_sent",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="citizen_mail_leased_iff_sending",
                condition=Q(state="sending", leased_until__isnull=False)
                | (~Q(state="sending") & Q(leased_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
