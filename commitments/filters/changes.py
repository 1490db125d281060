"""What a reader may ask of the changes of the record; the same words in page and feed."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import (
    LONGEST_SEARCH,
    LimitedDateFilter,
    NamedFilter,
    named,
    public_commitments,
    public_programmes,
)
from commitments.models import Organisation, Participation, Priority, Programme, PublicEvent
from commitments.rules.dates import LimitedDate
from commitments.text.display import said_text
from commitments.text.folding import terms

_UPDATE = Q(object_kind="status_update")
_CORRECTS = _UPDATE & Q(after__has_key="corrects") & ~Q(after__corrects=None)
_REPORTING = Q(action="reporting_opened") | Q(object_kind__in=("obligation", "reporting_period"))
_PLAN = Q(
    object_kind__in=("change_request", "target", "milestone", "wording", "participation", "link")
)
KINDS = {
    "progress": _UPDATE
    | Q(object_kind__in=("measurement", "completion", "record_note"))
    | Q(action__in=("stage_set", "completed")),
    "plan": _PLAN | Q(object_kind="commitment", action__in=("changed", "added")),
    "correction": Q(object_kind="retraction") | Q(action="corrected") | _CORRECTS,
    "reporting": _REPORTING,
    "evidence": Q(object_kind__in=("evidence", "evidence_acceptance", "source")),
    "structure": Q(object_kind="commitment", action__in=("loaded", "published", "linked"))
    | Q(object_kind__in=("programme", "priority", "organisation", "former_name"))
    | Q(object_kind__in=("instrument", "indicator", "indicator_point", "acceptance"))
    | Q(object_kind__in=("recognition", "contradiction", "gap")),
}


def _organisations(_request: object) -> QuerySet[Organisation]:
    return Organisation.objects.public().filter(participations__isnull=False).distinct()


def _priorities() -> list[tuple[str, str]]:
    rows = Priority.objects.filter(programme__published_at__isnull=False)
    return [
        (f"{row.programme.slug}/{row.slug}", said_text(row, "title"))
        for row in rows.select_related("programme")
    ]


class NewsFilter(filters.FilterSet):  # type: ignore[misc]
    """Kind of change, programme, priority, organisation, commitment, first and last day.

    The demonstration is left out unless it, or something of it, is asked for (design §9). Only
    columns of the events and of what they point to are asked: as of a past day too, the chain is
    the present one.
    """

    q = filters.CharFilter(
        method="search", label=_("Words of the commitment"), max_length=LONGEST_SEARCH
    )
    kind = filters.ChoiceFilter(
        method="of_kind",
        label=_("What changed"),
        empty_label=_("All"),
        choices=[
            ("progress", _("Progress")),
            ("plan", _("Plan and wording")),
            ("correction", _("Corrections and retractions")),
            ("reporting", _("Duty to report")),
            ("evidence", _("Evidence and sources")),
            ("structure", _("What is in the record")),
        ],
    )
    programme = NamedFilter(
        queryset=public_programmes,
        to_field_name="slug",
        method="of_programme",
        label=_("Programme"),
        empty_label=_("All"),
    )
    priority = filters.ChoiceFilter(
        choices=_priorities, method="of_priority", label=_("Priority"), empty_label=_("All")
    )
    organisation = NamedFilter(
        queryset=_organisations,
        to_field_name="slug",
        method="of_organisation",
        label=_("Organisation"),
        empty_label=_("All"),
    )
    since = LimitedDateFilter(method="since_day", label=_("Entered on or after"))
    until = LimitedDateFilter(method="until_day", label=_("Entered on or before"))
    commitment = named(
        public_commitments, _("Commitment"), method="of_commitment", widget=forms.HiddenInput
    )
    demo = filters.ChoiceFilter(
        choices=[("true", _("Yes"))], method="as_said", label="", widget=forms.HiddenInput
    )

    def search(self, rows: QuerySet[PublicEvent], _name: str, value: str) -> QuerySet[PublicEvent]:
        """Every word must begin a word of title, reference or body, marks or no marks."""
        words = terms(value)
        for word in words:
            rows = rows.filter(commitment__search_text__contains=f" {word}")
        return rows if words else rows.none()

    def of_kind(self, rows: QuerySet[PublicEvent], _name: str, value: str) -> QuerySet[PublicEvent]:
        return rows.filter(KINDS[value])

    def of_programme(
        self, rows: QuerySet[PublicEvent], _name: str, value: Programme
    ) -> QuerySet[PublicEvent]:
        own = Q(object_kind="programme", object_key=value.slug) | Q(
            object_kind__in=("priority", "acceptance", "reporting_period"),
            object_key__startswith=f"{value.slug}/",
        )
        return rows.filter(own | Q(commitment__programme__slug=value.slug))

    def of_priority(
        self, rows: QuerySet[PublicEvent], _name: str, value: str
    ) -> QuerySet[PublicEvent]:
        programme, _slash, slug = value.partition("/")
        hung = Q(commitment__priority__slug=slug, commitment__priority__programme__slug=programme)
        return rows.filter(hung | Q(object_kind="priority", object_key=value))

    def of_organisation(
        self, rows: QuerySet[PublicEvent], _name: str, value: Organisation
    ) -> QuerySet[PublicEvent]:
        parts = Participation.objects.filter(organisation__slug=value.slug)
        own = (
            Q(object_kind="organisation", object_key=value.slug)
            | Q(object_kind="former_name", object_key__startswith=f"{value.slug}/")
            | Q(object_kind="acceptance", object_key__endswith=f"/{value.slug}")
        )
        return rows.filter(own | Q(commitment__in=parts.values("commitment")))

    def of_commitment(
        self, rows: QuerySet[PublicEvent], _name: str, value: Any
    ) -> QuerySet[PublicEvent]:
        return rows.filter(commitment__slug=value.slug)

    def since_day(
        self, rows: QuerySet[PublicEvent], _name: str, value: LimitedDate
    ) -> QuerySet[PublicEvent]:
        return rows.filter(recorded_at__gte=_midnight(value.earliest))

    def until_day(
        self, rows: QuerySet[PublicEvent], _name: str, value: LimitedDate
    ) -> QuerySet[PublicEvent]:
        return rows.filter(recorded_at__lt=_midnight(value.latest + timedelta(days=1)))

    def as_said(
        self, rows: QuerySet[PublicEvent], _name: str, _value: str
    ) -> QuerySet[PublicEvent]:
        return rows.filter(is_demo=True)

    def filter_queryset(self, queryset: QuerySet[PublicEvent]) -> QuerySet[PublicEvent]:
        rows: QuerySet[PublicEvent] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        named_it = ("demo", "programme", "priority", "organisation", "commitment")
        if not any(asked.get(name) for name in named_it):
            rows = rows.filter(is_demo=False)
        return rows


def _midnight(day: date) -> datetime:
    """In Ha Noi, where the days of the record begin."""
    return datetime.combine(day, time(), get_default_timezone())
