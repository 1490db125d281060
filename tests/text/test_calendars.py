"""Tokens of calendar addresses."""

import pytest

from commitments.text.calendars import read_nonce, sign_nonce
from commitments.text.mutes import mute_url


def test_token_gives_back_the_nonce_and_fits_into_an_address():
    token = sign_nonce("Test-nonce_1")

    assert read_nonce(token) == "Test-nonce_1"
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


def test_token_of_an_older_key_is_still_read(settings):
    token = sign_nonce("Test")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    assert read_nonce(token) == "Test"


@pytest.mark.parametrize("forged", ["", "Test", "Test.", ".", "Test.forged", "Têst.đ", "\x00.\x00"])
def test_token_that_was_not_made_here_says_nothing(forged):
    assert read_nonce(forged) is None


def test_token_of_a_mail_opens_no_calendar():
    assert read_nonce(mute_url(1).rstrip("/").rpartition("/")[2]) is None
