"""Bodies: entering, correcting and renaming them, and whom to write to there."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Stale, WrongState, refuse
from commitments.models import (
    Commitment,
    Contact,
    Organisation,
    OrganisationName,
    Programme,
    Role,
    Source,
    User,
)
from commitments.reports.present import mark_of
from commitments.rules import access
from commitments.rules.bodies import (
    BodySaid,
    ContactSaid,
    RenamingSaid,
    check_body,
    check_contact,
    check_renaming,
)
from commitments.services import record
from commitments.services.commitments import find_again
from commitments.services.record import Actor
from commitments.text.folding import fold, search_text

LONGEST_SLUG = 70


def unit_of(user: User, *, is_demo: bool) -> Actor:
    """The delivery unit for which the person acts on bodies."""
    units = user.organisations_as(Role.OFFICER, Role.ADMINISTRATOR)
    programmes = Programme.objects.filter(delivery_unit__in=units, is_demo=is_demo)
    unit = Organisation.objects.filter(programmes_delivered__in=programmes).order_by("pk").first()
    return Actor(Role.OFFICER, unit.slug if unit else "")


@transaction.atomic
def create_organisation(*, said: BodySaid, by: User, is_demo: bool) -> Organisation:
    """Enter a body. It is public once something published names it.

    The same name twice is one body: raises Invalid at the name, and so does a missing one.
    """
    if not access.delivers_as(by, Role.OFFICER, Role.ADMINISTRATOR, is_demo=is_demo):
        raise Forbidden
    refuse(check_body(said))
    _refuse_double(said, is_demo=is_demo)
    return Organisation.objects.create(
        slug=_free_slug(said),
        is_demo=is_demo,
        search_text=search_text(said.name_vi, said.name_en),
        **_stripped(said),
    )


def _stripped(said: BodySaid | ContactSaid) -> dict[str, str]:
    return {name: value.strip() for name, value in asdict(said).items()}


def _refuse_double(said: BodySaid, *, is_demo: bool, but: Organisation | None = None) -> None:
    others = Organisation.objects.filter(is_demo=is_demo)
    if but is not None:
        others = others.exclude(pk=but.pk)
    for field in ("name_vi", "name_en"):
        name = getattr(said, field).strip()
        if name and others.filter(**{f"{field}__iexact": name}).exists():
            raise Invalid("name_taken", _NAME_TAKEN, field)


_NAME_TAKEN = _("There is a body of this name already. Please use that one.")


def _free_slug(said: BodySaid) -> str:
    wanted = slugify(fold(said.name_en or said.name_vi))[:LONGEST_SLUG].strip("-") or "body"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@transaction.atomic
def save_organisation(
    *,
    organisation: Organisation,
    said: BodySaid,
    parent: Organisation | None,
    skips_approver: bool,
    version: int,
    by: User,
    today: date,
    now: datetime,
) -> Organisation:
    """Correct what is entered of a body; a change of name goes by `rename`.

    Until it is public its name may be corrected here too. Raises Stale when somebody saved since
    `version` was read, Invalid for a parent that stands below the body.
    """
    mine = _locked(organisation)
    if not access.may_edit_organisation(by, mine):
        raise Forbidden
    if mine.merged_into_id is not None:
        raise WrongState("merged", MERGED)
    if mine.version != version:
        raise Stale
    if mine.published_at is not None and (said.name_vi, said.name_en) != _names(mine):
        raise Invalid("name_by_renaming", _BY_RENAMING, "name_vi")
    refuse(check_body(said))
    _refuse_double(said, is_demo=mine.is_demo, but=mine)
    _refuse_parent(mine, parent)
    for name, value in _stripped(said).items():
        setattr(mine, name, value)
    mine.parent, mine.skips_approver = parent, skips_approver
    mine.version += 1
    mine.search_text = search_text(mine.name_vi, mine.name_en)
    mine.save()
    _publish(mine, by=by, action="corrected", today=today, now=now)
    return mine


_BY_RENAMING = _("The name is public. Please use “Rename”, so that the former name is kept.")
NOT_PUBLIC = _("This body is not public yet. It becomes so with the first commitment it is in.")
_SOURCE = _("This source is not known. Please choose it again, or enter it as new.")
_CIRCLE = _("A body cannot stand above itself. Please choose another one.")


def _names(organisation: Organisation) -> tuple[str, str]:
    return organisation.name_vi, organisation.name_en


def _locked(organisation: Organisation) -> Organisation:
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=organisation.pk)


def _refuse_parent(organisation: Organisation, parent: Organisation | None) -> None:
    """The record names no body that is not in it, so a public one stands under a public one."""
    if parent is None:
        return
    if parent.is_demo != organisation.is_demo:
        raise Invalid("other_world", _CIRCLE, "parent")
    if parent.pk == organisation.pk or stands_under(parent, organisation):
        raise Invalid("circle", _CIRCLE, "parent")
    if organisation.published_at is not None and parent.published_at is None:
        raise Invalid("parent_not_public", NOT_PUBLIC, "parent")


def stands_under(organisation: Organisation, other: Organisation) -> bool:
    """Whether `other` stands above it, at any distance."""
    above, seen = organisation.parent, {organisation.pk}
    while above is not None and above.pk not in seen:
        if above.pk == other.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def check_source(source: Source | None, *, is_demo: bool) -> None:
    """A rename or merger rests on a publication of the same world that is in the record."""
    if source is not None and (source.published_at is None or source.is_demo != is_demo):
        raise Invalid("source_unknown", _SOURCE, "source")


@transaction.atomic
def rename(
    *,
    organisation: Organisation,
    said: RenamingSaid,
    source: Source | None,
    by: User,
    today: date,
    now: datetime,
) -> OrganisationName:
    """Give a body its new name; the former one is kept with date, reason and source.

    What names the body is found under the new name from then on.
    """
    mine = _locked(organisation)
    if not access.may_edit_organisation(by, mine):
        raise Forbidden
    if mine.merged_into_id is not None:
        raise WrongState("merged", MERGED)
    refuse(check_renaming(said, present=_names(mine), today=today))
    check_source(source, is_demo=mine.is_demo)
    former = _kept_name(mine, said, source)
    former.changed_by, former.changed_at = by, now
    former.save()
    mine.name_vi, mine.name_en = said.name_vi.strip(), said.name_en.strip()
    mine.version += 1
    mine.search_text = search_text(
        *_names(mine), *(name for one in mine.former_names.all() for name in _both(one))
    )
    mine.save(update_fields=["name_vi", "name_en", "version", "search_text"])
    find_again(Commitment.objects.filter(participations__organisation=mine))
    if mine.published_at is not None:
        by_unit = unit_of(by, is_demo=mine.is_demo)
        record.publish_many(
            [mine, former], action="renamed", by=by_unit, effective_on=today, now=now
        )
    return former


MERGED = _("This body was merged into another one and does not change any more.")


def _kept_name(
    organisation: Organisation, said: RenamingSaid, source: Source | None
) -> OrganisationName:
    """The present name as it will be kept; `said` was checked, so that it gives a day."""
    until = said.until
    assert until is not None
    return OrganisationName(
        organisation=organisation,
        number=_next_number(organisation),
        name_vi=organisation.name_vi,
        name_en=organisation.name_en,
        until=until.text,
        until_earliest=until.earliest,
        until_latest=until.latest,
        reason_vi=said.reason_vi.strip(),
        reason_en=said.reason_en.strip(),
        source=source,
    )


def _both(name: OrganisationName) -> tuple[str, str]:
    return name.name_vi, name.name_en


def _next_number(organisation: Organisation) -> int:
    last = organisation.former_names.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _publish(
    organisation: Organisation, *, by: User, action: str, today: date, now: datetime
) -> None:
    if organisation.published_at is not None:
        unit = unit_of(by, is_demo=organisation.is_demo)
        record.publish(organisation, action=action, by=unit, effective_on=today, now=now)


@transaction.atomic
def save_contact(
    *,
    organisation: Organisation,
    said: ContactSaid,
    by: User,
    contact: Contact | None = None,
    seen: str = "",
) -> Contact:
    """Enter or correct somebody whom the delivery unit may write to; never public.

    The same entered twice is one. Raises Stale when the contact says something else by now than
    what carried the mark `seen`, where the caller knows it.
    """
    mine, new = _locked(organisation), _stripped(said)
    if not access.may_edit_organisation(by, mine):
        raise Forbidden
    refuse(check_contact(said))
    alike = mine.contacts.filter(ended_at=None, **new)
    if same := (alike.filter(pk=contact.pk) if contact else alike).first():
        return same
    row = Contact.objects.get(pk=contact.pk) if contact else Contact(organisation=mine)
    if seen and seen != mark_of(asdict(contact_said(row))):
        raise Stale
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    return row


def contact_said(contact: Contact) -> ContactSaid:
    return ContactSaid(**{name: getattr(contact, name) for name in ContactSaid.__slots__})


@transaction.atomic
def end_contact(*, contact: Contact, by: User, now: datetime) -> Contact:
    """Take a contact off the list; its history stays."""
    if not access.may_edit_organisation(by, contact.organisation):
        raise Forbidden
    if contact.ended_at is None:
        contact.ended_at = now
        contact.save(update_fields=["ended_at"])
    return contact
