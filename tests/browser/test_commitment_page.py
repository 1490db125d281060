"""A reader without JavaScript compares wordings, and looks at a history by its kinds."""

import pytest

from tests import factories
from tests.browser.steps import follow
from tests.services.changes.asking import WORDING, ask, decide, plan_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(browser, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def test_wordings_and_history_are_read_without_javascript(world, alice, erin, reader):
    plan = plan_in(world)
    narrowed = WORDING | {"text_en": "Test wording, narrowed"}
    decide(ask(alice, plan.commitment, "narrowed", proposed=narrowed), erin)
    update = factories.StatusUpdateFactory(
        commitment=plan.commitment, body=world.body, is_published=True, summary_en="Test said"
    )

    reader.goto(f"/en/commitments/{plan.commitment.slug}/")
    follow(reader, reader.get_by_role("link", name="Compare the wordings word by word"))
    assert reader.locator("ins").inner_text().split(":]")[1].strip().startswith(", narrowed")
    assert "/wordings/" in reader.url

    reader.go_back()
    follow(reader, reader.get_by_role("link", name="Changes of plan 1"))
    assert "show=plan" in reader.url
    assert reader.locator(".timeline__title").all_inner_texts() == ["Wording: narrowed"]
    follow(reader, reader.get_by_role("link", name="Everything"))
    follow(reader, reader.get_by_role("link", name=f"Update {update.number}", exact=True))
    assert reader.locator("#cite-text").inner_text().startswith("“Update 1: ")
