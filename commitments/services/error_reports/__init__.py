"""Reports of errors: received from anybody, shown, answered and linked by officers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, WrongState, refuse
from commitments.models import (
    CitizenMail,
    CitizenMailKind,
    DigestState,
    ErrorDeed,
    ErrorReport,
    ErrorReportDeed,
    ErrorState,
    PublicEvent,
    User,
)
from commitments.reports.objects import PublicThing
from commitments.rules import access
from commitments.rules.citizens import GOOD_FOR, check_decided, is_lapsed
from commitments.rules.texts import check_text
from commitments.services.citizen_addresses import forget_contact, may_confirm_more
from commitments.text.citizens import new_nonce

LIMITS = {"wrong": 3000, "right": 3000, "source": 1000, "answer": 3000}
"""The most characters of each text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """What a reader says; only `wrong` has to be there."""

    wrong: str
    right: str = ""
    source: str = ""
    contact: str = ""


@transaction.atomic
def receive_report(
    *, form_id: str, thing: PublicThing | None, said: Reported, language: str, now: datetime
) -> ErrorReport:
    """Keep what a reader reports, under the next number; the same form sent twice is one report.

    The address is asked to confirm, as often as any address is asked a day; else it is not kept.
    """
    refuse(_faults_of(said))
    contact = said.contact if said.contact and may_confirm_more(said.contact, now) else ""
    report, is_new = ErrorReport.objects.get_or_create(
        form_id=form_id,
        defaults={
            "object_kind": thing.kind if thing else "",
            "object_key": thing.key if thing else "",
            "programme": thing.programme if thing else None,
            "is_demo": thing.is_demo if thing else False,
            "language": language,
            "wrong": said.wrong.strip(),
            "right": said.right.strip(),
            "source": said.source.strip(),
            "contact": contact,
            "nonce": new_nonce(),
            "received_at": now,
        },
    )
    if is_new:
        ErrorReportDeed.objects.create(report=report, deed=ErrorDeed.RECEIVED, at=now)
        if contact:
            _plan_mail(report, CitizenMailKind.CONFIRM_REPORT, now)
    return report


def _faults_of(said: Reported) -> list[Refusal]:
    found: list[Refusal] = []
    if not said.wrong.strip():
        found.append(Invalid("wrong_missing", _WRONG, "wrong"))
    for name in ("wrong", "right", "source"):
        found += check_text(getattr(said, name), LIMITS[name], name)
    return found


_WRONG = _("Please say what is wrong.")


def _plan_mail(report: ErrorReport, kind: CitizenMailKind, now: datetime) -> None:
    CitizenMail.objects.create(kind=kind, report=report, made_at=now, next_try_at=now)


@transaction.atomic
def confirm_contact(*, report: ErrorReport, now: datetime) -> ErrorReport:
    """Let the address be told of the answer; confirmed twice is confirmed once.

    Raises WrongState where the link is too old, or the report was answered meanwhile.
    """
    locked = _lock(report)
    if locked.contact and locked.contact_confirmed_at is not None:
        return locked
    is_over = locked.state != ErrorState.OPEN or is_lapsed(locked.received_at, now)
    if not locked.contact or is_over:
        raise WrongState("link_is_over")
    locked.contact_confirmed_at = now
    locked.save(update_fields=["contact_confirmed_at"])
    return locked


@transaction.atomic
def show_report(*, report: ErrorReport, by: User, now: datetime) -> ErrorReport:
    """Let the public read what the reader wrote; shown twice is shown once."""
    locked = _lock_for(report, by)
    if locked.shown_at is None:
        locked.shown_at = now
        locked.save(update_fields=["shown_at"])
        _note(locked, ErrorDeed.SHOWN, by, now)
    return locked


@transaction.atomic
def hide_report(*, report: ErrorReport, by: User, now: datetime) -> ErrorReport:
    """Take the reader's text from public view again, as where it names a person after all."""
    locked = _lock_for(report, by)
    if locked.shown_at is not None:
        locked.shown_at = None
        locked.save(update_fields=["shown_at"])
        _note(locked, ErrorDeed.HIDDEN, by, now)
    return locked


