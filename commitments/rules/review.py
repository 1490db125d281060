"""What a reviewer may comment on: the fields of the update form, by the names they have there."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.rules.texts import check_text

PLAIN = (
    "kind",
    "as_of_on",
    "stage",
    "forecast",
    "summary_vi",
    "summary_en",
    "problem_vi",
    "problem_en",
    "asked_vi",
    "asked_en",
    "correction_reason_vi",
    "correction_reason_en",
)
"""The columns of an update that its author fills in, in the order of the form."""

TEXTS = PLAIN[4:]
EVIDENCE = "evidence"
LONGEST_COMMENT = 2000


def figure_field(target_id: int) -> str:
    return f"target_{target_id}"


def comment_field(name: str) -> str:
    """How the form of a return calls the comment on a field."""
    return f"on_{name}"


def check_field_comments(said: Mapping[str, str], targets: Iterable[int]) -> list[Refusal]:
    """Each names a field that the form has, and is no longer than a comment may be."""
    known = {*PLAIN, EVIDENCE, *(figure_field(key) for key in targets)}
    found: list[Refusal] = []
    for name, text in said.items():
        if name not in known:
            found.append(Invalid("field_unknown", _UNKNOWN))
        else:
            found += check_text(text, LONGEST_COMMENT, comment_field(name))
    return found


_UNKNOWN = _("One of the comments is on a field that this update does not have.")
