"""What a reader may ask of a public list: words, and several values per facet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commitments.filters.commitments import NOT_STATED
from commitments.filters.fields import LONGEST_SEARCH, YesNoField
from commitments.models import CommitmentKind, Forecast, Reporting, Stage, Verification
from commitments.reports import facets
from commitments.reports.facets import DUE, Named
from commitments.reports.parts import part
from commitments.text.folding import terms

FACETS = (
    "programme",
    "priority",
    "organisation",
    "kind",
    "stage",
    "forecast",
    "reporting",
    "verification",
    "due",
)
"""In the order in which they stand on the page."""
BEST_FIRST, WORST_FIRST = "best", "worst"
ORDERS = {
    BEST_FIRST: _("Best match first"),
    WORST_FIRST: _("Worst first"),
    "due": _("Next due first"),
    "news": _("Latest news first"),
    "reference": _("By reference"),
}


class FacetField(forms.MultipleChoiceField):
    """Some of the values of a facet; what is no value of it is named."""

    default_error_messages = {
        "invalid_choice": _("“%(value)s” is no value of this filter."),
    }

    def to_python(self, value: Any) -> list[str]:
        """What is empty asks for nothing: forms send their empty fields too."""
        return [word for word in super().to_python(value) if word]


def facet(label: Any, choices: Iterable[tuple[Any, Any]] = ()) -> FacetField:
    """A facet of a list; where rows are chosen, the form's `named` has them."""
    return FacetField(choices=choices, label=label, required=False)


class FacetedForm(forms.Form):
    """The questions to a list: words, and some values of each of its `facets`.

    `blank` says by facet how an address asks for what is empty in the column. `named` holds the
    rows that may be chosen, looked up once.
    """

    facets: ClassVar[tuple[str, ...]] = ()
    blank: ClassVar[Mapping[str, str]] = {}

    q = forms.CharField(label=_("Words"), max_length=LONGEST_SEARCH, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name, rows in self.named.items():
            self._field(name).choices = NamedChoices(rows)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @cached_property
    def named(self) -> dict[str, list[Named]]:
        return {}

    def _chosen_rows(self, name: str) -> list[Named]:
        words = set(getattr(self, "cleaned_data", {}).get(name) or ())
        return [row for row in self.named[name] if row.word in words]

    @property
    def words(self) -> list[str] | None:
        """The folded words looked for: None where none were asked, empty where none are words."""
        asked = self.cleaned_data.get("q")
        return terms(asked) if asked else None

    @property
    def chosen(self) -> dict[str, set[Any]]:
        """By facet the values as the columns hold them."""
        said = {name: self.cleaned_data.get(name) or [] for name in self.facets}
        return {name: self._as_held(name, values) for name, values in said.items() if values}

    def _as_held(self, name: str, words: list[str]) -> set[Any]:
        if name in self.named:
            return {row.pk for row in self._chosen_rows(name)}
        return {"" if self.blank.get(name) == word else word for word in words}


class NamedChoices(BaseChoiceIterator):
    """Rows as choices: as an iterator Django takes them as they are, however many there are."""

    def __init__(self, rows: Sequence[Named]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((row.word, row.name) for row in self._rows)


class CommitmentListForm(FacetedForm):
    """The questions to the list of commitments."""

    facets = FACETS
    blank = {"stage": NOT_STATED, "verification": NOT_STATED}

    programme = facet(_("Programme"))
    priority = facet(_("Priority"))
    organisation = facet(_("Organisation"))
    kind = facet(_("Kind"), CommitmentKind.choices)
    stage = facet(_("Stage"), [(NOT_STATED, _("no stage stated")), *Stage.choices])
    forecast = facet(_("Forecast"), Forecast.choices)
    reporting = facet(_("Reporting"), Reporting.choices)
    verification = facet(
        _("Verification"), [(NOT_STATED, _("nothing to verify yet")), *Verification.choices]
    )
    due = facet(_("Due"), DUE.items())
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS.items(), required=False)
    demo = YesNoField(label=_("The demonstration"), required=False, widget=forms.HiddenInput)

    @cached_property
    def named(self) -> dict[str, list[Named]]:
        return part("named", make=_named)

    def clean(self) -> dict[str, Any]:
        """Invented and real rows never stand in one list (design §9)."""
        said = super().clean() or {}
        worlds = {row.is_demo for row in self._chosen_rows("programme")}
        if len(worlds) > 1:
            self.add_error("programme", ValidationError(_ONE_WORLD, code="one_world"))
        return said

    @property
    def is_demo(self) -> bool:
        """Whether the demonstration is asked for: by name, or by one of its programmes."""
        asked = getattr(self, "cleaned_data", {}).get("demo")
        worlds = [row.is_demo for row in self._chosen_rows("programme")]
        return worlds[0] if worlds else bool(asked)

    @property
    def sorting(self) -> str:
        """A word of `ORDERS`: what fits best comes first where there are words to fit."""
        asked = self.cleaned_data.get("order") or BEST_FIRST
        return asked if asked != BEST_FIRST or self.words else WORST_FIRST


def _named() -> dict[str, list[Named]]:
    return {
        "programme": facets.programmes(),
        "priority": facets.priorities(),
        "organisation": facets.organisations(),
    }


_ONE_WORLD = _("The demonstration and the real record are never shown in one list.")


def kept(
    asked: QueryDict,
    *,
    facets: Iterable[str] = FACETS,
    without: tuple[str, str] | None = None,
) -> str:
    """The questions in one order, without the empty ones and without one, as an address has them.

    `without` names a field and its value; the page that was open is not kept.
    """
    said = QueryDict(mutable=True)
    for name in ("q", *facets, "order", "demo"):
        values = [value for value in dict.fromkeys(asked.getlist(name)) if value]
        left = [value for value in values if (name, value) != without]
        if without == (name, ""):
            left = []
        if left:
            said.setlist(name, left)
    return said.urlencode(safe="/")
