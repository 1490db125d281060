"""Questions to programmes, priorities, organisations, acceptances, sources and instruments."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import (
    LONGEST_SEARCH,
    RealUnlessAsked,
    YearFilter,
    named,
    public_commitments,
    public_organisations,
    public_programmes,
)
from commitments.models import (
    Confidence,
    InstrumentKind,
    InstrumentStatus,
    Language,
    Organisation,
    OrganisationKind,
    SourceKind,
)
from commitments.text.folding import terms


class ProgrammeFilter(RealUnlessAsked):
    year = YearFilter()


class PriorityFilter(RealUnlessAsked):
    demo_path = "programme__is_demo"
    programme = named(public_programmes, _("Programme"))


class StaffOrganisationFilter(filters.FilterSet):  # type: ignore[misc]
    """Of the bodies that the reader works with, so that nobody need ask for the demonstration."""

    q = filters.CharFilter(method="search", label=_("Words in the name"), max_length=LONGEST_SEARCH)
    kind = filters.ChoiceFilter(
        choices=OrganisationKind.choices,
        label=_("Kind"),
        empty_label=_("All"),
    )

    def search(
        self, rows: QuerySet[Organisation], _name: str, value: str
    ) -> QuerySet[Organisation]:
        """Every word must begin a word of a name, marks or no marks."""
        words = terms(value)
        if not words:
            return rows.none()
        for word in words:
            rows = rows.filter(search_text__contains=f" {word}")
        return rows


class OrganisationFilter(RealUnlessAsked, StaffOrganisationFilter):
    """Of the public bodies, the real ones unless the demonstration is asked for."""


class AcceptanceFilter(RealUnlessAsked):
    demo_path = "programme__is_demo"
    programme = named(public_programmes, _("Programme"))
    organisation = named(public_organisations, _("Organisation"))
    confidence = filters.ChoiceFilter(choices=Confidence.choices, label=_("How sure"))


class SourceFilter(RealUnlessAsked):
    kind = filters.ChoiceFilter(choices=SourceKind.choices, label=_("Kind"))
    language = filters.ChoiceFilter(choices=Language.choices, label=_("Language"))
    issuer = named(public_organisations, _("Issuer"))


class InstrumentFilter(filters.FilterSet):  # type: ignore[misc]
    kind = filters.ChoiceFilter(choices=InstrumentKind.choices, label=_("Kind"))
    status = filters.ChoiceFilter(choices=InstrumentStatus.choices, label=_("Status"))
    issuer = named(public_organisations, _("Issuer"))
    commitment = named(public_commitments, _("Commitment"), field_name="commitments")
