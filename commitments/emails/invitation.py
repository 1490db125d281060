"""The mail by which somebody is invited to a role in a body."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.emails.letter import Letter, build_letter
from commitments.models import Invitation
from commitments.text.display import limited_date, said_text


def build_invitation(
    invitation: Invitation, *, url: str, message_name: str, made_at: datetime
) -> EmailMultiAlternatives:
    """The mail in the language that the inviter chose; answers go to the inviter."""
    with translation.override(invitation.language):
        body = said_text(invitation.organisation, "name")
        words = {
            "inviter": invitation.invited_by.full_name,
            "role": invitation.get_role_display(),
            "body": body,
            "day": limited_date(localtime(invitation.expires_at).date()),
        }
        letter = Letter(
            to=invitation.email,
            name=invitation.full_name,
            language=invitation.language,
            subject=_("Invitation to Cam Kết: %(role)s, %(body)s") % words,
            paragraphs=[
                _("%(inviter)s invites you to work in Cam Kết as %(role)s of %(body)s.") % words,
                _(
                    "Cam Kết is the public record of national missions and commitments: who "
                    "promised what, what has happened since, and how we know."
                ),
            ],
            message_name=message_name,
            made_at=made_at,
            url=url,
            link=_("Accept the invitation"),
            after=[
                _("The link is good until %(day)s and is meant for you alone.") % words,
                _("If you do not know what this is about, do nothing; no account is made."),
            ],
            reply_to=invitation.invited_by.email,
            is_demo=invitation.organisation.is_demo,
        )
    return build_letter(letter)
