"""Words found in a text as it was written, and what stands around them."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.text.excerpts import Excerpt, Hit, Piece, excerpt, hits_in, marked
from commitments.text.folding import fold, terms

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
VIETNAMESE = st.sampled_from("aăâbđeêoôơưự ệđ.-½ßﬁİǅ\u0301\u200b\u00ad\n")
TEXTS = st.text(VIETNAMESE | LETTERS, max_size=120)


@given(text=TEXTS)
def test_words_are_found_as_the_search_folds_them(text):
    words = fold(text).split()

    assert [hit.term for hit in hits_in(text, words)] == [
        next(term for term in words if word.startswith(term)) for word in words
    ]


@given(text=TEXTS, query=st.text(VIETNAMESE, max_size=12), longest=st.integers(70, 100))
def test_excerpt_without_its_marks_is_a_part_of_the_text(text, query, longest):
    found = excerpt(text, terms(query), longest)
    shown = "".join(piece.text for piece in found.pieces)

    assert shown in text
    assert len(shown) <= longest
    assert "".join(piece.text for piece in marked(text, terms(query))) == text


def test_hits_are_whole_words_that_begin_with_a_term():
    assert hits_in("Điện gió, điện-tử: Đ.I.", ["dien", "t"]) == [
        Hit(0, 4, "dien"),
        Hit(10, 14, "dien"),
        Hit(15, 17, "t"),
    ]


def test_decomposed_letters_keep_their_marks():
    assert marked("Tie\u0302\u0301ng", ["tieng"]) == (Piece("Tie\u0302\u0301ng", True),)


def test_excerpt_begins_with_the_sentence_that_holds_most_words():
    text = "Test one. " * 20 + "Khởi công nhà máy điện. Việc còn lại chưa xong." + " Test." * 40

    assert excerpt(text, ["dien", "khoi"], 80) == Excerpt(
        (
            Piece("Khởi", True),
            Piece(" công nhà máy ", False),
            Piece("điện", True),
            Piece(". Việc còn lại chưa xong. Test. Test. Test. Test. Test.", False),
        ),
        is_cut_before=True,
        is_cut_after=True,
    )


def test_excerpt_of_a_text_without_hits_is_its_beginning():
    assert excerpt("Test words that go on", ["never"], 12) == Excerpt(
        (Piece("Test words", False),), is_cut_before=False, is_cut_after=True
    )
