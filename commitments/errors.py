"""Why something is refused, in words the reader of a page can use.

A service or rule raises one of these; forms and the API answer it, each in one place, with
`status`. Texts are lazy translations: they are put into words in the language of the reader.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = str | Promise


class Refusal(Exception):  # noqa: N818  (the word of the house)
    """Something that is not done, with a stable code, a text and, where one is to blame, a field.

    `refusals` lists what is refused: itself here, several in `Refusals`, so that one loop
    answers both.
    """

    status: int = 422
    default_code: str = "refused"
    default_text: Text = _("This cannot be done.")

    def __init__(self, code: str = "", text: Text | None = None, field: str | None = None) -> None:
        self.code = code or self.default_code
        self.text: Text = self.default_text if text is None else text
        self.field = field
        super().__init__(self.code, self.text, self.field)

    def __str__(self) -> str:
        return str(self.text)

    @property
    def refusals(self) -> list["Refusal"]:
        return [self]


class Invalid(Refusal):
    """What was said cannot be taken: at `field`, or as a whole."""

    default_code = "invalid"
    default_text = _("This cannot be accepted as it stands.")


class Forbidden(Refusal):
    """Seen, but not theirs to do."""

    status = 403
    default_code = "forbidden"
    default_text = _("You may see this, but it is not yours to change.")


class OwnWork(Forbidden):
    """Nobody acts on their own work, administrators included."""

    default_code = "own_work"
    default_text = _("Nobody decides on their own work. Somebody else has to take this step.")


class WrongState(Refusal):
    """The thing is not, or no longer, in a state that allows this."""

    status = 409
    default_code = "wrong_state"
    default_text = _("This is no longer possible in the present state.")


class Stale(WrongState):
    """Somebody else saved meanwhile; what was typed must be shown beside what is stored."""

    default_code = "stale"
    default_text = _("Somebody else saved this meanwhile. Compare both versions and save again.")


class IllegalTransition(WrongState):
    """One stage or state may not follow the other; choices are named by their label."""

    default_code = "illegal_transition"
    default_text = _("This step is not possible from the present state.")

    def __init__(self, current: Any = None, new: Any = None) -> None:
        self.current, self.new = current, new
        super().__init__(text=self._worded() if current and new else None)
        self.args = (current, new)

    def _worded(self) -> Text:
        return format_lazy(
            _("“{new}” cannot follow “{current}”."),
            current=getattr(self.current, "label", self.current),
            new=getattr(self.new, "label", self.new),
        )


class Refusals(Refusal):
    """Several refusals at once, so that a form can show every field that is to blame.

    Its status is that of the first refusal that a better form could not mend (403, 409);
    else 422.
    """

    default_code = "refusals"
    default_text = _("Some answers cannot be accepted as they stand.")

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        if not refusals:
            raise ValueError("Refusals needs at least one refusal.")
        super().__init__()
        self._refusals = [one for refusal in refusals for one in refusal.refusals]
        self.args = (self._refusals,)
        graver = [one.status for one in self._refusals if one.status != Refusal.status]
        self.status = graver[0] if graver else Refusal.status

    def __str__(self) -> str:
        return " ".join(str(refusal) for refusal in self._refusals)

    @property
    def refusals(self) -> list[Refusal]:
        return list(self._refusals)


def refuse(refusals: Sequence[Refusal]) -> None:
    """Raise what a validator found: nothing, the one refusal, or all of them together."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(refusals)
