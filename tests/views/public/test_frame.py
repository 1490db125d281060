"""What holds for every public page: the same for everybody, to be read only, and findable."""

import re

import pytest

from commitments.models import Commitment
from tests import factories
from tests.views.public.everything import SLUG, Everything
from tests.views.public.reading import foreign, sections
from tests.views.public.test_queries import QUERIES

PATHS = tuple(QUERIES)


@pytest.fixture
def everything(db):
    found = Everything()
    found.grow(2)
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_are_the_same_for_everybody_and_set_no_cookie(client, everything, language):
    anonymous = {path: client.get(f"/{language}/{path}") for path in PATHS}
    client.force_login(everything.user)
    known = {
        path: client.get(f"/{language}/{path}", headers={"accept-language": "fr"}) for path in PATHS
    }

    assert {path: page.status_code for path, page in anonymous.items()} == dict.fromkeys(PATHS, 200)
    assert {page.headers.get("Vary") for page in anonymous.values()} == {"Accept-Encoding"}
    assert [path for path, page in anonymous.items() if page.cookies] == []
    assert [path for path in PATHS if anonymous[path].content != known[path].content] == []


def test_pages_are_read_only(client, everything):
    assert {path: client.head(f"/en/{path}").status_code for path in PATHS} == dict.fromkeys(
        PATHS, 200
    )
    assert {path: client.post(f"/en/{path}").status_code for path in PATHS} == dict.fromkeys(
        PATHS, 405
    )


def test_pages_have_one_heading_a_title_a_description_and_their_addresses(client, everything):
    titles = {}
    for path in PATHS:
        text = client.get(f"/en/{path}").content.decode()
        bare = path.partition("?")[0]
        titles[re.search("<title>(.*?)</title>", text, re.DOTALL)[1]] = bare
        assert len(re.findall("<h1", text)) == 1, path
        assert re.search(r'<meta name="description" content="[^"]{10,}">', text), path
        number = re.search(r"[?&](page=\d+)", path)  # a later page of a list is one of its own
        one = f"{bare}?{number[1]}" if number else bare
        assert f'<link rel="canonical" href="http://127.0.0.1:8000/en/{one}">' in text
        assert f'hreflang="vi" href="http://127.0.0.1:8000/vi/{bare}"' in text
        assert ('aria-label="Breadcrumb"' in text) is (path != "")

    assert len(titles) == len({path.partition("?")[0] for path in PATHS})


@pytest.mark.parametrize(
    "path",
    [
        "programmes/{}/",
        "programmes/{}/priorities/x/",
        "commitments/{}/",
        "commitments/{}/updates/1/",
        "organisations/{}/",
        "indicators/{}/",
        "instruments/{}/",
        "sources/{}/",
        "record/?commitment={}",
    ],
)
def test_what_is_unpublished_is_not_found_just_as_what_does_not_exist(client, db, path):
    draft = factories.CommitmentFactory(slug="draft", is_draft=True)
    factories.StatusUpdateFactory(commitment=draft, is_published=True)
    factories.ProgrammeFactory(slug="draft", published_at=None)
    factories.OrganisationFactory(slug="draft", published_at=None)
    factories.SourceFactory(slug="draft", published_at=None)

    hidden = client.get(f"/en/{path.format('draft')}")
    unknown = client.get(f"/en/{path.format('never')}")

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content.replace(b"draft", b"never") == unknown.content


@pytest.mark.parametrize(
    "path",
    [
        f"commitments/{SLUG}/updates/99/",
        f"commitments/{SLUG}/updates/99999999999999999999/",
        f"commitments/{SLUG}/updates/0/",
        "record/0/",
        "record/99999999999999999999/",
        f"programmes/{SLUG}/priorities/never/",
        "commitments/%00/",
        "nowhere/",
    ],
)
def test_odd_addresses_are_not_found(client, everything, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_drafts_of_updates_are_nowhere(client, everything):
    factories.StatusUpdateFactory(
        commitment=everything.commitment, summary_en="Test draft", is_submitted=True
    )
    standing = Commitment.objects.get(slug=SLUG).updates.get(number=2)
    factories.StatusUpdateFactory(
        commitment=everything.commitment,
        summary_en="Test draft",
        corrects=standing,
        correction_reason_en="Test draft",
    )

    shown = [path for path in PATHS if b"Test draft" in client.get(f"/en/{path}").content]

    assert shown == []


def test_texts_in_another_language_are_marked(client, everything):
    page = client.get(f"/vi/commitments/{SLUG}/")

    assert "Test wording" in sections(page)["Điều đã cam kết"]
    assert set(foreign(page)) == {"en"}


def test_pages_of_an_empty_record_say_so(client, db):
    assert sections(client.get("/en/"))["Who is late?"] == (
        "Nobody. No open commitment is past its due date. No body has been asked to report here yet,"
        " so no update is owed, and none is shown as late. All commitments, worst first · Who owes an update"
    )
    empty = {
        "programmes/": ("Programmes", "No programme has been published yet"),
        "priorities/": ("Priorities", "No priority has been published yet"),
        "organisations/": ("Organisations", "No organisation has been published yet"),
        "indicators/": ("Indicators", "No indicator has been published yet"),
        "instruments/": ("Instruments", "No instrument has been published yet"),
        "sources/": ("Sources", "No source has been published yet"),
        "record/": ("Public record", "Nothing has been published yet"),
        "gaps/": ("Gaps", "0 named No gap was named"),
    }
    for path, (heading, words) in empty.items():
        assert sections(client.get(f"/en/{path}"))[heading].endswith(words), path
