"""Words are found with and without their diacritics."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.text.folding import LONGEST_TERM, MOST_TERMS, fold, search_text, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Nghị quyết", "nghi quyet"),
        (unicodedata.normalize("NFD", "Nghị quyết"), "nghi quyet"),
        ("điện ĐIỆN Điện", "dien dien dien"),
        ("Nghị quyết 57-NQ/TW", "nghi quyet 57 nq tw"),
        ("  C-HEALTH\n\tPlatform, (2026)  ", "c health platform 2026"),
        ("khuỷu ỹ Ẫ Ổ", "khuyu y a o"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("Straße", "strasse"),
        ("R&D_lab: 22,5 %", "r d lab 22 5"),
        ("– … “”", ""),
    ],
)
def test_fold_leaves_bare_words(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_twice_is_fold_once(text):
    once = fold(text)

    assert fold(once) == once
    assert once == " ".join(once.split())


@given(st.text())
def test_fold_does_not_depend_on_how_marks_are_stored(text):
    nfc, nfd = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert fold(nfc) == fold(nfd)


def test_search_text_puts_a_blank_before_every_word():
    assert search_text("Nền tảng C-HEALTH", None, "", "(y tế)") == " nen tang c health y te"
    assert search_text() == ""
    assert search_text("–", None) == ""


@pytest.mark.parametrize(
    "query",
    ["Nghị quyết", "nghi quyet", "NGHI QUYET", "nghị", "quyêt", "57-NQ", "quy 57 ngh", "dien"],
)
def test_every_term_is_found_by_its_beginning(query):
    row = search_text("Nghị quyết 57-NQ/TW", "về năng lượng và điện")

    assert all(f" {term}" in row for term in terms(query))


@pytest.mark.parametrize("query", ["ghi", "uyet", "nghi quyen", "q57"])
def test_terms_do_not_match_inside_words(query):
    row = search_text("Nghị quyết 57-NQ/TW")

    assert not all(f" {term}" in row for term in terms(query))


def test_terms_are_few_short_and_different():
    assert terms("Điện điện DIEN 5G") == ["dien", "5g"]
    assert terms("  ,.  ") == []
    assert terms("a" * 500) == ["a" * LONGEST_TERM]
    assert len(terms(" ".join(str(number) for number in range(100)))) == MOST_TERMS


@given(st.text(), st.text(min_size=1))
def test_a_row_is_found_by_its_own_words(before, text):
    row = search_text(before, text)

    assert all(f" {term}" in row for term in terms(text))
