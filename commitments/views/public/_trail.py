"""Where a public page stands, from the overview down."""

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.models import Commitment, Organisation, Priority, Programme
from commitments.text.display import said

Step = tuple[str, str]


def trail(*steps: Step) -> list[Step]:
    """The steps from the overview to this page; the last one has no address."""
    return [(_("Overview"), reverse("home")), *steps]


def programme_step(programme: Programme) -> Step:
    return said(programme, "name"), reverse("programme-detail", args=[programme.slug])


def commitment_step(commitment: Commitment) -> Step:
    return commitment.reference or "", reverse("commitment-detail", args=[commitment.slug])


def here(row: Model | str) -> Step:
    """This page itself, by the name of its row."""
    if isinstance(row, Organisation | Programme):
        return said(row, "name"), ""
    if isinstance(row, Priority):
        return _("Priority {number}").format(number=row.number), ""
    return str(row), ""
