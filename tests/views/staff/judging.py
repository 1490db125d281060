"""Addresses and sentences that the tests of review and publication share."""

from commitments.models import (
    StatusUpdate,
)

OWN = (
    "This is not yours to do Nobody decides on their own work. Somebody else has to take this step."
)


FORBIDDEN = "This is not yours to do You may see this, but it is not yours to change."


def page(update, deed=""):
    return f"/en/staff/updates/{update.pk}/{deed}"


def accept(row):
    return f"/en/staff/evidence/{row.pk}/accept/"


def state():
    return StatusUpdate.objects.get().state


def superuser(user):
    type(user).objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    return user


def buttons(response):
    """The deeds that are offered, in order; writing a note beside it is none."""
    part = response.text.split('<main id="content"')[1].split("</main>")[0]
    part = part.split('<section class="notes"')[0]
    return [line.split(">")[1].split("<")[0] for line in part.split("<button")[1:]]
