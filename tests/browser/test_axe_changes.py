"""The pages of changes of plan: no fault that axe finds, nothing wider than the screen."""

import pytest

from commitments.models import Commitment
from tests import factories
from tests.browser.steps import follow
from tests.browser.test_axe_staff import WIDTHS, Walker
from tests.services.changes.asking import TARGET, WORDING, ask, decide, plan_in

ADD = "staff/commitments/test-commitment/changes/add/"
LONG = "Test: a promise of many words, so that its lines break wherever they have to. " * 4


@pytest.fixture
def changed(transactional_db, world, alice, erin):
    """One of everything: approved, refused, open, and texts in two languages."""
    commitment = plan_in(world).commitment
    Commitment.objects.filter(pk=commitment.pk).update(title_vi=LONG[:290])
    commitment.sources.add(factories.SourceFactory(title=LONG))
    decide(ask(alice, commitment), erin, "refused", LONG)
    decide(ask(alice, commitment, reason_vi="Lý do thử"), erin)
    decide(ask(alice, commitment, "target_changed", subject="target/1", proposed=TARGET), erin)
    wording = WORDING | {"text_en": LONG, "text_vi": "Nội dung thử"}
    decide(ask(alice, commitment, "narrowed", proposed=wording), erin)
    return ask(alice, commitment, "clarified", proposed=wording | {"text_en": LONG[:150]})


def as_reporter(walk, change):
    walk.enter("alice@example.org")
    for path in (
        "staff/changes/",
        "staff/changes/?kind=withdrawn",
        f"staff/changes/{change.pk}/",
        ADD,
        f"{ADD}?about=",
        *(f"{ADD}?about={kind}" for kind in ("clarified", "target_added", "superseded")),
        f"{ADD}?about=withdrawn",
    ):
        walk.open(path)
    follow(walk.page, walk.page.get_by_role("main").locator("button.govuk-button"))
    walk.look("a request without anything")


def as_officer(walk, change):
    walk.enter("erin@example.org")
    walk.open(f"staff/changes/{change.pk}/")
    walk.press("refused", "refused without a reason", name="decision")
    walk.open("staff/commitments/test-commitment/")


def as_public(walk):
    walk.page.context.clear_cookies()
    for path in ("", "wordings/", "wordings/?from=2&to=2", "wordings/?from=9"):
        walk.open(f"commitments/test-commitment/{path}")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_changes_have_no_fault(changed, live_server, page, language):
    walk = Walker(page, live_server.url, language, WIDTHS)

    as_reporter(walk, changed)
    as_officer(walk, changed)
    as_public(walk)

    assert walk.found == {}
