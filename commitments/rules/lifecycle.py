"""Which stage may follow which by what a body says, and which deed moves an update where."""

from commitments.errors import IllegalTransition
from commitments.models.axes import BODY_STAGES, CLOSED
from commitments.models.review import Deed
from commitments.models.update import UpdateState

TRANSITIONS: dict[tuple[str, str], UpdateState] = {
    (UpdateState.DRAFT, Deed.SUBMITTED): UpdateState.SUBMITTED,
    (UpdateState.RETURNED, Deed.SUBMITTED): UpdateState.SUBMITTED,
    (UpdateState.SUBMITTED, Deed.APPROVED): UpdateState.APPROVED,
    (UpdateState.SUBMITTED, Deed.RETURNED): UpdateState.RETURNED,
    (UpdateState.APPROVED, Deed.RETURNED): UpdateState.RETURNED,
    (UpdateState.APPROVED, Deed.PUBLISHED): UpdateState.PUBLISHED,
}
"""The life of an update (design §5): the state it is in, the deed, and the state it is in then."""

WITHOUT_APPROVER: dict[tuple[str, str], UpdateState] = {
    (UpdateState.SUBMITTED, Deed.PUBLISHED): UpdateState.PUBLISHED,
}
"""What is possible besides for a body whose approver is skipped; the officer never is."""


def may_follow(current: str, new: str) -> bool:
    """Whether a body's update may move a commitment from the `current` stage to the `new` one.

    `current` is empty where no stage was stated. A closed commitment is reopened by no update.
    """
    return current not in CLOSED and new in BODY_STAGES


def may_move(state: str, deed: str, *, skips_approver: bool = False) -> bool:
    """Whether the deed is possible in this state, whoever does it."""
    return _after(state, deed, skips_approver=skips_approver) is not None


def state_after(state: str, deed: str, *, skips_approver: bool = False) -> UpdateState:
    """The state that the deed leads to. Raises IllegalTransition where it is not possible."""
    after = _after(state, deed, skips_approver=skips_approver)
    if after is None:
        raise IllegalTransition(UpdateState(state), Deed(deed))
    return after


def _after(state: str, deed: str, *, skips_approver: bool) -> UpdateState | None:
    extra = WITHOUT_APPROVER.get((state, deed)) if skips_approver else None
    return TRANSITIONS.get((state, deed)) or extra
