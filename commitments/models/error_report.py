"""Errors that readers report: what is wrong with what, and what was answered in public."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models._shapes import Language, value_is_one_of

if TYPE_CHECKING:
    from commitments.models.user import User


class ErrorState(models.TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    ACCEPTED = "accepted", pgettext_lazy("report of an error", "accepted")
    REJECTED = "rejected", _("rejected")


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    """The questions asked of them."""

    def open(self) -> Self:
        return self.filter(state=ErrorState.OPEN)

    def known_on(self, day: date) -> Self:
        """Those that had been received by the end of a day."""
        return self.filter(received_at__date__lte=day)

    def in_state(self, state: str, day: date) -> Self:
        """Those that stood so at the end of a day."""
        still_open = Q(state=ErrorState.OPEN) | Q(answered_at__date__gt=day)
        return self.filter(still_open if state == ErrorState.OPEN else Q(state=state) & ~still_open)

    def for_officer(self, user: "User") -> Self:
        """Those of the programmes that the person delivers; general ones of the same world.

        The people of the demonstration see nothing of the record, and the other way round.
        """
        from commitments.models.programme import Programme

        own = Programme.objects.filter(delivery_unit__in=user.organisations_as("officer"))
        worlds = set(own.values_list("is_demo", flat=True))
        return self.filter(Q(programme__in=own) | Q(programme=None, is_demo__in=worlds))


class ErrorReport(models.Model):
    """What a reader says is wrong with one thing of the public record, or with something.

    `object_kind` and `object_key` name the thing as the public record does; both are empty in a
    general report. The number is the row's own and never given again. The texts are shown once
    an officer released them (`shown_at`); `contact` never is, and goes when it is of no more use.
    `form_id` names the form that was sent: the same one twice is one report.
    """

    form_id = models.CharField(max_length=40, unique=True)
    object_kind = models.CharField(_("kind of object"), max_length=40, blank=True)
    object_key = models.CharField(_("key of the object"), max_length=200, blank=True)
    programme = models.ForeignKey(
        "Programme", models.PROTECT, related_name="error_reports", null=True, blank=True
    )
    is_demo = models.BooleanField(_("of the demonstration"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    wrong = models.TextField(_("what is wrong"))
    right = models.TextField(_("what should stand"), blank=True)
    source = models.TextField(_("source"), blank=True)
    contact = models.EmailField(_("e-mail address"), blank=True)
    contact_confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    nonce = models.CharField(max_length=40, unique=True)
    received_at = models.DateTimeField(_("received at"))
    shown_at = models.DateTimeField(_("shown in public since"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ErrorState, default=ErrorState.OPEN)
    answer_vi = models.TextField(_("answer in Vietnamese"), blank=True)
    answer_en = models.TextField(_("answer in English"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    corrected_by = models.PositiveBigIntegerField(
        _("sequence of the event that corrected it"), null=True, blank=True
    )
    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "programme"], name="error_report_by_state")]
        constraints = [
            value_is_one_of("error_report_state_is_known", "state", ErrorState),
            value_is_one_of("error_report_language_is_known", "language", Language),
            models.CheckConstraint(
                name="error_report_names_a_thing_whole",
                condition=Q(object_kind="", object_key="")
                | (~Q(object_kind="") & ~Q(object_key="")),
            ),
            models.CheckConstraint(name="error_report_says_what_is_wrong", condition=~Q(wrong="")),
            models.CheckConstraint(
                name="error_report_answered_iff_not_open",
                condition=Q(state="open", answered_at__isnull=True, answer_vi="", answer_en="")
                | (
                    ~Q(state="open")
                    & Q(answered_at__isnull=False)
                    & (~Q(answer_vi="") | ~Q(answer_en=""))
                ),
            ),
            models.CheckConstraint(
                name="error_report_corrected_only_if_accepted",
                condition=Q(corrected_by__isnull=True) | Q(state="accepted"),
            ),
            models.CheckConstraint(
                name="error_report_confirms_an_address_that_is_there",
                condition=Q(contact_confirmed_at__isnull=True) | ~Q(contact=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"ER-{self.pk:06d}"


class ErrorDeed(models.TextChoices):
    """What can happen to a report."""

    RECEIVED = "received", _("received")
    SHOWN = "shown", _("shown in public")
    HIDDEN = "hidden", _("taken from public view")
    ANSWERED = "answered", _("answered")
    ACCEPTED = "accepted", pgettext_lazy("report of an error", "accepted")
    REJECTED = "rejected", _("rejected")
    LINKED = "linked", _("linked to its correction")


class ErrorReportDeed(models.Model):
    """One thing that was done with a report; only ever added. `by` is empty for the reader."""

    report = models.ForeignKey(ErrorReport, models.PROTECT, related_name="deeds")
    deed = models.CharField(_("deed"), max_length=10, choices=ErrorDeed)
    by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("deed on a report of an error")
        verbose_name_plural = _("deeds on reports of errors")
        ordering = ["pk"]
        constraints = [
            value_is_one_of("error_deed_is_known", "deed", ErrorDeed),
            models.CheckConstraint(
                name="error_deed_is_by_somebody_unless_received",
                condition=Q(deed="received", by__isnull=True)
                | (~Q(deed="received") & Q(by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.deed}"
