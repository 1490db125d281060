"""A body as somebody asks for it by its address: seen, not theirs, or not there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from commitments.models import Organisation
from commitments.rules import access
from commitments.views.staff._page import StaffRequest


def body_with_people(request: StaffRequest, slug: str) -> Organisation:
    """A body whose people the reader may see."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not access.may_see_people(request.user, organisation):
        raise not_theirs(organisation)
    return organisation


def not_theirs(organisation: Organisation) -> Exception:
    """To others a body is there once it is public."""
    return PermissionDenied() if organisation.published_at else Http404()
