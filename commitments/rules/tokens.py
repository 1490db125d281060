"""What a token of the API must say before it is made."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.models.api_token import Scope
from commitments.rules.texts import check_text

LONGEST_NAME = 100
MOST_DAYS = 366
MOST_AT_A_TIME = 10
"""How many working tokens one person may hold for one body."""


def check_token(*, name: str, scopes: Sequence[str], days: int | None) -> Iterator[Refusal]:
    """The name by which people tell it apart, what it may do, and how many days it works."""
    if not name.strip():
        text = _("Please name the system that will use the token.")
        yield Invalid("name_missing", text, "name")
    yield from check_text(name, LONGEST_NAME, "name")
    if not scopes:
        yield Invalid("scopes_missing", _("Please choose what the token may do."), "scopes")
    elif not set(scopes) <= set(Scope.values):
        yield Invalid("scope_unknown", _("Please choose what the token may do."), "scopes")
    if days is None or not 1 <= days <= MOST_DAYS:
        text = _("Please choose after how many days it ends: 1 to 366.")
        yield Invalid("days_out_of_bounds", text, "days")
