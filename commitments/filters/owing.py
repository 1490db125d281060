"""Questions to the list of those who owe an update."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import named, public_programmes
from commitments.models import Commitment, Organisation, Part
from commitments.models.commitment import CommitmentQuerySet


def _leading(_request: object) -> QuerySet[Organisation]:
    """The bodies that lead something published; those of the demonstration are asked by it."""
    leads = Q(
        participations__role=Part.LEAD,
        participations__ended_on=None,
        participations__commitment__published_at__isnull=False,
    )
    return Organisation.objects.public().real().filter(leads).distinct()


class OwingFilter(filters.FilterSet):  # type: ignore[misc]
    """Of a programme, of a body; without a programme, of the real record only (design §9)."""

    programme = named(public_programmes, _("Programme"), empty_label=_("All"))
    organisation = named(
        _leading, _("Organisation that leads"), method="led_by", empty_label=_("All")
    )

    def led_by(
        self, rows: CommitmentQuerySet, _name: str, value: Organisation
    ) -> CommitmentQuerySet:
        return rows.led_by([value.pk])

    def filter_queryset(self, queryset: CommitmentQuerySet) -> "QuerySet[Commitment]":
        rows: CommitmentQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("programme") else rows.real()
