"""What a reader may ask of the public lists of organisations and of sources, and what they find."""

from typing import Any

from django.db.models import Case, CharField, IntegerField, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.filters.facets import FacetedForm, facet
from commitments.models import (
    Evidence,
    Language,
    Organisation,
    OrganisationKind,
    Part,
    Participation,
    Programme,
    Relation,
    Source,
    SourceKind,
    UpdateState,
)
from commitments.models.organisation import OrganisationQuerySet
from commitments.models.source import SourceQuerySet
from commitments.reports import search
from commitments.reports.facets import Named
from commitments.reports.narrowing import Hung, Plan
from commitments.reports.parts import part
from commitments.services.read_models import documents
from commitments.text.display import said_text

NONE = "none"
_KEPT = {"yes": gettext_lazy("kept here"), "no": gettext_lazy("only linked")}


class OrganisationListForm(FacetedForm):
    """Kind of the body, which part it has, and in which programme it has that part."""

    facets = ("kind", "role", "programme")

    kind = facet(gettext_lazy("Kind"), OrganisationKind.choices)
    role = facet(gettext_lazy("Part"), Part.choices)
    programme = facet(gettext_lazy("Programme"))

    @cached_property
    def named(self) -> dict[str, list[Named]]:
        return {"programme": part("real-programmes", make=_programmes)}


def _programmes() -> list[Named]:
    rows = Programme.objects.real()
    return [Named(row.pk, row.slug, said_text(row, "name"), False) for row in rows]


def _parts() -> Any:
    return Participation.objects.filter(
        commitment__published_at__isnull=False, commitment__programme__is_demo=False
    )


ORGANISATIONS = Plan(
    columns={"kind": "kind"},
    hung=Hung("organisation", _parts, {"role": "role", "programme": "commitment__programme"}),
)


def organisations(form: OrganisationListForm) -> OrganisationQuerySet:
    """The real bodies whose names hold the words; no facet applied. Needs a form that is valid."""
    rows: OrganisationQuerySet = Organisation.objects.public().real()
    if form.words == []:
        return rows.none()
    for word in form.words or ():
        rows = rows.filter(search_text__contains=f" {word}")
    return rows


class SourceListForm(FacetedForm):
    """Year, kind and language of a publication, who issued it, whether a copy is kept."""

    facets = ("year", "kind", "relation", "language", "archived")
    blank = {"kind": NONE, "relation": NONE, "language": NONE}

    year = facet(gettext_lazy("Year"))
    kind = facet(gettext_lazy("Kind"), [(NONE, gettext_lazy("not judged")), *SourceKind.choices])
    relation = facet(
        gettext_lazy("Issuer, as evidence"),
        [*Relation.choices, (NONE, gettext_lazy("issuer not judged"))],
    )
    language = facet(
        gettext_lazy("Language"), [*Language.choices, (NONE, gettext_lazy("not stated"))]
    )
    archived = facet(gettext_lazy("Kept copy"), _KEPT.items())

    @cached_property
    def named(self) -> dict[str, list[Named]]:
        return {"year": part("source-years", make=_years)}


def _years() -> list[Named]:
    """The years in which a source was published, the newest first; 0 for those without a date."""
    rows: Any = _real().order_by()
    found = rows.values_list("year", flat=True).distinct()
    return [
        Named(year, str(year or NONE), str(year or _("date not stated")), False)
        for year in sorted(found, reverse=True)
    ]


def _real() -> SourceQuerySet:
    year = Coalesce(ExtractYear("published_latest"), 0, output_field=IntegerField())
    kept = Case(When(file=None, then=Value("no")), default=Value("yes"), output_field=CharField())
    rows: Any = Source.objects.public().real().annotate(year=year, kept=kept)
    found: SourceQuerySet = rows
    return found


def _evidence() -> Any:
    return Evidence.objects.filter(
        update__state=UpdateState.PUBLISHED, update__commitment__published_at__isnull=False
    )


SOURCES = Plan(
    columns={"year": "year", "kind": "kind", "language": "language", "archived": "kept"},
    hung=Hung("source", _evidence, {"relation": "relation"}),
)


def sources(form: SourceListForm) -> SourceQuerySet:
    """The real publications whose title or publisher holds the words; no facet applied.

    Brings what is searched up to date before. Needs a form that is valid.
    """
    rows = _real()
    if form.words is not None:
        documents.bring_up_to_date()
        found = search.documents_with(form.words, ("source",)) if form.words else None
        rows = rows.filter(slug__in=found.values("key")) if found is not None else rows.none()
    return rows
