"""Rows as CSV: what no reader may take for something else."""

import csv
import io

import pytest

from commitments.text.tabular import csv_line


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", '""'),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        ("22.5", "22.5"),
        ("Cam Kết", "Cam Kết"),
        ('a "b", c', '"a ""b"", c"'),
        ("one\r\ntwo", '"one\r\ntwo"'),
        (["b", "a"], '"[""b"",""a""]"'),
        ({"b": None, "a": "ế"}, '"{""a"":""ế"",""b"":null}"'),
        ([], "[]"),
    ],
)
def test_csv_line_spells_each_value_in_one_way(value, cell):
    line = csv_line(["key", value]).decode()

    assert line == f"key,{cell}\r\n"
    assert len(next(csv.reader(io.StringIO(line, newline="")))) == 2
