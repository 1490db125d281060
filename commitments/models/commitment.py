"""Commitments: what a named body is answerable for by a time."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    Speaker,
    limited_is_whole,
    limited_text,
    linked,
    one_language_is_there,
    together,
    value_is_one_of,
)
from commitments.models.axes import CLOSED, Forecast, Reporting, Stage
from commitments.models.trace import history

if TYPE_CHECKING:
    from commitments.models.participation import Participation
    from commitments.models.user import User


class CommitmentKind(models.TextChoices):
    NATIONAL_MISSION = "national_mission", _("national mission")
    CORPORATE_PLEDGE = "corporate_pledge", _("corporate pledge")
    GOVERNMENT_TASK = "government_task", _("government task")


def _reporting_on(on: date, *, opened: QuerySet[Any], submitted: QuerySet[Any]) -> Case:
    """The first that applies, of the annotations of `with_reporting`."""
    past_due = Q(owed_since_on__lt=on)
    return Case(
        When(~Exists(opened), then=Value(Reporting.NOT_ASKED)),
        When(_newest_waived__isnull=False, then=Value(Reporting.WAIVED)),
        When(past_due & ~Exists(submitted), then=Value(Reporting.NEVER_REPORTED)),
        When(stage__in=CLOSED, then=Value(Reporting.CURRENT)),
        When(past_due, then=Value(Reporting.LATE)),
        When(owed_since_on__isnull=False, then=Value(Reporting.DUE)),
        When(
            Q(_last_said_on__isnull=True) | Q(_last_said_on__lt=F("_second_newest")),
            then=Value(Reporting.STALE),
        ),
        default=Value(Reporting.CURRENT),
        output_field=models.CharField(),
    )


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """The questions asked of commitments; every list starts from one of these."""

    def public(self) -> Self:
        return self.filter(published_at__isnull=False)

    def real(self) -> Self:
        """Of the record, not of the demonstration (design §9)."""
        return self.filter(programme__is_demo=False)

    def visible_to(self, user: "User | None") -> Self:
        """What is public, and for members of the lead or of the delivery unit their drafts too."""
        if user is None or not user.is_authenticated:
            return self.public()
        from commitments.models.participation import Participation

        bodies = {organisation for organisation, _role in user.roles}
        led = Participation.objects.leading().filter(
            commitment=OuterRef("pk"), organisation__in=bodies
        )
        return self.filter(
            Q(published_at__isnull=False)
            | Exists(led)
            | Q(programme__delivery_unit__in=user.organisations_as("officer"))
        )

    def worked_on_by(self, user: "User") -> Self:
        """Those that a body of the person leads or delivers: who has which charge is theirs."""
        from commitments.models.participation import Participation

        bodies = {organisation for organisation, _role in user.roles}
        led = Participation.objects.leading().filter(
            commitment=OuterRef("pk"), organisation__in=bodies
        )
        return self.filter(Exists(led) | Q(programme__delivery_unit__in=bodies))

    def open(self) -> Self:
        return self.public().exclude(stage__in=CLOSED)

    def overdue(self, on: date) -> Self:
        """Open ones whose present due date has passed whole: today > latest (design §4.6)."""
        return self.open().filter(due_latest__lt=on)

    def led_by(self, organisations: Iterable[int]) -> Self:
        return self.filter(
            participations__role="lead",
            participations__ended_on=None,
            participations__organisation__in=organisations,
        )

    def with_past_due(self, on: date) -> Self:
        """Annotate `is_past_due`: computed against `on`, whatever the forecast says."""
        past = ~Q(stage__in=(*CLOSED, Stage.REPORTED_COMPLETE)) & Q(due_latest__lt=on)
        return self.annotate(
            is_past_due=Case(
                When(past, then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            )
        )

    def with_verification(self) -> Self:
        """Annotate `verification` of the update that set the stage; blank where none did.

        A fact import is never `confirmed` (design §3).
        """
        from commitments.models.update import verification_of

        return self.annotate(verification=verification_of("stage_update"))

    def with_reporting(self, on: date) -> Self:
        """Annotate `reporting` and `in_review_since` as they stand on a day (design §3).

        The first that applies: nothing asked; newest opened waived; oldest unmet past its due
        (`never_reported` if no update was ever submitted, else `late`); one open and unmet;
        last as-of older than the two newest opened periods; else current. What was handed in
        counts from then on: a slow review makes nobody look late or stale. What is closed owes
        nothing any more.
        """
        from commitments.models.reporting import Obligation
        from commitments.models.update import StatusUpdate

        opened = (
            Obligation.objects.filter(commitment=OuterRef("pk"))
            .opened(on)
            .order_by("-period__starts_on")
        )
        unmet = opened.unmet()
        submitted = StatusUpdate.objects.filter(
            commitment=OuterRef("pk"), submitted_at__isnull=False
        ).exclude(origin="fact_import")
        waiting = submitted.filter(state__in=("submitted", "approved")).order_by("submitted_at")
        said = submitted.filter(retraction=None, as_of_on__isnull=False).order_by("-as_of_on")
        return self.annotate(
            _newest_waived=Subquery(opened.values("waived_at")[:1]),
            _second_newest=Subquery(opened.values("period__starts_on")[1:2]),
            _last_said_on=Subquery(said.values("as_of_on")[:1]),
            in_review_since=Subquery(waiting.values("submitted_at")[:1]),
            owed_since_on=Subquery(
                unmet.order_by("period__starts_on").values("period__due_on")[:1]
            ),
        ).annotate(reporting=_reporting_on(on, opened=opened, submitted=submitted))

    def with_axes(self, on: date) -> Self:
        """Annotate every computed axis as it stands on a day."""
        return self.with_past_due(on).with_reporting(on).with_verification()

    def with_bodies(self) -> Self:
        """Load participations with their organisations, in one query for all rows."""
        from commitments.models.participation import Participation

        parts = Participation.objects.select_related("organisation").order_by("pk")
        return self.prefetch_related(Prefetch("participations", queryset=parts))

    def with_row(self) -> Self:
        """Load what a row shows but the axes, in the same number of queries however many rows."""
        return self.with_bodies().select_related(
            "programme", "priority", "stage_update", "forecast_update"
        )

    def for_list(self, on: date) -> Self:
        """Load what a row shows, with the axes computed."""
        return self.with_row().with_axes(on)

    def count_by(self, field: str) -> dict[str, int]:
        """How many per value of a column or annotation; every commitment is counted once."""
        rows = self.order_by().values(field).annotate(n=Count("pk", distinct=True))
        return {row[field]: row["n"] for row in rows}


class Commitment(models.Model):
    """Something a named body is answerable for by a time (design §2)."""

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="commitments")
    priority = models.ForeignKey(
        "Priority", models.PROTECT, related_name="commitments", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CommitmentKind)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True, null=True, blank=True)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    note = models.TextField(_("editors' note"), blank=True)
    speaker = models.CharField(_("stated by"), max_length=12, choices=Speaker, blank=True)
    sources = linked("Source", "commitments")

    original_due = limited_text(_("original due date"))
    original_due_earliest = models.DateField(null=True, blank=True, editable=False)
    original_due_latest = models.DateField(null=True, blank=True, editable=False)
    due = limited_text(_("present due date"))
    due_earliest = models.DateField(null=True, blank=True, editable=False)
    due_latest = models.DateField(null=True, blank=True, editable=False)

    stage = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True)
    stage_as_of_on = models.DateField(_("stage as of"), null=True, blank=True)
    stage_update = models.ForeignKey(
        "StatusUpdate", models.PROTECT, related_name="+", null=True, blank=True
    )
    forecast = models.CharField(
        _("forecast"), max_length=12, choices=Forecast, default=Forecast.NOT_GIVEN
    )
    forecast_as_of_on = models.DateField(_("forecast as of"), null=True, blank=True)
    forecast_update = models.ForeignKey(
        "StatusUpdate", models.PROTECT, related_name="+", null=True, blank=True
    )
    last_as_of_on = models.DateField(_("last update as of"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    reporting_opened_on = models.DateField(_("reporting opened on"), null=True, blank=True)
    reporting_opened_by = models.ForeignKey(
        "User", models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version of the draft"), default=1)
    search_text = models.TextField(editable=False, blank=True)
    objects = CommitmentQuerySet.as_manager()
    history = history("search_text")

    if TYPE_CHECKING:  # annotated by `for_list`
        is_past_due: bool
        reporting: str
        verification: str
        in_review_since: datetime | None
        owed_since_on: date | None

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["programme", "reference", "pk"]
        indexes = [
            models.Index(fields=["programme", "kind"], name="commitment_by_kind"),
            models.Index(fields=["due_latest"], name="commitment_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="commitment_closed_on_iff_closed",
                condition=Q(stage__in=CLOSED, closed_on__isnull=False)
                | (~Q(stage__in=CLOSED) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="commitment_reference_iff_published",
                condition=Q(reference__isnull=True, published_at__isnull=True)
                | (Q(reference__isnull=False, published_at__isnull=False) & ~Q(reference="")),
            ),
            models.CheckConstraint(
                name="commitment_task_has_a_priority",
                condition=~Q(kind=CommitmentKind.GOVERNMENT_TASK) | Q(priority__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_stage_has_an_as_of_date",
                condition=Q(stage="") | Q(stage_as_of_on__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_forecast_has_an_as_of_date",
                condition=Q(forecast=Forecast.NOT_GIVEN) | Q(forecast_as_of_on__isnull=False),
            ),
            together(
                "commitment_reporting_is_opened_by_somebody",
                "reporting_opened_on",
                "reporting_opened_by",
            ),
            one_language_is_there("commitment_has_a_title", "title"),
            limited_is_whole("commitment_original_due_is_whole", "original_due"),
            limited_is_whole("commitment_due_is_whole", "due"),
            value_is_one_of("commitment_kind_is_known", "kind", CommitmentKind),
            value_is_one_of("commitment_speaker_is_known", "speaker", Speaker, blank=True),
            value_is_one_of("commitment_stage_is_known", "stage", Stage, blank=True),
            value_is_one_of("commitment_forecast_is_known", "forecast", Forecast),
        ]

    def __str__(self) -> str:
        return f"{self.reference or self.slug} {self.title_vi or self.title_en}"

    @property
    def is_closed(self) -> bool:
        return self.stage in CLOSED

    @property
    def lead(self) -> "Participation | None":
        """The part of the body that answers for it now, or None: then no body is named."""
        return next((part for part in self.participations.all() if part.leads), None)
