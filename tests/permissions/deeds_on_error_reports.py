"""The deeds on errors that readers report."""

from commitments.models import ErrorReport
from commitments.rules import access
from commitments.services import error_reports
from tests import factories as make
from tests.permissions.deeds import NOW, Deed

ANSWER = {"decision": "accepted", "answer_en": "Test answer", "answer_vi": ""}


def _report(stage):
    """One on a commitment of the stage; it is set anew now and then."""
    rows = ErrorReport.objects.select_related("programme")
    return rows.filter(programme=stage.programme).first() or make.ErrorReportFactory(
        programme=stage.programme
    )


def _may(user, stage):
    return access.may_answer_error(user, _report(stage))


DEEDS = [
    Deed(
        "Reports of errors",
        "See what readers reported",
        lambda user, _stage: access.may_see_error_reports(user),
        lambda _stage: ("error-reports/", None),
        None,
    ),
    Deed(
        "Reports of errors",
        "Show the text of a report in public",
        _may,
        lambda stage: (f"error-reports/{_report(stage).pk}/show/", {}),
        lambda user, stage: error_reports.show_report(report=_report(stage), by=user, now=NOW),
    ),
    Deed(
        "Reports of errors",
        "Answer a report in public",
        _may,
        lambda stage: (f"error-reports/{_report(stage).pk}/", ANSWER),
        lambda user, stage: error_reports.answer_report(
            report=_report(stage), corrected_by=None, by=user, now=NOW, **ANSWER
        ),
    ),
]
