"""The rows of a plan: who takes part, targets, milestones, sources; empty ones are left out."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.forms.fields import (
    AddressField,
    DayField,
    FigureField,
    LimitedDateField,
    LineField,
    LongTextField,
)
from commitments.forms.plan.offered import Found, Offered, find_sources
from commitments.forms.plan.whole import PLEASE, labelled
from commitments.models import (
    Comparator,
    Confidence,
    Cumulation,
    Direction,
    Language,
    Part,
    Source,
    SourceKind,
    TakenOn,
)
from commitments.rules.commitments import (
    MOST_ROWS,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
)
from commitments.text.display import active_language

_HOW_PRECISE = _("As precise as it was said: 31/5/2026, 5/2026, Q2/2026 or 2026.")
_NUMBERS = forms.HiddenInput


class RowForm(forms.Form):
    """One row. What stands only in columns that are not `telling` makes no row."""

    telling: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered

    @property
    def is_empty(self) -> bool:
        typed = (self.data.get(self.add_prefix(name)) for name in self.telling)
        return not any((value or "").strip() for value in typed)


class PartForm(RowForm):
    """A body's part."""

    telling = ("organisation", "stage", "since")
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    role = forms.ChoiceField(label=_("Its part"), choices=labelled(Part), required=False)
    stage = forms.ChoiceField(
        label=_("How was it taken on?"),
        choices=[("", _("Not stated")), *labelled(TakenOn)],
        required=False,
    )
    since = LimitedDateField(label=_("Since"), help_text=_HOW_PRECISE, required=False)
    confidence = forms.ChoiceField(
        label=_("How sure are we?"), choices=labelled(Confidence), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ChoiceField)
        organisation.choices = [PLEASE, *self.offered.organisations]

    def said(self, number: int) -> PartSaid:
        return PartSaid(**{name: self.cleaned_data[name] for name in self.fields})


class NumberedForm(RowForm):
    """A row that keeps its number for good; a new one gets the next."""

    number = forms.IntegerField(required=False, min_value=1, max_value=9999, widget=_NUMBERS)

    def cells(self, number: int) -> dict[str, Any]:
        cleaned = {name: self.cleaned_data[name] for name in self.fields}
        return cleaned | {"number": self.cleaned_data["number"] or number}


class TargetForm(NumberedForm):
    """A promised quantity, or a promise without one."""

    telling = ("text_vi", "text_en", "metric", "unit", "value", "value_max", "baseline",
               "baseline_on", "due")  # fmt: skip
    text_vi = LongTextField(
        label=_("What is promised, in Vietnamese"), limit=1000, lang="vi", rows=2, required=False
    )
    text_en = LongTextField(
        label=_("What is promised, in English"), limit=1000, lang="en", rows=2, required=False
    )
    metric = LineField(
        label=_("What is counted"), help_text=_("For example: stations."), required=False
    )
    unit = LineField(
        label=_("Unit"), help_text=_("For example: stations, percent."), required=False
    )
    comparator = forms.ChoiceField(
        label=_("Comparison"),
        choices=[("", _("Not stated")), *labelled(Comparator)],
        required=False,
    )
    value = FigureField(label=_("Figure"), unit="", negative=True, percent=True, required=False)
    value_max = FigureField(
        label=_("Upper figure, of a range"), unit="", negative=True, percent=True, required=False
    )
    due = LimitedDateField(label=_("By when"), help_text=_HOW_PRECISE, required=False)
    baseline = FigureField(
        label=_("Starting from"), unit="", negative=True, percent=True, required=False
    )
    baseline_on = DayField(label=_("Starting figure as of"), required=False)
    direction = forms.ChoiceField(
        label=_("What is better?"),
        choices=[("", _("Not stated")), *labelled(Direction)],
        required=False,
    )
    cumulation = forms.ChoiceField(
        label=_("How do reported figures add up?"),
        choices=[("", _("Not stated")), *labelled(Cumulation)],
        required=False,
    )

    def said(self, number: int) -> TargetSaid:
        return TargetSaid(**self.cells(number))


class MilestoneForm(NumberedForm):
    """A dated step."""

    telling = ("title_vi", "title_en", "due")
    title_vi = LineField(label=_("The step, in Vietnamese"), required=False)
    title_en = LineField(label=_("The step, in English"), required=False)
    due = LimitedDateField(label=_("By when"), help_text=_HOW_PRECISE, required=False)

    def said(self, number: int) -> MilestoneSaid:
        return MilestoneSaid(**self.cells(number))


