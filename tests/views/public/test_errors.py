"""What is not there: pages that help on, and old or mistyped addresses that lead to the new one."""

import pytest
from django.core.exceptions import BadRequest
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views import defaults

from commitments.api import errors as api_errors
from tests.views.public.reading import sections


@pytest.mark.parametrize(
    ("asked", "status", "to"),
    [
        ("/vi/CPT26-001", 302, "/vi/commitments/test-commitment/"),
        ("/en/cpt26-001/", 302, "/en/commitments/test-commitment/"),
        ("/CPT26-001", 302, "/vi/commitments/test-commitment/"),
        ("/commitments/test-commitment/", 301, "/vi/commitments/test-commitment/"),
        ("/commitments/test-commitment", 301, "/vi/commitments/test-commitment/"),
        ("/commitments?q=x", 301, "/vi/commitments/?q=x"),
        ("/en/commitments/test-commitment", 301, "/en/commitments/test-commitment/"),
        ("/en/Commitments/Test-Commitment/?a=B", 301, "/en/commitments/test-commitment/?a=B"),
        ("/EN/changes", 301, "/en/changes/"),
    ],
)
def test_old_and_mistyped_addresses_lead_on(client, world, asked, status, to):
    page = client.get(asked, headers={"accept-language": "en"})

    assert (page.status_code, page["Location"]) == (status, to)


@pytest.mark.parametrize(
    "asked",
    ["/vi/XX99-999", "/en/NEVER/", "/commitments/x/y/z/", "/nowhere/", "/en/staff/NEVER/", "/FR/"],
)
def test_what_is_nowhere_is_not_found(client, world, asked):
    assert client.get(asked).status_code == 404


def test_the_page_of_what_is_not_found_helps_on(client, db):
    page = client.get("/en/commitments/digital-map_2026/")
    text = page.content.decode()

    assert sections(page)["Page not found"].startswith("If you typed the address, check")
    assert 'action="/en/search/"' in text
    assert 'value="digital map 2026"' in text
    assert 'href="/en/commitments/"' in text
    assert '<html lang="vi"' in client.get("/vi/never/").content.decode()


def test_the_page_of_an_error_asks_no_database(rf: RequestFactory):
    with override("vi"):
        page = api_errors.server_error(rf.get("/vi/"))
    with override("en"):
        other = api_errors.server_error(rf.get("/en/"))

    assert (page.status_code, other.status_code) == (500, 500)
    assert '<html lang="vi">' in page.content.decode()
    assert "<h1>Something went wrong</h1>" in other.content.decode()


def test_the_page_of_what_cannot_be_read_asks_no_database(rf: RequestFactory):
    page = defaults.bad_request(rf.get("/en/"), BadRequest())

    assert page.status_code == 400
    assert "<h1>This could not be read</h1>" in page.content.decode()


def test_nothing_is_changed_by_an_old_address(world):
    assert Client().post("/commitments/").status_code in (403, 405)
