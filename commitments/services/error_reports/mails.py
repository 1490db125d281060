"""The mails about a report of an error: a link that confirms the address, and the answer."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from commitments.emails.citizens import build_report_answer, build_report_confirmation
from commitments.models import CitizenMail, ErrorState
from commitments.reports.following import Searches
from commitments.rules.citizens import is_lapsed
from commitments.text.citizen_links import absolute, report_confirm_url
from commitments.text.display import said_text


def compose_report_confirmation(
    mail: CitizenMail, now: datetime, _searches: Searches
) -> EmailMultiAlternatives | None:
    """None where the address was confirmed or taken away meanwhile, or the link would be over."""
    report = mail.report
    assert report is not None  # the constraint of its kind
    is_over = report.state != ErrorState.OPEN or is_lapsed(report.received_at, now)
    if not report.contact or report.contact_confirmed_at or is_over:
        return None
    url = report_confirm_url(report.nonce, report.language)
    return build_report_confirmation(report=report, url=url, number=mail.pk, made_at=mail.made_at)


def compose_answer(
    mail: CitizenMail, _now: datetime, _searches: Searches
) -> EmailMultiAlternatives | None:
    """None where the address is gone, or was never confirmed."""
    report = mail.report
    assert report is not None  # the constraint of its kind
    if not report.contact or report.contact_confirmed_at is None:
        return None
    with translation.override(report.language):
        answer = said_text(report, "answer")
    return build_report_answer(
        report=report,
        answer=answer,
        url=absolute("error-report", report.pk, language=report.language),
        number=mail.pk,
        made_at=mail.made_at,
    )
