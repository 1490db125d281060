"""Citizens who follow the record by mail: one row an address, one a thing that it follows."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language, value_is_one_of


class Followed(models.TextChoices):
    """What can be followed; the key beside it says which one."""

    EVERYTHING = "everything", _("everything")
    COMMITMENT = "commitment", _("commitment")
    ORGANISATION = "organisation", _("organisation")
    PRIORITY = "priority", _("priority")
    SEARCH = "search", _("search")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """The questions asked of them."""

    def confirmed(self, before: datetime) -> Self:
        """Those who confirmed something before an instant."""
        own = Subscription.objects.filter(subscriber=OuterRef("pk"), confirmed_at__lt=before)
        return self.filter(Exists(own))


class Subscriber(models.Model):
    """An address, and nothing else of the person behind it; gone with its last subscription.

    The `nonce` makes the secret links of its mails; up to `through_sequence` of the public record
    a mail told it of everything that it follows.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    nonce = models.CharField(max_length=40, unique=True)
    through_sequence = models.PositiveBigIntegerField(_("told up to event"), default=0)
    made_at = models.DateTimeField(_("made at"))
    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["pk"]
        constraints = [value_is_one_of("subscriber_language_is_known", "language", Language)]

    def __str__(self) -> str:
        return str(self.pk)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """The questions asked of them."""

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def lapsed(self, asked_before: datetime) -> Self:
        """Those that nobody confirmed in time."""
        return self.filter(confirmed_at__isnull=True, asked_at__lte=asked_before)


class Subscription(models.Model):
    """One thing that an address follows, once the link in its mail was confirmed.

    `key` is the slug, of a priority `programme/slug`, of a search its query string. What happened
    up to `since_sequence` is not told: it was there when it was confirmed.
    """

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    kind = models.CharField(_("what is followed"), max_length=12, choices=Followed)
    key = models.CharField(_("which"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    since_sequence = models.PositiveBigIntegerField(_("since event"), default=0)
    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "key"], name="subscription_is_one_per_thing"
            ),
            models.CheckConstraint(
                name="subscription_names_what_it_follows",
                condition=Q(kind="everything", key="") | (~Q(kind="everything") & ~Q(key="")),
            ),
            value_is_one_of("subscription_kind_is_known", "kind", Followed),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
