"""Addresses of which only the owner knows the whole."""

import pytest

from commitments.text.masks import masked_address


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("alice@example.org", "a•••@example.org"),
        ("a@example.org", "a•••@example.org"),
        ('"x@y"@example.org', '"•••@example.org'),
    ],
)
def test_masked_address_shows_the_first_letter_and_the_host(email, shown):
    assert masked_address(email) == shown
