"""The deeds on sources that updates rest on."""

from commitments.models import SourceFault
from commitments.rules import access
from commitments.services.source_faults import confirm_fault, resolve_fault
from tests import factories as make
from tests.permissions.deeds import NOW, Deed
from tests.permissions.stage import fresh

FOUND = {"kind": "broken", "note": "Test: not found"}
MENDED = {"how": "works", "note": "Test: moved back"}


def _cited(stage):
    return fresh(stage.evidence.source)


def _faulty(stage):
    """The open fault of another source of the same update; the stage is set anew now and then."""
    standing = SourceFault.objects.select_related("source").first()
    if standing is not None:
        return standing
    row = make.EvidenceFactory(update=stage.public)
    return make.SourceFaultFactory(source=row.source, confirmed_by=stage.clerk)


DEEDS = [
    Deed(
        "Sources",
        "Mark a source as broken or altered",
        lambda user, stage: access.may_confirm_fault(user, _cited(stage)),
        lambda stage: (f"sources/{_cited(stage).pk}/faults/add/", FOUND),
        lambda user, stage: confirm_fault(source=_cited(stage), by=user, now=NOW, **FOUND),
    ),
    Deed(
        "Sources",
        "Say how it was resolved",
        lambda user, stage: access.may_confirm_fault(user, _faulty(stage).source),
        lambda stage: (f"source-faults/{_faulty(stage).pk}/resolve/", MENDED),
        lambda user, stage: resolve_fault(fault=_faulty(stage), by=user, now=NOW, **MENDED),
    ),
]
