"""A form without its secret word is refused on a page of ours, in the reader's language."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("vi", "Không thể nhận biểu mẫu này"),
        ("en", "This form could not be accepted"),
    ],
)
def test_refused_form_says_what_to_do(db, language, heading):
    answer = Client(enforce_csrf_checks=True).post(f"/{language}/staff/log-in/")

    assert answer.status_code == 403
    assert f"<h1>{heading}</h1>" in answer.content.decode()
