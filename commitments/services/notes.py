"""Internal notes: remarks beside the public text, for one house or shared between two."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, refuse
from commitments.models import ChangeRequest, Commitment, InternalNote, StatusUpdate, User
from commitments.rules import access
from commitments.rules.texts import check_text

LONGEST = 4000

About = Commitment | StatusUpdate | ChangeRequest

_EMPTY = _("Please write the note.")


@transaction.atomic
def write_note(
    *, about: About, text: str, is_shared: bool, author: User, now: datetime
) -> InternalNote:
    """Write a note beside a commitment, an update or a change; for ever, as nothing edits it.

    It belongs to the body for which the author works on the commitment, and only that body reads
    it unless it `is_shared` between lead and delivery unit. The same note sent twice is one.
    Raises Forbidden for who may not write here, Invalid for a text that cannot be kept.
    """
    commitment = about if isinstance(about, Commitment) else about.commitment
    locked = Commitment.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.pk)
    organisation = access.writes_notes_for(author, locked)
    if organisation is None:
        raise Forbidden
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise Invalid("text_missing", _EMPTY, "text")
    refuse([*check_text(text, LONGEST, "text")])
    subject = {_column(about): about}
    newest = InternalNote.objects.filter(**subject, author=author).order_by("-pk").first()
    if newest and (newest.text, newest.is_shared) == (text, is_shared):
        return newest
    return InternalNote.objects.create(
        **subject,
        organisation_id=organisation,
        is_shared=is_shared,
        text=text,
        author=author,
        written_at=now,
    )


def _column(about: About) -> str:
    """Which column names the thing that the note is about."""
    columns = {Commitment: "commitment", StatusUpdate: "update", ChangeRequest: "change"}
    return columns[type(about)]