@transaction.atomic
def answer_report(
    *,
    report: ErrorReport,
    decision: str,
    answer_vi: str,
    answer_en: str,
    corrected_by: int | None,
    by: User,
    now: datetime,
) -> ErrorReport:
    """End a report with a public answer; the reader is told where they confirmed an address.

    `accepted` is to be corrected yet, `corrected` names the event that did it. Raises WrongState
    where somebody else answered it first.
    """
    locked = _lock_for(report, by)
    refuse([
        *check_decided(decision, answer_vi, answer_en),
        *check_text(answer_vi, LIMITS["answer"], "answer_vi"),
        *check_text(answer_en, LIMITS["answer"], "answer_en"),
        *(_faults_of_link(corrected_by) if decision == "corrected" else []),
    ])  # fmt: skip
    if locked.state != ErrorState.OPEN:
        raise WrongState("report_is_answered", _ANSWERED)
    is_corrected = decision == "corrected"
    locked.state = ErrorState.ACCEPTED if is_corrected else ErrorState(decision)
    locked.answer_vi, locked.answer_en = answer_vi.strip(), answer_en.strip()
    locked.answered_at, locked.corrected_by = now, corrected_by if is_corrected else None
    locked.save(update_fields=["state", "answer_vi", "answer_en", "answered_at", "corrected_by"])
    _note(locked, ErrorDeed(locked.state), by, now)
    if locked.contact and locked.contact_confirmed_at is not None:
        _plan_mail(locked, CitizenMailKind.ANSWER, now)
    else:
        forget_contact(ErrorReport.objects.filter(pk=locked.pk))
    return locked


_ANSWERED = _("This report was answered already.")


@transaction.atomic
def link_correction(
    *, report: ErrorReport, corrected_by: int | None, by: User, now: datetime
) -> ErrorReport:
    """Say which event corrected what was accepted; another one may take its place."""
    locked = _lock_for(report, by)
    refuse(_faults_of_link(corrected_by))
    if locked.state != ErrorState.ACCEPTED:
        raise WrongState("report_is_not_accepted", _NOT_ACCEPTED)
    if locked.corrected_by != corrected_by:
        locked.corrected_by = corrected_by
        locked.save(update_fields=["corrected_by"])
        _note(locked, ErrorDeed.LINKED, by, now)
    return locked


_NOT_ACCEPTED = _("Only a report that was accepted has a correction.")


def _faults_of_link(sequence: int | None) -> list[Refusal]:
    if sequence is None:
        return [Invalid("event_missing", _EVENT_MISSING, "corrected_by")]
    if not PublicEvent.objects.filter(sequence=sequence).exists():
        return [Invalid("event_unknown", _EVENT_UNKNOWN, "corrected_by")]
    return []


_EVENT_MISSING = _("Please give the number of the event that corrected it.")
_EVENT_UNKNOWN = _("The public record has no event with this number.")


def tidy_reports(*, now: datetime) -> int:
    """Delete addresses that nobody confirmed in time or whose answer is out; how many."""
    lapsed = ErrorReport.objects.filter(
        contact_confirmed_at__isnull=True, received_at__lte=now - GOOD_FOR
    )
    over = (DigestState.SENT, DigestState.DEAD, DigestState.CANCELLED)
    told = ErrorReport.objects.filter(
        mails__kind=CitizenMailKind.ANSWER, mails__state__in=over
    ).values("pk")
    return forget_contact(lapsed) + forget_contact(ErrorReport.objects.filter(pk__in=told))


def _note(report: ErrorReport, deed: ErrorDeed, by: User, now: datetime) -> None:
    ErrorReportDeed.objects.create(report=report, deed=deed, by=by, at=now)


def _lock_for(report: ErrorReport, by: User) -> ErrorReport:
    locked = _lock(report)
    if not access.may_answer_error(by, locked):
        raise Forbidden
    return locked


def _lock(report: ErrorReport) -> ErrorReport:
    rows = ErrorReport.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("programme").get(pk=report.pk)
