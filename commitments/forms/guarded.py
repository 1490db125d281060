"""A form that anybody may send: kept from programs without cookie, script or third party."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.rules.citizens import check_stamp
from commitments.text.citizens import make_stamp, new_nonce, read_stamp


class GuardedForm(forms.Form):
    """With a field that only programs fill in, and a signed stamp of when the form was shown.

    Whoever is refused keeps all that they typed, gets a good stamp, and only has to press again:
    also somebody whose browser filled in what nobody sees.
    """

    homepage = forms.CharField(required=False, label=_("Please leave this field empty"))

    def __init__(self, data: Any = None, *, now: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        self.now = now
        stamp = data.get("stamp", "") if data else ""
        found: tuple[str, datetime | None] = read_stamp(stamp) or ("", None)
        self.form_id, self.shown_at = found

    @property
    def stamp(self) -> str:
        """For the form as it is shown now: the one it came with, unless that is of no use."""
        fault = self._stamp_fault()
        if self.shown_at and (fault is None or fault.code == "too_fast"):
            return make_stamp(self.form_id, self.shown_at)
        return make_stamp(new_nonce(), self.now)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.pop("homepage", ""):
            raise ValidationError(_TRAPPED, code="trapped")
        fault = None if self.errors else self._stamp_fault()  # typing mistakes first, alone
        if fault is not None:
            raise ValidationError(fault.text, code=fault.code)
        return cleaned

    def _stamp_fault(self) -> Refusal | None:
        try:
            check_stamp(self.shown_at, self.now)
        except Refusal as refused:
            return refused
        return None


_TRAPPED = _(
    "A field that nobody sees was filled in, perhaps by your browser. "
    "Nothing is lost: please press the button once more."
)
