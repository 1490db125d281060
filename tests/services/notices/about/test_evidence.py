"""What a mail says of sources that evidence rests on (R8)."""

import pytest

from commitments.models import Evidence
from tests import factories
from tests.services.notices.about.conftest import SITE, blocks, mail_to, plan
from tests.services.notices.conftest import local

SAYS = {
    "broken": "* The source “Test page” cannot be opened any more, as was confirmed on "
    "8 June 2026. Evidence of this commitment rests on it.",
    "altered": "* The source “Test page” says something else than when it was cited, as was "
    "confirmed on 8 June 2026. Evidence of this commitment rests on it.",
}


@pytest.fixture
def cited(asked, alice, dan, erin):
    """Published evidence of the body's own update; its source was found faulty on 8 June."""

    def make(kind, **update):
        said = {"commitment": asked.commitment, "body": asked.body, "is_published": True} | update
        source = factories.SourceFactory(title="Test page", language="en")
        row = factories.EvidenceFactory(update=factories.StatusUpdateFactory(**said), source=source)
        factories.SourceFaultFactory(
            source=source, kind=kind, note="Test: page\nnot found", confirmed_at=local(6, 8)
        )
        plan(6, 8, 9)
        return Evidence.objects.select_related("update").get(pk=row.pk)

    return make


@pytest.mark.parametrize("kind", SAYS)
def test_a_reporter_is_told_what_is_wrong_and_led_to_the_correction(cited, kind, alice):
    update = cited(kind).update

    assert blocks(mail_to(alice, 6, 8, 9)) == [
        f"""CPT26-001 Test commitment
Test lead

{SAYS[kind]}
  “Test: page not found”

Correct the update:
{SITE}staff/commitments/test-commitment/updates/add/?corrects={update.number}"""
    ]


def test_what_others_said_of_it_can_only_be_read(cited, alice):
    said = {"is_published": False, "is_imported": True, "body": None}
    update = cited("broken", **said).update

    (block,) = blocks(mail_to(alice, 6, 8, 9))
    assert block.endswith(f"See the update:\n{SITE}staff/updates/{update.pk}/")
