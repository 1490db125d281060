"""Single mails to citizens: links that confirm, and the answer to a report of an error."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from commitments.emails.letter import Letter, build_letter
from commitments.models import ErrorReport


def _letter(
    to: str, language: str, name: str, made_at: datetime, url: str, words: tuple[str, list[str]],
    link: str, after: list[str],
) -> EmailMultiAlternatives:  # fmt: skip
    subject, paragraphs = words
    return build_letter(
        Letter(
            to=to, name="", language=language, subject=subject, paragraphs=paragraphs,
            message_name=name, made_at=made_at, url=url, link=link, after=after,
        )
    )  # fmt: skip


def build_confirmation(
    *, to: str, language: str, what: str, url: str, number: int, made_at: datetime
) -> EmailMultiAlternatives:
    """Asks whether whoever reads this wants to follow `what`; nothing comes unless they say so."""
    with translation.override(language):
        words = (
            _("Please confirm: changes of the record by mail"),
            [
                _(
                    "Somebody, probably you, asked that this address be told once a week "
                    "of changes in the public record of commitments. It would follow:"
                ),
                f"“{what}”",
            ],
        )
        link = _("See what you confirm")
        after = [
            _("The page shows a button; only pressing it confirms. The link is good for 7 days."),
            _("If it was not you, do nothing: no further mail comes, and the address is deleted."),
        ]
    return _letter(to, language, f"subscription-{number}", made_at, url, words, link, after)


def build_already_following(
    *, to: str, language: str, what: str, url: str, number: int, made_at: datetime
) -> EmailMultiAlternatives:
    """Says that this is followed already, and where to change it."""
    with translation.override(language):
        words = (
            _("You follow this already"),
            [_("Somebody, probably you, asked that this address follow:"), f"“{what}”"],
        )
        link = _("Change or end your subscriptions, without logging in")
        after = [_("It follows this already, so nothing has changed.")]
    return _letter(to, language, f"subscription-{number}", made_at, url, words, link, after)


def build_report_confirmation(
    *, report: ErrorReport, url: str, number: int, made_at: datetime
) -> EmailMultiAlternatives:
    """Asks whether the address of a report wants to be told of the answer."""
    with translation.override(report.language):
        words = (
            _("Please confirm: answer to report {number}").format(number=report.reference),
            [
                _(
                    "Somebody, probably you, reported an error in the public record of "
                    "commitments and asked that this address be told of the answer."
                )
            ],
        )
        link = _("See what you confirm")
        after = [
            _("The page shows a button; only pressing it confirms. The link is good for 7 days."),
            _("If it was not you, do nothing: no further mail comes, and the address is deleted."),
        ]
    name = f"report-{number}"
    return _letter(report.contact, report.language, name, made_at, url, words, link, after)


def build_report_answer(
    *, report: ErrorReport, answer: str, url: str, number: int, made_at: datetime
) -> EmailMultiAlternatives:
    """The public answer, and where it stands."""
    with translation.override(report.language):
        state = report.get_state_display()
        words = (
            _("Answer to report {number}").format(number=report.reference),
            [
                _("Your report {number} was dealt with: {state}.").format(
                    number=report.reference, state=state
                ),
                _("The answer, which is public:"),
                answer,
            ],
        )
        link = _("The report and its answer")
        after = [_("This is the only mail about it. Your address is now deleted from the report.")]
    name = f"report-{number}"
    return _letter(report.contact, report.language, name, made_at, url, words, link, after)
