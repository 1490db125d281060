"""Addresses that are told of public events, and what became of telling them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language, value_is_one_of
from commitments.models.trace import history


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """The questions asked of webhooks."""

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def listening(self) -> Self:
        """Confirmed, and neither paused nor ended."""
        return self.confirmed().filter(paused_at__isnull=True)

    def confirmed(self) -> Self:
        return self.standing().filter(confirmed_at__isnull=False)

    def free(self, now: datetime) -> Self:
        """Those to which nobody sends just now; asks the table's own columns only."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now))


class PauseReason(models.TextChoices):
    BY_HAND = "by_hand", _("paused by hand")
    FAILING = "failing", _("paused: nothing was taken for days")
    GONE = "gone", _("ended: the address said that it is gone for good")


class Webhook(models.Model):
    """One address, a body's or that of somebody who confirmed it by mail.

    `through_sequence` is the last public event of which deliveries were planned, in the `turn`
    that counts how often it was set back. `secret` is sealed (`services.sealing`): messages are
    signed with it, until `former_until` with the `former_secret` as well. `kinds` and
    `programmes` narrow what is told; empty lists mean everything of the record, and nothing of
    the demonstration. While `leased_until` lies ahead somebody sends, so that no two send at a
    time and order is kept.
    """

    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="webhooks", null=True, blank=True
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.VI)
    nonce = models.CharField(max_length=32, unique=True)
    address = models.CharField(_("address"), max_length=2000)
    name = models.CharField(_("name"), max_length=100, blank=True)
    secret = models.TextField()
    kinds = models.JSONField(_("kinds of objects"), default=list, blank=True)
    programmes = models.JSONField(_("programmes"), default=list, blank=True)
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    through_sequence = models.PositiveBigIntegerField(_("planned up to event"), default=0)
    turn = models.PositiveIntegerField(_("turn"), default=1)
    leased_until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(_("made at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    pause_reason = models.CharField(
        _("why it is paused"), max_length=20, choices=PauseReason, blank=True
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    objects = WebhookQuerySet.as_manager()
    history = history(
        "secret", "nonce", "former_secret", "former_until", "through_sequence", "turn",
        "leased_until",
    )  # fmt: skip

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="webhook_is_a_bodys_or_somebodys",
                condition=Q(organisation__isnull=False, made_by__isnull=False, email="")
                | (Q(organisation__isnull=True, made_by__isnull=True) & ~Q(email="")),
            ),
            models.CheckConstraint(
                name="webhook_address_is_http",
                condition=Q(address__startswith="http://") | Q(address__startswith="https://"),
            ),
            models.CheckConstraint(
                name="webhook_paused_for_a_reason",
                condition=Q(paused_at__isnull=True, pause_reason="")
                | (Q(paused_at__isnull=False) & ~Q(pause_reason="")),
            ),
            models.CheckConstraint(
                name="webhook_former_secret_is_good_until",
                condition=Q(former_secret="", former_until__isnull=True)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address


class DeliveryState(models.TextChoices):
    PLANNED = "planned", _("planned")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("taken")
    FAILED = "failed", _("failed, will be tried again")
    DEAD = "dead", _("given up")
    CANCELLED = "cancelled", _("cancelled")


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """The questions asked of deliveries."""

    def waiting(self) -> Self:
        return self.filter(state__in=(DeliveryState.PLANNED, DeliveryState.FAILED))

    def claimable(self, now: datetime, tries: int) -> Self:
        """First tries, next tries and lost leases; asks the table's own columns only."""
        return self.filter(
            Q(state__in=(DeliveryState.PLANNED, DeliveryState.FAILED), next_try_at__lte=now)
            | Q(state=DeliveryState.SENDING, leased_until__lte=now),
            tries__lt=tries,
        )


class WebhookDelivery(models.Model):
    """One message to one address: of one public event, or of none where it is a test.

    `turn` counts how often the event was planned for the address: a replay plans it once more.
    """

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    sequence = models.PositiveBigIntegerField(_("event"), null=True, blank=True)
    turn = models.PositiveIntegerField(_("turn"), default=1)
    message_id = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.PLANNED
    )
    made_at = models.DateTimeField(_("made at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    answer = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a webhook")
        verbose_name_plural = _("messages to webhooks")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="delivery_by_next_try"),
            models.Index(fields=["webhook", "state"], name="delivery_by_webhook_and_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "sequence", "turn"], name="delivery_is_one_per_event_and_turn"
            ),
            value_is_one_of("delivery_state_is_known", "state", DeliveryState),
            models.CheckConstraint(
                name="delivery_sent_at_iff_sent",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_leased_iff_sending",
                condition=Q(state="sending", leased_until__isnull=False)
                | (~Q(state="sending") & Q(leased_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
