"""What staff may ask of the register: every filter, every order, the columns to show."""

from datetime import date, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.filters.commitments import CommitmentFilter, by_title
from commitments.filters.fields import LimitedDateFilter
from commitments.models import (
    CLOSED,
    Assignment,
    Commitment,
    Forecast,
    Participation,
    Reporting,
    Stage,
    User,
)
from commitments.reports.register import CHOSEN_AT_FIRST, COLUMNS
from commitments.rules.dates import LimitedDate

SOON = timedelta(days=30)
"""How far ahead "soon due" looks."""

OVERDUE, DUE_SOON, NO_DUE = "overdue", "soon", "none"
SORTS = {
    "reference": _("by reference"),
    "title": _("by title"),
    "lead": _("by responsible body"),
    "due": _("by due date"),
    "stage": _("by stage"),
    "forecast": _("by forecast"),
    "reporting": _("by reporting"),
    "as_of": _("by last update"),
}
_REVERSED = _("{order}, the other way round")
ORDERS = [
    *SORTS.items(),
    *((f"-{name}", format_lazy(_REVERSED, order=order)) for name, order in SORTS.items()),
]


def _in_turn(field: str, words: Any) -> Case:
    """The place of a word in its vocabulary; what has none comes last."""
    places = [When(**{field: word}, then=Value(place)) for place, word in enumerate(words)]
    return Case(*places, default=None, output_field=IntegerField())


def _lead_name() -> Subquery:
    leading = Participation.objects.leading().filter(commitment=OuterRef("pk"))
    return Subquery(leading.values("organisation__search_text")[:1])


def _key(name: str) -> Any:
    keys: dict[str, Any] = {
        "reference": F("reference"),
        "title": by_title(),
        "lead": _lead_name(),
        "due": F("due_latest"),
        "stage": _in_turn("stage", Stage.values),
        "forecast": _in_turn("forecast", Forecast.values),
        "reporting": _in_turn("reporting", Reporting.values),
        "as_of": F("last_as_of_on"),
    }
    return keys[name]


class ColumnsField(forms.MultipleChoiceField):
    """The columns to show; none chosen means those of the beginning."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [name for name in COLUMNS if name in chosen] or [*CHOSEN_AT_FIRST]


class ColumnsFilter(filters.Filter):  # type: ignore[misc]
    field_class = ColumnsField


class RegisterForm(forms.Form):
    """The questions as a form: days that end before they begin are refused."""

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        since, until = asked.get("due_from"), asked.get("due_to")
        if since and until and since.earliest > until.latest:
            self.add_error("due_to", _WRONG_WAY_ROUND)
        return asked


_WRONG_WAY_ROUND = _("This day lies before the one from which you ask.")


class RegisterFilter(CommitmentFilter):
    """All that staff may ask. Needs the rows of `for_list`, the person and the day.

    The demonstration and the real record never stand in one list (design §9): without a
    programme the rows are of the person's own world.
    """

    forecast = filters.ChoiceFilter(
        choices=Forecast.choices, label=_("Forecast"), empty_label=_("All")
    )
    reporting = filters.ChoiceFilter(
        choices=Reporting.choices,
        method="as_computed",
        label=_("Reporting"),
        empty_label=_("All"),
    )
    due = filters.ChoiceFilter(
        choices=[
            (OVERDUE, _("past due")),
            (DUE_SOON, _("in the next 30 days")),
            (NO_DUE, _("no due date")),
        ],
        method="due_as",
        label=_("Due"),
        empty_label=_("All"),
    )
    due_from = LimitedDateFilter(method="due_since", label=_("Due from"))
    due_to = LimitedDateFilter(method="due_until", label=_("Due until"))
    state = filters.ChoiceFilter(
        choices=[("draft", _("draft")), ("published", _("published"))],
        method="in_state",
        label=_("State"),
        empty_label=_("All"),
    )
    mine = filters.ChoiceFilter(
        choices=[("true", _("assigned to me")), ("nobody", _("assigned to nobody"))],
        method="in_charge",
        label=_("Who reports"),
        empty_label=_("All"),
    )
    columns = ColumnsFilter(method="leave", label=_("Columns"), choices=list(COLUMNS.items()))
    sort = filters.ChoiceFilter(choices=ORDERS, method="leave", label=_("Order"), empty_label=None)

    class Meta:
        model = Commitment
        fields: list[str] = []
        form = RegisterForm

    def __init__(self, *args: Any, person: User, is_demo: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.is_demo, self.today = person, is_demo, today

    def as_computed(
        self, rows: QuerySet[Commitment], name: str, value: str | bool
    ) -> QuerySet[Commitment]:
        return rows.filter(**{name: value})

    def due_as(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        if value == OVERDUE:
            return self.as_computed(rows, "is_past_due", True)
        if value == NO_DUE:
            return rows.filter(due="")
        soon = Q(due_latest__gte=self.today, due_latest__lte=self.today + SOON)
        return rows.filter(soon).exclude(stage__in=CLOSED)

    def due_since(
        self, rows: QuerySet[Commitment], _name: str, value: LimitedDate
    ) -> QuerySet[Commitment]:
        return rows.filter(due_latest__gte=value.earliest)

    def due_until(
        self, rows: QuerySet[Commitment], _name: str, value: LimitedDate
    ) -> QuerySet[Commitment]:
        return rows.filter(due_latest__lte=value.latest)

    def in_state(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        return rows.filter(published_at__isnull=value == "draft")

    def in_charge(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        charges = Assignment.objects.reporting()
        if value == "nobody":
            known = Commitment.objects.worked_on_by(self.person).values("pk")
            return rows.filter(pk__in=known).exclude(pk__in=charges.values("commitment"))
        return rows.filter(pk__in=charges.filter(person=self.person).values("commitment"))

    def leave(self, rows: QuerySet[Commitment], _name: str, _value: Any) -> QuerySet[Commitment]:
        """Says how rows are shown, not which."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Commitment]) -> QuerySet[Commitment]:
        rows: QuerySet[Commitment] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if not asked["programme"]:
            rows = rows.filter(programme__is_demo=self.is_demo)
        sort = asked["sort"] or "reference"
        key = _key(sort.removeprefix("-"))
        first = (
            F("_key").desc(nulls_last=True) if sort[0] == "-" else F("_key").asc(nulls_last=True)
        )
        return rows.annotate(_key=key).order_by(first, *IN_TURN)

    @property
    def columns_shown(self) -> list[str]:
        """The columns to show; those of the beginning where they could not be read."""
        said = getattr(self.form, "cleaned_data", {}).get("columns")
        return said or [*CHOSEN_AT_FIRST]


IN_TURN = (F("reference").asc(nulls_last=True), "pk")
"""The order among equals: drafts, which have no reference yet, come last on every database."""
ONLY_SHOWN = ("columns", "sort")
"""What says how rows are shown, not which."""


AT_FIRST = {"columns": [*CHOSEN_AT_FIRST], "sort": ["reference"]}
"""What holds unless something else is asked for; it is not kept."""


def kept(asked: QueryDict, *, but: tuple[str, ...] = ()) -> str:
    """The questions that were asked, in one order and without the empty ones: as they are kept."""
    names = [name for name in RegisterFilter.base_filters if name not in but]
    said = QueryDict(mutable=True)
    for name in names:
        values = [value for value in asked.getlist(name) if value]
        if values and values != AT_FIRST.get(name):
            said.setlist(name, values)
    return said.urlencode()
