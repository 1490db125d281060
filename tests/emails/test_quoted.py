"""Texts that a mail quotes: one line, marked with their language in HTML, cut on a word."""

import pytest
from django.utils.html import format_html

from commitments.emails.quoted import Quoted, quoted, shortened


def test_quoted_is_plain_in_text_and_marked_in_html():
    title = Quoted("Cây & rừng", "vi")

    assert str(title) == "Cây & rừng"
    assert format_html("{}", title) == '<span lang="vi">Cây &amp; rừng</span>'


@pytest.mark.parametrize("lang", ["en", ""])
def test_quoted_in_the_language_of_the_mail_needs_no_mark(lang):
    assert format_html("{}", Quoted("<b>Trees</b>", lang)) == "&lt;b&gt;Trees&lt;/b&gt;"


def test_quoted_stays_on_one_line():
    assert Quoted(" Trees\r\n* Update\u2028for ", "en") == "Trees * Update for"


def test_quoted_takes_the_readers_language_or_the_other():
    both = quoted({"title_vi": "Cây", "title_en": "Trees"}, "title")
    one = quoted({"title_vi": "Cây", "title_en": ""}, "title")

    assert [(both, both.lang), (one, one.lang)] == [("Trees", "en"), ("Cây", "vi")]


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Plant trees", 11, "Plant trees"),
        ("Plant a million trees", 16, "Plant a million…"),
        ("Plant a million trees", 15, "Plant a…"),
        ("Plant, then water", 8, "Plant…"),
        ("Antidisestablishmentarianism", 10, "Antidises…"),
        ("", 5, ""),
    ],
)
def test_shortened_cuts_on_a_word(text, length, expected):
    assert shortened(text, length) == expected
    assert len(shortened(text, length)) <= length
