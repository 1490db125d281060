"""Mails that did not arrive: tried again by hand, and addresses that work again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commitments.errors import Refusal
from commitments.models import Digest, Role, User
from commitments.reports import people
from commitments.reports.mail_faults import standing_faults
from commitments.rules import access
from commitments.rules.mail_faults import is_unreached
from commitments.services.mail_faults import clear_address
from commitments.services.notices import retry_all, retry_digest
from commitments.views.staff._page import StaffRequest


@require_POST
@login_required
def digest_retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a mail that was given up go out after all."""
    digest = get_object_or_404(Digest.objects.select_related("recipient"), pk=pk)
    if not access.may_retry_digest(request.user, digest):
        raise Http404
    try:
        retry_digest(digest=digest, by=request.user, now=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        words = _("The mail to {person} is tried again within a few minutes.")
        messages.success(request, words.format(person=digest.recipient))
    return redirect("staff:reminder-list")


@require_POST
@login_required
def digest_retry_all(request: StaffRequest) -> HttpResponse:
    """Let all go out that were given up, as after the mail server was down."""
    if not request.user.organisations_as(Role.OFFICER):
        raise PermissionDenied
    count = retry_all(by=request.user, now=timezone.now())
    if count:
        words = ngettext(
            "%(count)d mail is tried again within a few minutes.",
            "%(count)d mails are tried again within a few minutes.",
            count,
        )
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("No mail is given up that could be tried again."))
    return redirect("staff:reminder-list")


@require_POST
@login_required
def address_clear(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that mail reaches somebody again."""
    person = get_object_or_404(people.people_seen_by(request.user), pk=pk)
    if not access.may_clear_address(request.user, person):
        raise PermissionDenied
    clear_address(person=person, by=request.user, now=timezone.now())
    messages.success(request, _("It is noted that the address works again."))
    return redirect("staff:person-detail", person.pk)


def address_of(user: User, person: User) -> dict[str, Any]:
    """What the page of a person says of mail that came back, to them and who may clear it."""
    may_clear = access.may_clear_address(user, person)
    faults = standing_faults(person) if may_clear or user.pk == person.pk else []
    return {
        "faults": faults,
        "is_unreached": is_unreached(faults, person.email),
        "may_clear_address": may_clear,
    }
