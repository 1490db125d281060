"""Addresses of evidence are public pages, refused with the reason when they are not."""

from contextlib import suppress

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from commitments.errors import Invalid
from commitments.rules.addresses import LONGEST, check_address


@pytest.mark.parametrize(
    ("given_url", "cleaned"),
    [
        ("https://example.org", "https://example.org"),
        (
            "  HTTPS://Example.ORG/Path?Query=A%20b#Part \n",
            "https://example.org/Path?Query=A%20b#Part",
        ),
        ("http://example.org:8080/a?u=x@y.z", "http://example.org:8080/a?u=x@y.z"),
        ("https://example.org/?q=http://127.0.0.1/", "https://example.org/?q=http://127.0.0.1/"),
        ("https://tên-miền.vn/bài-viết", "https://tên-miền.vn/bài-viết"),
        ("https://xn--tn-min-hsa2863c.vn/", "https://xn--tn-min-hsa2863c.vn/"),
        ("https://example.org./", "https://example.org./"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2001:4860:4860::8888]:443/a", "https://[2001:4860:4860::8888]:443/a"),
        ("https://127.example.org/", "https://127.example.org/"),
        ("https://mylocal.example/", "https://mylocal.example/"),
    ],
)
def test_check_address_keeps_what_every_reader_can_open(given_url, cleaned):
    assert check_address(given_url) == cleaned
    assert check_address(cleaned) == cleaned


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "address_missing"),
        ("  \n", "address_missing"),
        ("https://example.org/" + "a" * LONGEST, "address_too_long"),
        ("https://example.org/a b", "address_has_blanks"),
        ("https://example.org/a\nb", "address_has_blanks"),
        ("https://exam\tple.org/", "address_has_blanks"),
        ("https://example.org/\x00", "address_has_blanks"),
        ("https://example.org/\u202egro", "address_has_blanks"),
        ("example.org/page", "address_scheme"),
        ("//example.org/page", "address_scheme"),
        ("ftp://example.org/", "address_scheme"),
        ("javascript:alert(1)", "address_scheme"),
        ("data:text/html,x", "address_scheme"),
        ("file:///etc/hosts", "address_scheme"),
        ("mailto:alice@example.org", "address_scheme"),
        ("https://alice@example.org/", "address_has_credentials"),
        ("https://alice:secret@example.org/", "address_has_credentials"),
        ("https://@example.org/", "address_has_credentials"),
        ("https:///page", "address_unreadable"),
        ("https:example.org", "address_unreadable"),
        ("https://?q", "address_unreadable"),
        ("https://example.org:99999/", "address_unreadable"),
        ("https://example.org:port/", "address_unreadable"),
        ("https://exa..mple.org/", "address_unreadable"),
        ("https://-example.org/", "address_unreadable"),
        ("https://exam!ple.org/", "address_unreadable"),
        ("https://[::1/", "address_unreadable"),
        ("https://[v1.x]/", "address_unreadable"),
        ("https://example.org\\@127.0.0.1/", "address_unreadable"),
        ("https://" + "a" * 64 + ".org/", "address_unreadable"),
        ("http://localhost:8000/", "address_not_public"),
        ("http://LOCALHOST./", "address_not_public"),
        ("http://a.localhost/", "address_not_public"),
        ("http://intranet/page", "address_not_public"),
        ("http://files.ministry.local/", "address_not_public"),
        ("http://files.internal/", "address_not_public"),
        ("http://127.0.0.1/", "address_not_public"),
        ("http://127.1/", "address_not_public"),
        ("http://2130706433/", "address_not_public"),
        ("http://0x7f.0.0.0x1/", "address_not_public"),
        ("http://127。0。0。1/", "address_not_public"),
        ("http://10.0.0.7/", "address_not_public"),
        ("http://172.16.0.1/", "address_not_public"),
        ("http://192.168.1.1/", "address_not_public"),
        ("http://169.254.169.254/", "address_not_public"),
        ("http://100.64.0.1/", "address_not_public"),
        ("http://0.0.0.0/", "address_not_public"),
        ("http://224.0.0.1/", "address_not_public"),
        ("http://[::1]/", "address_not_public"),
        ("http://[::]/", "address_not_public"),
        ("http://[fe80::1]/", "address_not_public"),
        ("http://[fd00::1]/", "address_not_public"),
        ("http://[::ffff:127.0.0.1]/", "address_not_public"),
        ("http://[2002:7f00:1::]/", "address_not_public"),
    ],
)
def test_check_address_refuses_with_the_reason(url, code):
    with pytest.raises(Invalid) as caught:
        check_address(url)

    assert (caught.value.code, caught.value.field) == (code, "url")
    assert str(caught.value)


def test_the_reason_is_in_words_at_the_field_asked_for():
    with override("en"), pytest.raises(Invalid) as caught:
        check_address("https://example.org/" + "a" * LONGEST, field="source_url")

    assert caught.value.field == "source_url"
    assert str(caught.value) == "The address is too long: 2000 characters at most."


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "https://example.org/"]))
def test_anything_given_is_cleaned_once_or_refused(text, before):
    with suppress(Invalid):
        cleaned = check_address(before + text)
        assert cleaned.startswith(("http://", "https://"))
        assert check_address(cleaned) == cleaned
