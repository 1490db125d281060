"""`manage.py sandbox`: makes the API's sandbox anew and prints a token for it, this once."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import no_translations
from django.utils import timezone

from commitments.errors import Refusal
from commitments.services.demo.sandbox import reset_sandbox

SAID = """The sandbox is empty. Nothing in it is real, and nothing real can be reached from it.
  Commitment  {commitment}
  Reporter    {reporter}
  Approver    {approver} (both with the demonstration's password after manage.py load_demo)
  Token       {token}
The token works until {until}. It is shown this once; the one before it no longer works."""


class Command(BaseCommand):
    """Reset the sandbox; as often as you like."""

    help = "Make or reset the API's sandbox on the demonstration, and print its token."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The sandbox is for DEMO=1 only, never for production.")
        try:
            made = reset_sandbox(now=timezone.now())
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        until = timezone.localtime(made.expires_at).strftime("%Y-%m-%d %H:%M")
        self.stdout.write(SAID.format(until=until, **made._asdict()))
