"""Where a webhook sends, and of what it tells; the rules judge it (`rules/webhooks.py`)."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import read
from commitments.forms.guarded import GuardedForm
from commitments.forms.subscribe import MailAddressField
from commitments.models import Programme
from commitments.reports.public import NOUNS
from commitments.rules.outgoing import check_outgoing
from commitments.rules.webhooks import LONGEST_NAME
from commitments.text.display import said_text


class WebhookForm(forms.Form):
    """Nothing ticked means everything of the record, and nothing of the demonstration."""

    address = forms.CharField(
        label=_("Address of the receiver"),
        help_text=_("It begins with https:// and is reached from the internet."),
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    name = forms.CharField(
        label=_("A name for it"),
        help_text=_("By which you tell it from others, for example “Data store”."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    programmes = forms.MultipleChoiceField(
        label=_("Only these programmes"),
        help_text=_(
            "None ticked: the whole record. What is invented for the demonstration is sent only "
            "where its programme is ticked."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of objects"),
        help_text=_("None ticked: all kinds."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        programmes = Programme.objects.public().order_by("pk")
        self._offer("programmes", [(row.slug, said_text(row, "name")) for row in programmes])
        self._offer("kinds", [(one.kind, capfirst(one.model._meta.verbose_name)) for one in NOUNS])

    def clean_address(self) -> str:
        """Refused here already, so that every field to blame is named at once."""
        typed: str = self.cleaned_data["address"]
        return read(lambda url: check_outgoing(url, ports=settings.OUTGOING_PORTS), typed)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


class AskWebhookForm(WebhookForm, GuardedForm):
    """The same from somebody without an account, and their e-mail address."""

    email = MailAddressField(
        label=_("Your e-mail address"),
        help_text=_(
            "A link to confirm goes there, and word when the receiver fails for days. "
            "It is never shown, and deleted when you end the webhook."
        ),
        error_messages={"required": _("Please enter your e-mail address.")},
    )
    field_order = ("email", "address", "name", "programmes", "kinds")

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, now=now)


class ReplayForm(forms.Form):
    """After which event everything is told once more."""

    after = forms.IntegerField(
        label=_("After which event?"),
        help_text=_("Its number in the record; 0 sends the whole history."),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
