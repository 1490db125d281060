"""What a reader may ask of the search: words, one group of things, the demonstration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import LONGEST_SEARCH, YesNoField
from commitments.text.folding import terms

GROUPS: dict[str, Any] = {
    "commitments": _("Commitments"),
    "organisations": _("Organisations"),
    "programmes": _("Programmes and priorities"),
    "instruments": _("Instruments"),
    "indicators": _("Indicators"),
    "findings": _("Recognitions, notes, gaps and contradictions"),
    "sources": _("Sources"),
    "updates": _("Updates"),
}
"""What is found, by groups, in the order in which the page shows them."""


class SearchForm(forms.Form):
    """`only` names one group, all of which is then shown."""

    q = forms.CharField(label=_("Words"), max_length=LONGEST_SEARCH, required=False)
    only = forms.ChoiceField(label=_("Only"), choices=GROUPS.items(), required=False)
    demo = YesNoField(label=_("The demonstration"), required=False)

    @property
    def words(self) -> list[str]:
        """The folded words looked for; none where what was asked has no word in it."""
        return terms(self.cleaned_data.get("q") or "")

    @property
    def is_demo(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("demo"))
