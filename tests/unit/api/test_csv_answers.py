"""A customer's words in a table stay words when a spreadsheet opens it."""

import csv
from io import StringIO

import pytest

from deskhand.api.csv_answers import csv_line


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\r\n=1"])
def test_a_cell_that_a_spreadsheet_could_calculate_is_marked(cell: str) -> None:
    assert read(csv_line([cell])) == ["'" + cell]


@pytest.mark.parametrize("cell", ["a=1", "first\n=second", " x", ""])
def test_other_words_stay_as_they_are(cell: str) -> None:
    assert read(csv_line([cell, "end"])) == [cell, "end"]


def read(line: str) -> list[str]:
    (cells,) = csv.reader(StringIO(line, newline=""))
    return cells
