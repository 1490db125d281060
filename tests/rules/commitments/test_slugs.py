"""The word in a commitment's address, made of its title."""

import pytest

from commitments.rules.commitments import slug_of_title


@pytest.mark.parametrize(
    ("title_en", "title_vi", "slug"),
    [
        ("Test pledge: 20,000 stations!", "Cam kết", "test-pledge-20-000-stations"),
        ("", "Đổi mới sáng tạo ở Việt Nam", "doi-moi-sang-tao-o-viet-nam"),
        ("word " * 30, "", "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "", "x" * 60),
        ("Taken", "", "taken-3"),
        ("漢字", "", "commitment"),
        ("", "", "commitment"),
    ],
)
def test_slug_of_title(title_en, title_vi, slug):
    assert slug_of_title(title_en, title_vi, {"taken", "taken-2"}) == slug
