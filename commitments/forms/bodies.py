"""What staff enter of bodies: the body itself, a new name, a merger, a contact."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import AddressField, LimitedDateField, LongTextField
from commitments.models import Organisation, OrganisationKind, Source
from commitments.rules.bodies import LIMITS, BodySaid, ContactSaid, RenamingSaid
from commitments.text.display import said_text

REASON = LIMITS["reason_vi"]


class BodyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A body by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return said_text(obj, "name")


class SourceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A source of the record by title and publisher."""

    def label_from_instance(self, obj: Any) -> str:
        title = obj.title if len(obj.title) <= 100 else obj.title[:99] + "…"
        return f"{title} · {obj.publisher}" if obj.publisher else title


def _source_field(*, is_demo: bool) -> SourceChoice:
    known = Source.objects.public().filter(is_demo=is_demo).order_by("title")
    return SourceChoice(
        label=_("Source"),
        queryset=known,
        required=False,
        empty_label=_("None of the record's sources"),
        help_text=_("The publication of the record that says so."),
    )


class BodyForm(forms.Form):
    """A body as it is entered; the name of a public one changes by renaming."""

    name_vi = forms.CharField(
        label=_("Name in Vietnamese"), required=False, widget=forms.TextInput({"lang": "vi"})
    )
    name_en = forms.CharField(
        label=_("Name in English"), required=False, widget=forms.TextInput({"lang": "en"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("", _("Please choose")),
            *((kind.value, capfirst(kind.label)) for kind in OrganisationKind),
        ],
    )
    website = AddressField(label=_("Web site"), required=False)
    parent = BodyChoice(
        label=_("Stands under"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("No other body"),
    )
    skips_approver = forms.BooleanField(
        label=_("One person reports: there is no approver in the house"),
        help_text=_("What this person hands in goes to the officer, who never is skipped."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, bodies: QuerySet[Organisation], is_public: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = bodies  # type: ignore[attr-defined]
        for name in ("name_vi", "name_en") if is_public else ():
            self.fields[name].disabled = True

    @property
    def said(self) -> BodySaid:
        names = ("name_vi", "name_en", "kind", "website")
        return BodySaid(**{name: self.cleaned_data[name] or "" for name in names})


class RenameForm(forms.Form):
    """The new name, until when the old one held, and why it changed."""

    name_vi = forms.CharField(
        label=_("New name in Vietnamese"), required=False, widget=forms.TextInput({"lang": "vi"})
    )
    name_en = forms.CharField(
        label=_("New name in English"), required=False, widget=forms.TextInput({"lang": "en"})
    )
    until = LimitedDateField(
        label=_("Until when was it called by the former name?"),
        help_text=_("A day, a month, a quarter or a year. For example 5/2026."),
        required=False,
    )
    reason_vi = LongTextField(
        label=_("Public reason, in Vietnamese"), limit=REASON, lang="vi", rows=3, required=False
    )
    reason_en = LongTextField(
        label=_("Public reason, in English"), limit=REASON, lang="en", rows=3, required=False
    )

    def __init__(self, *args: Any, is_demo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"] = _source_field(is_demo=is_demo)

    @property
    def said(self) -> RenamingSaid:
        return RenamingSaid(**{name: self.cleaned_data[name] for name in RenamingSaid.__slots__})


class MergeForm(forms.Form):
    """Which body takes it up, and since when."""

    into = BodyChoice(
        label=_("Which body takes it up?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose the body that takes it up.")},
    )
    merged = LimitedDateField(
        label=_("Since when?"),
        help_text=_("A day, a month, a quarter or a year. For example 2025."),
        required=False,
    )

    def __init__(
        self, *args: Any, bodies: QuerySet[Organisation], is_demo: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["source"] = _source_field(is_demo=is_demo)


class ContactForm(forms.Form):
    """Somebody whom the delivery unit may write to or call."""

    name = forms.CharField(label=_("Full name"), max_length=150, required=False)
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def said(self) -> ContactSaid:
        return ContactSaid(**{name: self.cleaned_data[name] for name in ContactSaid.__slots__})
