"""What is known of mail that does not reach a person."""

from commitments.models import MailFault, User


def standing_faults(person: User) -> list[MailFault]:
    """The hard failures of the present address that still stand, the newest first."""
    rows = MailFault.objects.standing().filter(person=person, address__iexact=person.email)
    return list(rows.order_by("-happened_at", "-pk"))
