"""Questions to updates, recognitions, notes and public events."""

import django_filters as filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.filters.commitments import NOT_STATED
from commitments.filters.fields import (
    LimitedDateFilter,
    RealUnlessAsked,
    YearFilter,
    YesNoFilter,
    named,
    public_commitments,
    public_organisations,
    public_programmes,
)
from commitments.models import (
    Evidence,
    Forecast,
    Indicator,
    Instrument,
    Origin,
    Relation,
    Source,
    Speaker,
    Stage,
    StatusUpdate,
    UpdateKind,
)
from commitments.reports.public import NOUNS
from commitments.rules.dates import LimitedDate


class UpdateFilter(RealUnlessAsked):
    """What was published of whom, by whom, as of when."""

    demo_path = "commitment__programme__is_demo"
    programme = named(public_programmes, _("Programme"), field_name="commitment__programme")
    commitment = named(public_commitments, _("Commitment"))
    body = named(public_organisations, _("Body that reports"))
    kind = filters.ChoiceFilter(choices=UpdateKind.choices, label=_("Kind"))
    origin = filters.ChoiceFilter(choices=Origin.choices, label=_("Origin"))
    speaker = filters.ChoiceFilter(choices=Speaker.choices, label=_("Who says it"))
    stage = filters.ChoiceFilter(
        choices=[(NOT_STATED, _("no stage stated")), *Stage.choices],
        method="at_stage",
        label=_("Stage"),
    )
    forecast = filters.ChoiceFilter(choices=Forecast.choices, label=_("Forecast"))
    as_of_after = LimitedDateFilter(
        method="as_of_from",
        label=_("As of, from"),
        help_text=_("A day, or 2026-06, 2026-Q2, 2026: on or after its first day."),
    )
    as_of_before = LimitedDateFilter(
        method="as_of_until",
        label=_("As of, until"),
        help_text=_("A day, or 2026-06, 2026-Q2, 2026: on or before its last day."),
    )
    ordering = filters.ChoiceFilter(
        choices=[
            (sign + name, text)
            for name, text in (
                ("as_of_on", _("by as-of date")),
                ("published_at", _("by publication")),
            )
            for sign in ("", "-")
        ],
        method="ordered",
        label=_("Order"),
        help_text=_("With a minus, newest first. Without an order: the newest as-of date first."),
    )

    def at_stage(
        self, rows: QuerySet[StatusUpdate], _name: str, value: str
    ) -> QuerySet[StatusUpdate]:
        return rows.filter(stage="" if value == NOT_STATED else value)

    def as_of_from(
        self, rows: QuerySet[StatusUpdate], _name: str, value: LimitedDate
    ) -> QuerySet[StatusUpdate]:
        return rows.filter(as_of_on__gte=value.earliest)

    def as_of_until(
        self, rows: QuerySet[StatusUpdate], _name: str, value: LimitedDate
    ) -> QuerySet[StatusUpdate]:
        return rows.filter(as_of_on__lte=value.latest)

    def ordered(
        self, rows: QuerySet[StatusUpdate], _name: str, value: str
    ) -> QuerySet[StatusUpdate]:
        key = F(value.removeprefix("-"))
        return rows.order_by(key.desc() if value[0] == "-" else key.asc(), "pk")


class EvidenceFilter(RealUnlessAsked):
    """What updates rest on: of whom, from which source, taken as independent or not."""

    demo_path = "update__commitment__programme__is_demo"
    programme = named(public_programmes, _("Programme"), field_name="update__commitment__programme")
    commitment = named(public_commitments, _("Commitment"), field_name="update__commitment")
    source = named(lambda _request: Source.objects.public(), _("Source"))
    relation = filters.ChoiceFilter(choices=Relation.choices, label=_("What it is to the update"))
    accepted = YesNoFilter(method="that_was_accepted", label=_("Taken as independent"))

    def that_was_accepted(
        self, rows: QuerySet[Evidence], _name: str, value: bool
    ) -> QuerySet[Evidence]:
        return rows.filter(acceptance__isnull=not value)


class RecognitionFilter(filters.FilterSet):  # type: ignore[misc]
    year = YearFilter()
    organisation = named(public_organisations, _("Organisation"))
    commitment = named(public_commitments, _("Commitment"))


class RecordNoteFilter(filters.FilterSet):  # type: ignore[misc]
    instrument = named(lambda _request: Instrument.objects.all(), _("Instrument"))
    indicator = named(lambda _request: Indicator.objects.all(), _("Indicator"))


class EventFilter(filters.FilterSet):  # type: ignore[misc]
    """The history of one thing. A chain that was filtered can no longer be checked."""

    object_kind = filters.ChoiceFilter(
        choices=[(noun.kind, noun.model._meta.verbose_name) for noun in NOUNS],
        label=_("Kind of object"),
    )
    object_key = filters.CharFilter(label=_("Key of the object"), max_length=200)
    commitment = named(
        public_commitments,
        _("Commitment"),
        help_text=_("All that happened to one commitment and what hangs on it."),
    )
