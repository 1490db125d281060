"""Every page of imports, with errors and without: no fault that axe finds, nothing too wide."""

import pytest

from commitments.models import Programme
from tests.browser.steps import follow
from tests.browser.test_axe_staff import OFFICER, WIDTHS, Walker, demo
from tests.imports.sheets.files import xlsx

__all__ = ["demo"]

HEAD = ["slug", "kind", "title_en", "title_vi", "due"]
LONG = "Invented: a commitment with a title so long that it shows whether a page breaks. " * 3


def file_of(folder, name, *rows):
    path = folder / name
    path.write_bytes(xlsx({"commitments": [HEAD, *rows]}).getvalue())
    return path


def upload(walk, path):
    walk.open("staff/imports/add/")
    walk.page.locator("[name=upload]").set_input_files(path)
    follow(walk.page, walk.page.locator("main form button.govuk-button"))
    walk.look(path.name)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_import_pages_have_no_fault(demo, live_server, page, language, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "kept"
    walk = Walker(page, live_server.url, language, WIDTHS)
    walk.enter(OFFICER)

    walk.open("staff/imports/")
    walk.open("staff/imports/add/")
    follow(walk.page, walk.page.locator("main form button.govuk-button"))
    walk.look("a file that is missing")
    wrong = [
        ["demo-tree-register", "pledge", LONG, "W" * 150, "31/2/2027"],
        ["A B", "", "", "", ""],
    ]
    upload(walk, file_of(tmp_path, "wrong.xlsx", *wrong))
    right = file_of(
        tmp_path, "right.xlsx", ["demo-test", "corporate_pledge", LONG[:290], "W" * 150, "2027"]
    )
    upload(walk, right)
    follow(walk.page, walk.page.locator("form[action$='/apply/'] button"))
    walk.look("what was imported")
    upload(walk, right)  # once more: nothing to do
    walk.open("staff/imports/")

    assert walk.found == {}
    assert Programme.objects.get(slug="demo").commitments.filter(slug="demo-test").exists()
