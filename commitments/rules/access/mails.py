"""Who may send a mail again that was given up, and say that an address works again."""

from django.db.models import Exists, OuterRef, Q

from commitments.models import Digest, Membership, Notice, Participation, Role, User
from commitments.rules.access._roles import Person, delivers_as, holds


def mails_in_charge_of(user: User) -> Q:
    """The mails to people who are told of, or work for, the programmes whose officer one is.

    What a mail that failed carried moves on to the next one, so people are asked, not notices.
    """
    units = user.organisations_as(Role.OFFICER)
    told = Notice.objects.filter(commitment__programme__delivery_unit__in=units)
    leads = Participation.objects.leading().filter(commitment__programme__delivery_unit__in=units)
    bodies = Q(organisation__in=units) | Q(organisation__in=leads.values("organisation"))
    works = Membership.objects.current().filter(bodies)
    return Q(Exists(told.filter(recipient=OuterRef("recipient")))) | Q(
        Exists(works.filter(user=OuterRef("recipient")))
    )


def may_retry_digest(user: Person, digest: Digest) -> bool:
    """Officers who see the mail among those of their programmes."""
    if not isinstance(user, User) or not user.organisations_as(Role.OFFICER):
        return False
    return Digest.objects.filter(mails_in_charge_of(user), pk=digest.pk).exists()


def may_clear_address(user: Person, person: User) -> bool:
    """Say that mail reaches somebody again: an approver of their body, or an officer.

    Nobody says it of themselves: it is for whoever was told of it.
    """
    if user.pk == person.pk:
        return False
    held = Membership.objects.current().filter(user=person).select_related("organisation")
    return any(
        holds(user, one.organisation_id, Role.APPROVER)
        or delivers_as(user, Role.OFFICER, is_demo=one.organisation.is_demo)
        for one in held
    )
