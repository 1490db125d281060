"""CSV: streamed, quoted, disarmed, and read back as it was."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.figures import read_figure
from commitments.sheets import Column, Table, write_csv
from commitments.sheets.cells import fits_a_number, neutral, original, spelled

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
STARTS = st.text("'=+-@\t\r\n ＝a", max_size=4)


def table(*rows):
    return Table("Test", [Column("one", "Một"), Column("two", "Hai, ba")], rows)


def test_write_csv_has_keys_headings_and_rows():
    rows = [("a", 'said "b", c'), (None, date(2026, 5, 31)), (Decimal("22.50"), 7)]

    assert list(write_csv(table(*rows))) == [
        "\ufeffone,two\r\n",
        'Một,"Hai, ba"\r\n',
        'a,"said ""b"", c"\r\n',
        ",2026-05-31\r\n",
        "22.5,7\r\n",
    ]


def test_write_csv_reads_a_row_only_when_it_is_asked_for():
    asked = []

    def rows() -> Iterator[tuple[str, str]]:
        for name in ("a", "b"):
            asked.append(name)
            yield (name, "")

    lines = write_csv(Table("Test", table().columns, rows()))
    begun = [next(lines), next(lines), next(lines)]

    assert (begun[-1], asked) == ("a,\r\n", ["a"])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_neutral_disarms_what_a_program_might_run(text, written):
    assert neutral(text) == written


@given(STARTS | TEXTS)
def test_neutral_is_taken_back_exactly(text):
    assert original(neutral(text)) == text


@given(STARTS | TEXTS)
def test_original_leaves_what_was_typed_without_an_apostrophe(text):
    assert text.startswith("'") or original(text) == text


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_write_csv_reads_back(rows):
    written = "".join(write_csv(table(*rows))).removeprefix("\ufeff")

    read = list(csv.reader(io.StringIO(written, newline="")))[2:]
    assert [tuple(original(cell) for cell in row) for row in read] == rows


@given(st.decimals(min_value=-(10**20), max_value=10**20, places=6), st.sampled_from(["vi", "en"]))
def test_spelled_figures_are_read_alike_in_both_languages(figure, language):
    assert read_figure(spelled(figure), language, negative=True) == figure


@pytest.mark.parametrize(
    ("figure", "fits"),
    [
        ("123456789012345", True),
        ("1234567890123456", False),
        ("91000000000000000000", True),
        ("0.000001", True),
        ("-1234567890.123456", False),
        ("0", True),
    ],
)
def test_fits_a_number_counts_the_digits(figure, fits):
    assert fits_a_number(Decimal(figure)) is fits
