"""The names that a body's own system gives to its updates, each once in the body."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import WrongState
from commitments.models import ClientReference, StatusUpdate


class ReferenceTaken(WrongState):
    """Another update of the body has this reference: `update`."""

    default_code = "reference_taken"
    default_text = _("Another update of your body has this reference already.")

    def __init__(self, update: StatusUpdate) -> None:
        super().__init__(field="client_reference")
        self.update = update


def refuse_taken(*, body_id: int, reference: str, but: StatusUpdate | None = None) -> None:
    """Raise ReferenceTaken where an update other than `but` has it."""
    alike = ClientReference.objects.filter(organisation=body_id, reference=reference)
    found = alike.select_related("update").first()
    if found is not None and (but is None or found.update_id != but.pk):
        raise ReferenceTaken(found.update)


def name_update(update: StatusUpdate, reference: str) -> None:
    """Give it the reference in place of the one it had; an empty one takes that away.

    Raises ReferenceTaken, also when another request took it at the same time.
    """
    body_id = update.body_id or 0
    if not reference:
        ClientReference.objects.filter(update=update).delete()
        return
    refuse_taken(body_id=body_id, reference=reference, but=update)
    try:
        with transaction.atomic():
            ClientReference.objects.update_or_create(
                update=update, defaults={"organisation_id": body_id, "reference": reference}
            )
    except IntegrityError:
        refuse_taken(body_id=body_id, reference=reference, but=update)
        raise
