"""What the pages of reminders are narrowed to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField
from commitments.models import Cancelled, NoticeState, Programme, Rule
from commitments.reports.reminders import AskedComing, AskedLedger, people_named
from commitments.reports.reminders.ledger import DEAD, FAILED
from commitments.text.display import said_text

_ALL = ("", _("All"))
_STATES = (
    _ALL,
    *((value, capfirst(label)) for value, label in NoticeState.choices),
    (FAILED, _("Waits: its mail failed and is tried again")),
    (DEAD, _("Waits: its mail was given up")),
)


class _Narrowed(forms.Form):
    """Programme, person and rule, as both pages ask for them; what is not offered is not asked."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    person = forms.CharField(
        label=_("Person"), required=False, max_length=200, help_text=_("Name or address.")
    )
    rule = forms.ChoiceField(label=_("Rule"), required=False)

    def __init__(self, *args: Any, programmes: Iterable[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.programmes = list(programmes)
        offered = [(one.slug, said_text(one, "name")) for one in self.programmes]
        self._offer("programme", offered)
        self._offer("rule", [(code, capfirst(str(Rule(code).label))) for code in self.rules])

    rules: tuple[str, ...] = tuple(Rule.values)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [_ALL, *choices]  # type: ignore[attr-defined]


class ComingForm(_Narrowed):
    """Which part of the next days is shown."""

    rules = tuple(rule for rule in Rule.values if rule != Rule.N1)

    def asked(self) -> tuple[list[Programme], AskedComing]:
        """The programmes, and what else; everything where somebody tampered with the address."""
        if not self.is_valid():
            return self.programmes, AskedComing()
        said = self.cleaned_data
        wanted = [one for one in self.programmes if said["programme"] in ("", one.slug)]
        people = frozenset(people_named(said["person"])) if said["person"].strip() else None
        return wanted, AskedComing(said["rule"], people)


class LedgerForm(_Narrowed):
    """Which notices of the ledger are shown."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=_STATES)
    reason = forms.ChoiceField(
        label=_("Cancelled because"), required=False, choices=[_ALL, *Cancelled.choices]
    )
    commitment = forms.CharField(
        label=_("Commitment"), required=False, max_length=80, help_text=_("Its reference.")
    )
    first = DayField(label=_("Due from"), required=False, help_text=_("For example 31/5/2026."))
    last = DayField(label=_("Due until"), required=False, help_text=_("For example 31/5/2026."))
    field_order = (
        "state",
        "rule",
        "person",
        "programme",
        "commitment",
        "first",
        "last",
        "reason",
    )

    def asked(self) -> AskedLedger:
        """What was asked, without what cannot be read."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if "commitment" in said:
            said["commitment"] = said["commitment"].strip()
        return AskedLedger(**said)
