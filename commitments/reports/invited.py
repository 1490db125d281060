"""Invitations whose mail did not go out, for those who can send them again."""

from django.db.models import QuerySet

from commitments.models import Invitation, Organisation, Role, User


def failed_for(user: User) -> QuerySet[Invitation]:
    """Those that still stand and whose mail failed, in the worlds that the person administers:
    of the record, of the demonstration, or none."""
    units = Organisation.objects.filter(
        pk__in=user.organisations_as(Role.ADMINISTRATOR), programmes_delivered__isnull=False
    )
    failed = Invitation.objects.standing().filter(sent_at__isnull=True).exclude(last_error="")
    rows = failed.filter(organisation__is_demo__in=units.values("is_demo"))
    return rows.select_related("organisation").order_by("invited_at", "pk")
