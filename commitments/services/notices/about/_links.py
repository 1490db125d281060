"""Where each thing is dealt with: pages that open after log-in, at the prepared form."""

from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.emails.digest import Link
from commitments.models import ChangeKind, Commitment, Role, StatusUpdate


def see_commitment(commitment: Commitment, role: Role | None) -> Link:
    """The page of staff; a senior official reads the public one."""
    view = "commitment-detail" if role == Role.SENIOR_OFFICIAL else "staff:commitment-detail"
    return Link(_("See the commitment"), view, commitment.slug)


def write_update(commitment: Commitment) -> Link:
    return Link(_("Write the update"), "staff:update-create", commitment.slug, is_deed=True)


def correct_update(update: StatusUpdate, commitment: Commitment) -> Link:
    """The form of a correction, with what the update says in it."""
    query = f"?{urlencode({'corrects': update.number})}"
    return Link(_("Correct the update"), "staff:update-create", commitment.slug, True, query)


def see_update(update: StatusUpdate) -> Link:
    return Link(_("See the update"), "staff:update-detail", update.pk)


def review_update(update: StatusUpdate) -> Link:
    return Link(_("Review the update"), "staff:update-detail", update.pk, is_deed=True)


def revise_update(update: StatusUpdate) -> Link:
    return Link(_("Revise the update"), "staff:update-edit", update.pk, is_deed=True)


def take_over_update(update: StatusUpdate) -> Link:
    """The page on which a colleague takes it over."""
    return Link(_("Take over the update"), "staff:update-detail", update.pk, is_deed=True)


def move_date(commitment: Commitment, milestone: int | None) -> Link:
    """The form that asks for another date of the commitment or of one of its milestones."""
    about = str(ChangeKind.DATE_MOVED.value)
    label: str | Promise = _("Ask for another due date")
    if milestone:
        about += f":milestone/{milestone}"
        label = format_lazy(_("Ask for another date of milestone {number}"), number=milestone)
    query = f"?{urlencode({'about': about})}"
    return Link(label, "staff:change-create", commitment.slug, query=query)


def decide_change(change: int) -> Link:
    return Link(_("Decide on the request"), "staff:change-detail", change, is_deed=True)


def assign_somebody(commitment: Commitment) -> Link:
    return Link(_("Assign somebody"), "staff:assignment-create", commitment.slug, is_deed=True)


def see_person(person: int) -> Link:
    return Link(_("See the person's page"), "staff:person-detail", person)
