"""What strangers put into addresses and texts: a page in answer, and never a script in it."""

import re
from urllib.parse import quote

import pytest
from django.apps import apps

from commitments import urls
from commitments.models import PublicEvent, Source
from tests.views.public.everything import SLUG, Everything

NASTY = [
    "\x00", "%ED%A0%80", "%s", "\u202e\u200f", "99999999999999999999999", "-1", "٣", "²", "nan",
    "1" * 5000, "9223372036854775808", "\ufffe", "9999-99-99", "2026-Q9", "' OR 1=1 --", ",",
]  # fmt: skip

NAMES = [
    "q", "search", "page", "commitment", "programme", "priority", "organisation", "kind", "stage",
    "forecast", "reporting", "verification", "due_after", "due_before", "ordering", "sort", "demo",
]  # fmt: skip

RAW = ["%00", "%ff%fe", "%", "%zz=%zz", "page[]=1", "page=1&page=x", "&&=&=", "q[]=%00"]

SCRIPT = """<script>Test</script>"'><img src=x onerror=Test>"""
ADDRESS = """https://example.org/"onmouseover="Test"""

PAGES = sorted(
    re.sub("<slug:[a-z]+>", SLUG, re.sub("<int:[a-z]+>", "1", str(found.pattern)))
    for found in urls.public.routes
    if not str(found.pattern).endswith(
        (".csv", ".xlsx", ".pdf", ".png")
    )  # no browser takes those for a page
)


# Texts


def _texts(model):
    """The columns into which a person writes whatever they like."""
    return [
        field.name
        for field in model._meta.fields
        if not field.is_relation and (field.name[-3:] in ("_vi", "_en") or field.name in _PROSE)
    ]


_PROSE = {
    "title", "publisher", "note", "shows", "full_name", "comment", "decision_note", "unit",
    "metric", "object_key",
}  # fmt: skip


def _write_scripts():
    for model in apps.get_app_config("commitments").get_models():
        if texts := _texts(model):
            model.objects.update(**dict.fromkeys(texts, SCRIPT))
    Source.objects.update(url=ADDRESS)
    PublicEvent.objects.update(
        action="corrected", after={SCRIPT: SCRIPT}, actor_organisation=SCRIPT
    )


@pytest.mark.parametrize("path", PAGES)
def test_texts_of_people_stay_texts(path, everything, client):
    _write_scripts()

    page = client.get(f"/en/{path}").content.decode()

    assert "&lt;script&gt;Test" in page or path in WITHOUT_TEXTS
    assert [one for one in (SCRIPT, "<script>Test", "<img src=x", ADDRESS) if one in page] == []


WITHOUT_TEXTS = {
    "about/",
    "releases/",
    "search/",  # asks for words first
    "accessibility/",
    "method/1/",
    f"commitments/{SLUG}/cite.{SLUG}",  # no such form of citation
    f"commitments/{SLUG}/updates/1/cite.{SLUG}",
    f"indicators/{SLUG}/cite.{SLUG}",
    f"organisations/{SLUG}/cite.{SLUG}",
    "method/",
    "sources/test-whole/file/",
    "commitments/test-whole/targets/1/chart.svg",  # a single value makes no picture
    "indicators/test-whole/chart.svg",
}


@pytest.fixture
def everything(db):
    everything = Everything()
    everything.grow(1)
    return everything


@pytest.mark.parametrize("path", [path for path in PAGES if SLUG not in path])
def test_nasty_parameters_are_answered(path, everything, client):
    asked = ["&".join(f"{name}={quote(value)}" for name in NAMES) for value in NASTY]
    asked += [f"{name}=%00" for name in NAMES]

    answered = {client.get(f"/en/{path}", QUERY_STRING=query).status_code for query in asked + RAW}

    assert answered <= {200, 400, 404}
