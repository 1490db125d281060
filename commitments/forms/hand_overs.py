"""To whom everything goes over, and whether the giver leaves."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField
from commitments.forms.people import PersonField
from commitments.models import User
from commitments.services.hand_overs import LONGEST_NOTE


class HandOverForm(forms.Form):
    """The taker, whether the giver leaves the body, and a note."""

    taker = PersonField(label=_("Who takes over"))
    giver_leaves = forms.BooleanField(
        label=_("The person leaves the body"),
        help_text=_("All their roles in it end today."),
        required=False,
    )
    note = LongTextField(
        label=_("Note to the one who takes over"),
        help_text=_("It is not public."),
        limit=LONGEST_NOTE,
        required=False,
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], roles: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        taker = self.fields["taker"]
        taker.queryset, taker.words = people, roles  # type: ignore[attr-defined]
        taker.error_messages["required"] = _("Please choose who takes over.")
