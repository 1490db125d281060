"""The deeds on people, their roles and stand-ins, and on bodies."""

from datetime import timedelta

from commitments.models import User
from commitments.rules import access
from commitments.rules.bodies import BodySaid, ContactSaid, RenamingSaid
from commitments.rules.dates import LimitedDate
from commitments.services import (
    absences,
    bodies,
    hand_overs,
    invitations,
    mail_faults,
    memberships,
    mergers,
)
from commitments.services.access import reset_factor
from tests.permissions.deeds import AT, NOW, REFUSED, TODAY, Deed
from tests.permissions.stage import fresh

TOMORROW = TODAY + timedelta(days=1)


def _member(stage):
    return User.objects.get(pk=stage.member.pk)


def _invitation(role, organisation):
    def serve(user, stage):
        return invitations.invite(
            email="invited@example.org", full_name="Test invited", language="en",
            organisation=getattr(stage, organisation), role=role, by=user, now=NOW,
        )  # fmt: skip

    def said(stage):
        return "invitations/add/", {
            "email": "invited@example.org", "full_name": "Test invited", "language": "en",
            "organisation": getattr(stage, organisation).pk, "role": role,
        }  # fmt: skip

    return Deed(
        "People",
        f"Invite {'an' if role[0] in 'ao' else 'a'} {role.replace('_', ' ')}",
        lambda user, stage: access.may_give_role(user, getattr(stage, organisation), role),
        said,
        serve,
        refused=REFUSED | {422},
    )


def _absent(user, stage):
    return absences.enter_absence(
        person=_member(stage), starts_on=TOMORROW, ends_on=TOMORROW, cover=None, by=user, now=NOW
    )


def _hand_over(user, stage):
    return hand_overs.hand_over(
        organisation=stage.body, giver=User.objects.get(pk=stage.leaver.pk), taker=User.objects.get(pk=stage.taker.pk),
        giver_leaves=False, after=0, by=user, now=NOW,
    )  # fmt: skip


def _rename(user, stage):
    said = RenamingSaid(
        name_en="Test renamed", until=LimitedDate.parse("2026-05"), reason_en="Test reason"
    )
    return bodies.rename(
        organisation=fresh(stage.contactless), said=said, source=None, by=user, **AT
    )


def _merge(user, stage):
    return mergers.merge(
        body=fresh(stage.contactless), into=fresh(stage.body), on=LimitedDate.parse("2026"),
        source=None, by=user, **AT,
    )  # fmt: skip


def _on_body(name, path, said, serve):
    return Deed(
        "Bodies",
        name,
        lambda user, stage: access.may_edit_organisation(user, stage.contactless),
        lambda stage: (f"organisations/test-small/{path}/", said(stage)),
        serve,
    )


DEEDS = [
    _invitation("reporter", "body"),
    _invitation("approver", "body"),
    _invitation("officer", "unit"),
    _invitation("administrator", "unit"),
    Deed(
        "People",
        "End a reporter's role",
        lambda user, stage: access.may_end_role(user, fresh(stage.membership)),
        lambda stage: (f"memberships/{stage.membership.pk}/end/", {}),
        lambda user, stage: memberships.end_role(
            membership=fresh(stage.membership), by=user, today=TODAY
        ),
    ),
    Deed(
        "People",
        "Close an account",
        lambda user, stage: access.may_deactivate(user, _member(stage)),
        lambda stage: (f"people/{stage.member.pk}/deactivate/", {}),
        lambda user, stage: memberships.deactivate(person=_member(stage), by=user, now=NOW),
    ),
    Deed(
        "People",
        "Take another's second factor away",
        lambda user, stage: access.may_reset_factor(user, _member(stage)),
        lambda stage: (f"people/{stage.member.pk}/factor-reset/", {}),
        lambda user, stage: reset_factor(person=_member(stage), by=user, now=NOW),
    ),
    Deed(
        "People",
        "Enter another's absence",
        lambda user, stage: access.may_enter_absence(user, _member(stage)),
        lambda stage: (
            f"absences/add/?person={stage.member.pk}",
            {"starts_on": "2/6/2026", "ends_on": "2/6/2026", "person": stage.member.pk},
        ),
        _absent,
    ),
    Deed(
        "People",
        "Hand over another's work",
        lambda user, stage: access.may_hand_over(
            user, stage.body, User.objects.get(pk=stage.leaver.pk)
        ),
        lambda stage: (
            f"organisations/test-lead/people/{stage.leaver.pk}/hand-over/",
            {"taker": stage.taker.pk, "deed": "hand_over", "after": 0},
        ),
        _hand_over,
    ),
    Deed(
        "People",
        "Say that mail reaches somebody again",
        lambda user, stage: access.may_clear_address(user, _member(stage)),
        lambda stage: (f"people/{stage.member.pk}/address/clear/", {}),
        lambda user, stage: mail_faults.clear_address(person=_member(stage), by=user, now=NOW),
    ),
    Deed(
        "Bodies",
        "Enter a body",
        lambda user, stage: access.delivers_as(user, "officer", "administrator", is_demo=False),
        lambda stage: ("organisations/add/", {"name_en": "Test entered", "kind": "company"}),
        lambda user, stage: bodies.create_organisation(
            said=BodySaid(name_en="Test entered", kind="company"), by=user, is_demo=False
        ),
    ),
    _on_body(
        "Rename a body", "rename",
        lambda stage: {"name_en": "Test renamed", "until": "5/2026", "reason_en": "Test reason"},
        _rename,
    ),
    _on_body(
        "Merge a body into another", "merge",
        lambda stage: {"into": stage.body.pk, "merged": "2026", "deed": "merge"},
        _merge,
    ),
    _on_body(
        "Enter a contact", "contacts/add", lambda stage: {"name": "Test desk", "phone": "1"},
        lambda user, stage: bodies.save_contact(
            organisation=stage.contactless, said=ContactSaid(name="Test desk", phone="1"), by=user
        ),
    ),
]  # fmt: skip
