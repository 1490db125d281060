"""What is read but not public, and what comes in as a file."""

from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import User
from commitments.rules import access
from tests.imports.sheets.files import xlsx
from tests.permissions.deeds import REFUSED, Deed
from tests.permissions.stage import fresh
from tests.services.imports.asking import PLAN, check


def _member(stage):
    return User.objects.get(pk=stage.member.pk)


def _upload(stage):
    file = SimpleUploadedFile("test.xlsx", xlsx(PLAN).getvalue())
    return "imports/add/", {"programme": stage.programme.pk, "upload": file}


DEEDS = [
    Deed(
        "Reading and files",
        "Read who changed what on a commitment",
        lambda user, stage: access.may_see_inside(user, fresh(stage.fresh)),
        lambda stage: (f"history/commitment/{stage.fresh.pk}/", None),
        None,
    ),
    Deed(
        "Reading and files",
        "Read who changed what on a person",
        lambda user, stage: access.may_see_history_of(user, _member(stage)),
        lambda stage: (f"history/person/{stage.member.pk}/", None),
        None,
    ),
    Deed(
        "Reading and files",
        "See the people of the body",
        lambda user, stage: access.may_see_people(user, stage.body),
        lambda stage: (f"people/{stage.member.pk}/", None),
        None,
    ),
    Deed(
        "Reading and files",
        "Bring a spreadsheet",
        lambda user, stage: access.may_import(user, stage.programme),
        _upload,
        lambda user, stage: check(stage.programme, user, PLAN),
        refused=REFUSED | {422},
    ),
]
