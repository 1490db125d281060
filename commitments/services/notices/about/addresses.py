"""What a mail says of people whom mail does not reach (R9)."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from commitments.emails.digest import AddressLine
from commitments.models import MailFault, Membership, User
from commitments.rules.moments import day_of
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked


def address_lines(asked: Asked) -> dict[int, AddressLine]:
    people = User.objects.in_bulk(list(asked.notices))
    faults = _faults(people)
    return {key: _line(people[key], own, asked) for key, own in faults.items()}


def _faults(people: Mapping[int, User]) -> dict[int, list[MailFault]]:
    """Those of the address that each has now, the first first."""
    found: dict[int, list[MailFault]] = defaultdict(list)
    for fault in MailFault.objects.standing().filter(person__in=people):
        if fault.address.casefold() == people[fault.person_id].email.casefold():
            found[fault.person_id].append(fault)
    return found


def _line(person: User, faults: list[MailFault], asked: Asked) -> AddressLine:
    return AddressLine(
        address=person.email,
        times=len(faults),
        since_on=day_of(faults[0].happened_at),
        last_on=day_of(faults[-1].happened_at),
        links=(links.see_person(person.pk),),
        **asked.common(person.pk),
    )


def invented(people: Collection[int]) -> set[int]:
    """Which of these people belong to the demonstration."""
    rows = Membership.objects.filter(user__in=people, organisation__is_demo=True)
    return set(rows.values_list("user_id", flat=True))
