"""Characters that nobody sees but that change what is read."""

import pytest

from commitments.text.characters import hidden_character


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        ("Nghị quyết 57-NQ/TW “đổi mới”", ""),
        ("one\ntwo\tthree\r\nfour", ""),
        ("soft\u00adhyphen, joiner\u200d, mark\u200e", ""),
        ("a\u202eb", "U+202E"),
        ("a\u2066b\u202a", "U+2066"),
        ("a\x00", "U+0000"),
        ("a\rb", "U+000D"),
        ("a\x1bb", "U+001B"),
        ("a\x7f", "U+007F"),
        ("a\x85", "U+0085"),
        ("a\ud800", "U+D800"),
    ],
)
def test_hidden_character_names_the_first(text, found):
    assert hidden_character(text) == found


def test_hidden_character_finds_every_turning_one():
    turning = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]

    assert [hidden_character(chr(code)) for code in turning] == [
        f"U+{code:04X}" for code in turning
    ]
