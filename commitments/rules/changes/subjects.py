"""What of a commitment a change request is about: nothing more, `milestone/2` or `target/3`."""

import re

from commitments.models import ChangeKind

_SUBJECT = re.compile(r"(milestone|target)/([1-9][0-9]{0,3})")
NOUNS: dict[str, tuple[str, ...]] = {
    ChangeKind.DATE_MOVED: ("", "milestone"),
    ChangeKind.TARGET_CHANGED: ("target",),
    ChangeKind.TARGET_ADDED: ("target",),
    ChangeKind.MILESTONE_ADDED: ("milestone",),
}
"""What each kind may be about; every other kind is about the commitment as a whole."""


def subject_of(noun: str, number: int) -> str:
    return f"{noun}/{number}"


def number_of(subject: str) -> int:
    """The number in a subject; 0 where it names none."""
    matched = _SUBJECT.fullmatch(subject)
    return int(matched[2]) if matched else 0


def fits(kind: str, subject: str) -> bool:
    """Whether a request of that kind may be about that subject, whatever exists."""
    matched = _SUBJECT.fullmatch(subject)
    if subject and not matched:
        return False
    return (matched[1] if matched else "") in NOUNS.get(kind, ("",))
