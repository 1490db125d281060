"""Links and forms of a page of a past day lead to the same day."""

import pytest

from commitments.views.past.links import keep_the_day


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/en/x/">', '<a href="/en/x/?as_of=2026-01-01">'),
        ('<a class="b" href="/vi/x/?q=1#top">', '<a class="b" href="/vi/x/?q=1&amp;as_of=2026-01-01#top">'),
        ('<a href="?page=2">', '<a href="?page=2&amp;as_of=2026-01-01">'),
        ('<a href="/en/x/?">', '<a href="/en/x/?as_of=2026-01-01">'),
        ('<img src="/badges/x.svg">', '<img src="/badges/x.svg?as_of=2026-01-01">'),
        ('<a hx-get="/en/x/" href="/en/x/">',
         '<a hx-get="/en/x/?as_of=2026-01-01" href="/en/x/?as_of=2026-01-01">'),
        ('<form method="get" action="/en/x/"><p>',
         '<form method="get" action="/en/x/?as_of=2026-01-01">'
         '<input type="hidden" name="as_of" value="2026-01-01"><p>'),
        ('<a href="/api/v1/commitments/x/">', '<a href="/api/v1/commitments/x/?as_of=2026-01-01">'),
    ],
)  # fmt: skip
def test_ours_keep_the_day(html, expected):
    assert keep_the_day(html, "as_of", "2026-01-01") == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org/x/">',
        '<a href="//example.org/x/">',
        '<a href="#top">',
        '<a href="mailto:a@example.org">',
        '<link href="/static/x.css">',
        '<a href="/en/staff/">',
        '<a href="/en/x/?as_of=2025-01-01">',
        '<a href="/en/x/?q=1&amp;version=4">',
        '<a href="/en/x/" data-present>',
        '<form method="get" action="/en/x/" data-present>',
        "<p>href=/en/x/</p>",
        "",
    ],
)
def test_others_stay_as_they_are(html):
    assert keep_the_day(html, "as_of", "2026-01-01") == html


def test_a_form_that_posts_gets_no_day_to_send():
    html = '<form method="post" action="/en/x/">'

    assert "<input" not in keep_the_day(html, "as_of", "2026-01-01")


def test_what_is_added_is_escaped():
    assert keep_the_day('<a href="/en/x/">', "as_of", '"><b>') == (
        '<a href="/en/x/?as_of=%22%3E%3Cb%3E">'
    )
