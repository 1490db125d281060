"""Addresses that mute a mail: signed for one person, good for no other and nothing else."""

import pytest
from django.core.signing import Signer

from commitments.text.mutes import mute_url, read_token


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = "https://cam-ket.example.org"


def token_of(person):
    return mute_url(person).removeprefix("https://cam-ket.example.org/mail/mute/").rstrip("/")


def test_the_token_of_an_address_names_its_person():
    assert [read_token(token_of(person)) for person in (1, 12, 123456)] == [1, 12, 123456]


def test_the_address_is_the_same_each_time():
    assert mute_url(7) == mute_url(7)


@pytest.mark.parametrize("token", ["", "7", "7.", "7.x", ".", "x.y", "7.\N{LATIN SMALL LETTER A}"])
def test_read_token_knows_only_its_own(token):
    assert read_token(token) is None


def test_read_token_refuses_another_persons_signature_and_another_use_of_the_key():
    signature = token_of(7).partition(".")[2]

    assert read_token(f"8.{signature}") is None
    assert read_token(Signer(sep=".", salt="another use").sign("7")) is None


def test_read_token_follows_a_key_that_was_changed(settings):
    token, former = token_of(7), settings.SECRET_KEY
    settings.SECRET_KEY = "another-test-key"

    assert read_token(token) is None

    settings.SECRET_KEY_FALLBACKS = [former]
    assert read_token(token) == 7
