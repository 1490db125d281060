"""Status updates: what is said of a commitment at an as-of date, and the deeds done on it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Speaker, differ, together, value_is_one_of
from commitments.models._update_queries import StatusUpdateQuerySet
from commitments.models._update_words import (
    EDITABLE,
    IN_REVIEW,
    Origin,
    Step,
    UpdateKind,
    UpdateState,
    verification_of,
)
from commitments.models.axes import Forecast, Stage
from commitments.models.review import OF_ITS_HANDS
from commitments.models.trace import history

__all__ = [
    "EDITABLE",
    "IN_REVIEW",
    "Origin",
    "StatusUpdate",
    "StatusUpdateQuerySet",
    "Step",
    "UpdateKind",
    "UpdateState",
    "verification_of",
]


class StatusUpdate(models.Model):
    """What is said of a commitment at an as-of date. Published rows are append-only."""

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="updates")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=UpdateKind, default=UpdateKind.PROGRESS
    )
    state = models.CharField(
        _("state"), max_length=12, choices=UpdateState, default=UpdateState.DRAFT
    )
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.WEB)
    speaker = models.CharField(_("who says it"), max_length=12, choices=Speaker)
    body = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="updates", null=True, blank=True
    )
    as_of_on = models.DateField(_("as of"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True)
    step = models.CharField(_("step"), max_length=12, choices=Step, blank=True)
    forecast = models.CharField(
        _("forecast"), max_length=12, choices=Forecast, default=Forecast.NOT_GIVEN
    )
    summary_vi = models.TextField(_("summary in Vietnamese"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    problem_vi = models.TextField(_("problem in Vietnamese"), blank=True)
    problem_en = models.TextField(_("problem in English"), blank=True)
    asked_vi = models.TextField(_("what is asked of whom, in Vietnamese"), blank=True)
    asked_en = models.TextField(_("what is asked of whom, in English"), blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections", null=True, blank=True
    )
    correction_reason_vi = models.TextField(_("reason of the correction, Vietnamese"), blank=True)
    correction_reason_en = models.TextField(_("reason of the correction, English"), blank=True)

    author = models.ForeignKey(
        "User", models.PROTECT, related_name="updates_written", null=True, blank=True
    )
    approver = models.ForeignKey(
        "User", models.PROTECT, related_name="updates_approved", null=True, blank=True
    )
    publisher = models.ForeignKey(
        "User", models.PROTECT, related_name="updates_published", null=True, blank=True
    )
    created_at = models.DateTimeField(_("begun at"))
    saved_at = models.DateTimeField(_("saved at"))
    version = models.PositiveIntegerField(_("version of the draft"), default=1)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    release_at = models.DateTimeField(_("to be published at"), null=True, blank=True)
    released_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    objects = StatusUpdateQuerySet.as_manager()
    history = history()

    if TYPE_CHECKING:  # annotated by `for_history` and `waiting_for`
        verification: str
        waits_since: datetime

    class Meta:
        verbose_name = _("status update")
        verbose_name_plural = _("status updates")
        ordering = ["commitment", "as_of_on", "pk"]
        indexes = [
            models.Index(fields=["commitment", "-as_of_on"], name="update_by_as_of"),
            models.Index(fields=["state"], name="update_by_state"),
            models.Index(
                fields=["-as_of_on", "-published_at", "-id"],
                condition=Q(state=UpdateState.PUBLISHED),
                name="update_published_by_day",
            ),
            # Few updates correct another: an index of all of them would be taken for useless.
            models.Index(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="update_by_what_it_corrects",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"], name="update_number_is_one_per_commitment"
            ),
            models.UniqueConstraint(
                fields=["commitment", "author"],
                condition=Q(state=UpdateState.DRAFT),
                name="update_draft_is_one_per_author",
            ),
            models.CheckConstraint(
                name="update_fact_import_iff_nobody",
                condition=(
                    Q(origin=Origin.FACT_IMPORT)
                    & Q(author__isnull=True, approver__isnull=True, publisher__isnull=True)
                    & Q(state=UpdateState.PUBLISHED)
                )
                | (~Q(origin=Origin.FACT_IMPORT) & Q(author__isnull=False, body__isnull=False)),
            ),
            models.CheckConstraint(
                name="update_published_by_somebody",
                condition=~Q(state=UpdateState.PUBLISHED)
                | Q(origin=Origin.FACT_IMPORT)
                | Q(author__isnull=False, publisher__isnull=False),
            ),
            differ("update_approver_is_not_the_author", "author", "approver"),
            differ("update_publisher_is_not_the_author", "author", "publisher"),
            differ("update_publisher_is_not_the_approver", "approver", "publisher"),
            models.CheckConstraint(
                name="update_number_and_instant_iff_published",
                condition=Q(
                    state=UpdateState.PUBLISHED, number__isnull=False, published_at__isnull=False
                )
                | (
                    ~Q(state=UpdateState.PUBLISHED)
                    & Q(number__isnull=True, published_at__isnull=True, publisher__isnull=True)
                ),
            ),
            together("update_released_by_somebody_at_a_time", "released_by", "release_at"),
            differ("update_releaser_is_not_the_author", "author", "released_by"),
            differ("update_releaser_is_not_the_approver", "approver", "released_by"),
            models.CheckConstraint(
                name="update_release_waits_in_review",
                condition=Q(release_at__isnull=True) | Q(state__in=IN_REVIEW),
            ),
            together("update_approved_by_somebody_at_a_time", "approver", "approved_at"),
            models.CheckConstraint(
                name="update_approved_has_an_approver",
                condition=~Q(state=UpdateState.APPROVED) | Q(approver__isnull=False),
            ),
            models.CheckConstraint(
                name="update_handed_in_has_a_date_and_instant",
                condition=Q(state__in=EDITABLE)
                | Q(as_of_on__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="update_risk_names_a_problem",
                condition=Q(state__in=EDITABLE)
                | ~Q(forecast__in=[Forecast.AT_RISK, Forecast.OFF_TRACK])
                | ~Q(problem_vi="")
                | ~Q(problem_en=""),
            ),
            models.CheckConstraint(
                name="update_off_track_asks_somebody",
                condition=Q(state__in=EDITABLE)
                | ~Q(forecast=Forecast.OFF_TRACK)
                | ~Q(asked_vi="")
                | ~Q(asked_en=""),
            ),
            models.CheckConstraint(
                name="update_context_carries_no_stage",
                condition=~Q(kind=UpdateKind.CONTEXT) | Q(stage="", forecast=Forecast.NOT_GIVEN),
            ),
            models.CheckConstraint(
                name="update_correction_gives_a_reason",
                condition=Q(state__in=EDITABLE)
                | Q(corrects__isnull=True)
                | ~Q(correction_reason_vi="")
                | ~Q(correction_reason_en=""),
            ),
            value_is_one_of("update_kind_is_known", "kind", UpdateKind),
            value_is_one_of("update_state_is_known", "state", UpdateState),
            value_is_one_of("update_origin_is_known", "origin", Origin),
            value_is_one_of("update_speaker_is_known", "speaker", Speaker),
            value_is_one_of("update_stage_is_known", "stage", Stage, blank=True),
            value_is_one_of("update_step_is_known", "step", Step, blank=True),
            value_is_one_of("update_forecast_is_known", "forecast", Forecast),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.number or 'draft'}"

    @cached_property
    def hands(self) -> frozenset[int]:
        """Whose own work it is: its author, and everybody who handed it in or over before."""
        worked = self.actions.filter(deed__in=OF_ITS_HANDS).values_list("person_id", flat=True)
        return frozenset(worked) | ({self.author_id} if self.author_id else frozenset())
