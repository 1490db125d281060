"""Rows of evidence: publications that show what an update says."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.forms.fields import AddressField, LimitedDateField, LongTextField
from commitments.models import Relation, Source, StoredFile
from commitments.rules.evidence import LIMITS, MOST_ROWS, check_addresses, check_row
from commitments.rules.files import ACCEPT
from commitments.services.citations import FILE_GONE, EvidenceSaid

PREFIX = "evidence"
NAMES = ("title", "publisher", "url", "published", "relation", "shows", "file")
"""What is typed of a row, in the order in which it is asked; `file` by choosing one."""

APART = ("published", "file")
"""Those that are not kept as the text that was typed."""

RELATIONS = [
    ("", _("Please choose")),
    *((relation.value, capfirst(relation.label)) for relation in Relation),
]


def is_number(said: str) -> bool:
    """Whether it can be the number of a row: a longer one is nobody's, and no number to Python."""
    return said.isdecimal() and len(said) < 18


class EvidenceForm(forms.Form):
    """One row; an empty one is no evidence and is left out."""

    title = forms.CharField(label=_("Title of the publication"), required=False)
    publisher = forms.CharField(label=_("Publisher"), required=False)
    url = AddressField(
        label=_("Address on the web"),
        help_text=_("Begins with https://. Leave it empty if it is not on the web."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        required=False,
    )
    published = LimitedDateField(
        label=_("Published on"),
        help_text=_("As far as it is known: 31/5/2026, 5/2026, Q2/2026 or 2026."),
        required=False,
    )
    relation = forms.ChoiceField(
        label=_("Who published it?"),
        choices=RELATIONS,
        help_text=_(
            "Your own organisation, or somebody else. Only somebody else's publication can "
            "confirm what you report."
        ),
        required=False,
    )
    shows = LongTextField(
        label=_("What does it show?"), limit=LIMITS["shows"], rows=2, required=False
    )

    file = forms.IntegerField(widget=forms.HiddenInput, required=False)
    upload = forms.FileField(
        label=_("The publication as a file"),
        help_text=_(
            "PDF, PNG, JPEG, WebP, DOCX, XLSX, PPTX, ODT, ODS or ODP. It becomes public together "
            "with the update."
        ),
        widget=forms.FileInput({"accept": ACCEPT}),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        files: Mapping[int, StoredFile] | None = None,
        fault: Refusal | None = None,
        suggest: str = "",
        **kwargs: Any,
    ) -> None:
        """`files` are those that the author may give; `fault`: why an upload was not kept;
        `suggest`: where known publications are offered."""
        super().__init__(*args, **kwargs)
        self.files_known = files or {}
        self.fault = fault
        self.known: list[Source] = []
        self.looked_for = ""
        for name in ("title", "url") if suggest else ():
            self.fields[name].widget.attrs |= self._suggesting(suggest)
        if fault is not None and not self.is_bound:
            error = ValidationError(fault.text, code=fault.code)
            self._errors = ErrorDict({"upload": self.error_class([error])})

    def _suggesting(self, address: str) -> dict[str, str]:
        row = (self.prefix or "").rpartition("-")[2]
        return {
            "autocomplete": "off",
            "hx-get": f"{address}?row={row}",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#known-{self.prefix}",
            "hx-swap": "innerHTML",
            "hx-encoding": "application/x-www-form-urlencoded",
            "hx-sync": "this:replace",
        }

    def has_changed(self) -> bool:
        return self.fault is not None or super().has_changed()

    @property
    def stored(self) -> StoredFile | None:
        """The file that the row holds."""
        number = str(self["file"].value() or "")
        return self.files_known.get(int(number)) if is_number(number) else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.fault is not None:
            self.add_error("upload", ValidationError(self.fault.text, code=self.fault.code))
        if cleaned.get("file") and cleaned["file"] not in self.files_known:
            self.add_error("upload", ValidationError(FILE_GONE, code="file_gone"))
        self._check(cleaned, complete=False)
        return cleaned

    def ask_for_all(self) -> None:
        """Add what has to be there before it is handed in."""
        if not self.is_empty:
            self._check(self.cleaned_data, complete=True)

    def _check(self, cleaned: dict[str, Any], *, complete: bool) -> None:
        texts = {name: cleaned.get(name, "") for name in ("title", "publisher", "shows")}
        relation = cleaned.get("relation", "")
        for refusal in check_row(**texts, relation=relation, complete=complete):
            if refusal.field not in self.errors:
                self.add_error(refusal.field, ValidationError(refusal.text, code=refusal.code))

    @property
    def is_empty(self) -> bool:
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in NAMES)


class BaseEvidenceFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows together: one address stands once."""

    default_error_messages = {
        "missing_management_form": _("The rows of evidence arrived incomplete. Please try again."),
        "too_many_forms": format_lazy(
            _("{limit} pieces of evidence are the most that one update can hold."), limit=MOST_ROWS
        ),
    }

    faults: Mapping[int, Refusal] = {}
    """Why an upload of a row was not kept, by the number of the row."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs(index)
        return given | {"fault": self.faults.get(-1 if index is None else index)}

    def clean(self) -> None:
        urls = [getattr(form, "cleaned_data", {}).get("url") or "" for form in self.forms]
        for index, refused in check_addresses(urls):
            self.forms[index].add_error("url", ValidationError(refused.text, code=refused.code))

    def rows(self) -> list[EvidenceSaid]:
        """What was typed, cleaned, without empty rows."""
        return [
            EvidenceSaid(
                **{name: form.cleaned_data[name] for name in NAMES if name not in APART},
                published=form.cleaned_data["published"],
                file_id=form.cleaned_data["file"],
            )
            for form in self.forms
            if not form.is_empty
        ]


EvidenceFormSet: type[BaseEvidenceFormSet] = forms.formset_factory(
    EvidenceForm,
    formset=BaseEvidenceFormSet,
    extra=0,
    max_num=MOST_ROWS,
    validate_max=True,
    absolute_max=2 * MOST_ROWS,  # whoever claims more rows has no thousand of them drawn
)  # type: ignore[assignment]


def typed_rows(data: Any) -> list[dict[str, str]]:
    """The rows of a request as they were typed, whatever its management form says."""
    return list(_typed_rows(data))


def _typed_rows(data: Any) -> Iterator[dict[str, str]]:
    for index in range(MOST_ROWS + 1):
        row = {name: data.get(f"{PREFIX}-{index}-{name}") for name in NAMES}
        if all(value is None for value in row.values()):
            return
        yield {name: value or "" for name, value in row.items()}