class SourceForm(RowForm):
    """A publication: one that is known, or a new one. `known` is the row that it names."""

    telling = ("slug", "title", "publisher", "url", "published")
    slug = forms.CharField(required=False, widget=forms.HiddenInput)
    title = LineField(
        label=_("Title of the publication"),
        help_text=_("Begin to type: sources of the record are offered."),
        required=False,
        widget=forms.TextInput({"list": "known-sources", "autocomplete": "off"}),
    )
    publisher = LineField(label=_("Publisher"), required=False)
    published = LimitedDateField(
        label=_("Published on"),
        help_text=_("As far as it is known: 31/5/2026, 5/2026, Q2/2026 or 2026."),
        required=False,
    )
    url = AddressField(
        label=_("Address on the web"),
        help_text=_("Begins with https://. Leave it empty if it is not on the web."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Not stated")), *labelled(Language)], required=False
    )
    kind = forms.ChoiceField(
        label=_("What kind of publication?"),
        choices=[("", _("Not stated")), *labelled(SourceKind)],
        required=False,
    )
    known: Source | None = None

    @property
    def is_settled(self) -> bool:
        """A public source stands as it is; one that only drafts name can still be amended."""
        return self.known is not None and self.known.published_at is not None

    def look_up(self, found: Found) -> None:
        """Name the known source that this row means; refuse a title that several have."""
        cleaned = getattr(self, "cleaned_data", {})
        slug, url = cleaned.get("slug", ""), cleaned.get("url", "")
        titled = [] if url else found.by_title.get(cleaned.get("title", ""), [])
        if slug or url:
            self.known = found.by_slug.get(slug) or found.by_url.get(url)
        elif len(titled) > 1:
            text = _("Several sources have this title. Please give its address too.")
            self.add_error("title", ValidationError(text, code="title_of_several"))
        else:
            self.known = titled[0] if titled else None

    def said(self, number: int) -> SourceSaid:
        if self.known is not None and not self._amends(self.known):
            return SourceSaid(slug=self.known.slug)
        return SourceSaid(**{name: self.cleaned_data[name] for name in self.fields})

    def _amends(self, known: Source) -> bool:
        """Whether something else was typed of a source that only drafts name so far."""
        if self.is_settled or not self.cleaned_data.get("slug"):
            return False
        typed = {name: self.cleaned_data[name] or "" for name in self.fields}
        return any(str(value) != getattr(known, name) for name, value in typed.items())


class BaseRowSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows of one kind."""

    default_error_messages = {
        "missing_management_form": _("Some rows arrived incomplete. Please try again."),
        "too_many_forms": _("These are too many rows."),
    }

    @property
    def filled(self) -> list[Any]:
        return [form for form in self.forms if not form.is_empty]

    def said(self) -> tuple[Any, ...]:
        """What the rows say, without empty ones; each new one takes the next free number."""
        taken = [form.cleaned_data.get("number") or 0 for form in self.filled]
        following = max(taken, default=0)
        rows = []
        for form in self.filled:
            if not form.cleaned_data.get("number"):
                following += 1
            rows.append(form.said(following))
        return tuple(rows)

    def answer(self, refusal: Refusal) -> None:
        """Put a refusal at its cell, or above the rows when it is about all of them."""
        error = ValidationError(refusal.text, code=refusal.code)
        place = (refusal.field or "").split("-")
        if len(place) == 3 and place[1].isdigit() and int(place[1]) < len(self.filled):
            form = self.filled[int(place[1])]
            form.add_error(self._field(form, place[2], refusal.code), error)
        else:
            self.non_form_errors().append(error)

    def _field(self, form: forms.Form, name: str, code: str) -> str | None:
        """A text that either language may give is asked for in the reader's."""
        readers = f"{name.removesuffix('_vi')}_{active_language()}"
        if code.endswith("_missing") and readers in form.fields:
            return readers
        return name if name in form.fields and not form.fields[name].widget.is_hidden else None


class SourceSet(BaseRowSet):
    """The sources together: what each names is looked up for all of them at once."""

    def clean(self) -> None:
        cleaned = [getattr(form, "cleaned_data", {}) for form in self.forms]
        found = find_sources(
            self.form_kwargs["offered"].programme,
            slugs=[one.get("slug", "") for one in cleaned],
            urls=[one.get("url", "") for one in cleaned],
            titles=[one.get("title", "") for one in cleaned],
        )
        for form in self.forms:
            form.look_up(found)

    def name_known(self, known: Mapping[str, Source]) -> None:
        """Tell rows that nobody has sent yet which source they stand for."""
        for form in self.forms:
            form.known = known.get(form.initial.get("slug", ""))


def _row_set(form: type[RowForm], name: str, base: type[BaseRowSet] = BaseRowSet) -> Any:
    most = MOST_ROWS[name]
    made: Any = forms.formset_factory(
        form, formset=base, extra=0, max_num=most, validate_max=True, absolute_max=most + 1
    )
    text = format_lazy(_("{limit} rows are the most that can be kept."), limit=most)
    made.default_error_messages = base.default_error_messages | {"too_many_forms": text}
    return made


ROW_SETS: dict[str, Any] = {
    "parts": _row_set(PartForm, "parts"),
    "targets": _row_set(TargetForm, "targets"),
    "milestones": _row_set(MilestoneForm, "milestones"),
    "sources": _row_set(SourceForm, "sources", SourceSet),
}
"""The kinds of rows, in the order of the form."""
