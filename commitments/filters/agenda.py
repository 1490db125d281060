"""What a reader may ask of the calendar: whose dates, and from which month on."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import LimitedDateFilter, NamedFilter, public_programmes
from commitments.models import Commitment, Organisation, Part, Participation
from commitments.rules.dates import LimitedDate

_PARTS = (Part.LEAD, Part.PARTNER)


def _organisations(_request: object) -> QuerySet[Organisation]:
    return Organisation.objects.public().filter(participations__isnull=False).distinct()


class AgendaFilter(filters.FilterSet):  # type: ignore[misc]
    """Programme, body that leads or takes part, first month. The demonstration is left out unless
    its programme or a body of it is asked for (design §9)."""

    programme = NamedFilter(
        queryset=public_programmes,
        to_field_name="slug",
        label=_("Programme"),
        empty_label=_("All"),
    )
    organisation = NamedFilter(
        queryset=_organisations,
        to_field_name="slug",
        method="of_organisation",
        label=_("Organisation"),
        empty_label=_("All"),
    )
    since = LimitedDateFilter(
        method="unchanged", label=_("From month"), help_text=_("For example 2026-06 or 2026")
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def of_organisation(
        self, rows: QuerySet[Commitment], _name: str, value: Organisation
    ) -> QuerySet[Commitment]:
        parts = Participation.objects.present().filter(organisation=value, role__in=_PARTS)
        return rows.filter(pk__in=parts.values("commitment"))

    def unchanged(
        self, rows: QuerySet[Commitment], _name: str, _value: LimitedDate
    ) -> QuerySet[Commitment]:
        """The months are cut by whoever shows them."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Commitment]) -> QuerySet[Commitment]:
        rows: QuerySet[Commitment] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if not asked["programme"] and not asked["organisation"]:
            rows = rows.filter(programme__is_demo=False)
        return rows
