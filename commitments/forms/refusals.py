"""Where a form answers what a service refused: at the field to blame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commitments.errors import Refusal
from commitments.text.display import active_language


@contextmanager
def refusals_on(
    form: forms.BaseForm,
    formset: forms.BaseFormSet[Any] | None = None,
    *,
    only_once: bool = False,
) -> Iterator[None]:
    """Put what a better form could mend (422) on the form; all else is passed on.

    A refusal that names the formset's prefix as its field stands above its rows. With `only_once`
    a field that says something already is left at that.
    """
    try:
        yield
    except Refusal as refused:
        if refused.status != Refusal.status:
            raise
        for refusal in refused.refusals:
            error = ValidationError(refusal.text, code=refusal.code)
            if formset is not None and refusal.field == formset.prefix:
                _above_rows(formset, error)
            elif not only_once or _field(form, refusal) not in form.errors:
                form.add_error(_field(form, refusal), error)


def _field(form: forms.BaseForm, refusal: Refusal) -> str | None:
    """The field to blame. A text that either language may give is asked for in the reader's."""
    name = refusal.field or ""
    in_readers = f"{name.removesuffix('_vi')}_{active_language()}"
    if name.endswith("_vi") and refusal.code.endswith("_missing") and in_readers in form.fields:
        return in_readers
    return name if name in form.fields else None


def _above_rows(formset: forms.BaseFormSet[Any], error: ValidationError) -> None:
    """Say it once above the rows, unless a row says it already."""
    said = [
        one for form in formset.forms for errors in form.errors.as_data().values() for one in errors
    ]
    said += formset.non_form_errors().as_data()
    if error.code not in {one.code for one in said}:
        formset.non_form_errors().append(error)
