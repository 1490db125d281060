"""What is sealed is read again by us alone, and by nobody after the key is gone."""

from commitments.services.sealing import seal, unseal


def test_sealed_text_is_another_every_time_and_read_again():
    once, again = seal("Test secret"), seal("Test secret")

    assert "Test" not in once
    assert once != again
    assert [unseal(once), unseal(again)] == ["Test secret"] * 2


def test_former_key_opens_while_it_is_named(settings):
    sealed = seal("Test secret")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another secret of the tests"

    assert unseal(sealed) is None
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(sealed) == "Test secret"


def test_what_was_not_sealed_by_us_is_not_read():
    sealed = seal("Test secret")

    assert [
        unseal(odd) for odd in ("", "Test secret", sealed[:-4], sealed[:20] + "A" + sealed[21:])
    ] == [None] * 4
