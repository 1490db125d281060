"""The address that follows something by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import read
from commitments.forms.guarded import GuardedForm
from commitments.rules.citizens import read_mail_address


class MailAddressField(forms.CharField):
    """An e-mail address, spelled as it is kept. Empty stays empty where it may be."""

    def __init__(self, **options: object) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        super().__init__(widget=widget, **options)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        return read(read_mail_address, typed) if typed else ""


class SubscribeForm(GuardedForm):
    """Who is to be told; of what, the address of the page says."""

    email = MailAddressField(
        label=_("Your e-mail address"),
        help_text=_("It is kept for these mails only, never shown, and deleted when you stop."),
        error_messages={"required": _("Please enter your e-mail address.")},
    )
