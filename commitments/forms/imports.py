"""The form of an import: into which programme, and which file."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import Programme
from commitments.text.display import said_text


class ProgrammeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of programmes, each by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return said_text(obj, "name")


class ImportForm(forms.Form):
    """What the file says is read when the form stands; its errors are said at `upload`."""

    programme = ProgrammeField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose the programme.")},
    )
    upload = forms.FileField(
        label=_("File"),
        help_text=_(
            "An XLSX workbook or a CSV file of 20 MB at most. Only the file is kept: nothing of "
            "the record changes before you have seen what would."
        ),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("This file is empty."),
        },
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, ProgrammeField)
        field.queryset = programmes
        if len(programmes) == 1:
            field.initial = programmes[0]
