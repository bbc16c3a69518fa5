"""Files of contacts are read line by line, and what is wrong with a line is told with its number."""

from pathlib import Path
from typing import Any

import pytest

from deskhand.cli.commands import BadFile
from deskhand.cli.contact_files import LONGEST_LINE, read_contacts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "contacts"


def read(file: Path, text: str | bytes) -> list[tuple[int, Any]]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(line.number, line.problem or line.contact) for line in read_contacts(file)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter(file: Path, delimiter: str) -> None:
    text = "\ufeffid,first_name,plan,attributes.seats\r\n17,Ada,business,3\r\n18, ,,\r\n".replace(",", delimiter)

    assert read(file, text) == [
        (2, {"id": "17", "first_name": "Ada", "attributes": {"plan": "business", "seats": "3"}}),
        (3, {"id": "18"}),
    ]


def test_a_row_of_csv_may_go_over_several_lines(file: Path) -> None:
    text = '\nemail,note\na@example.com,"one, ""two""\nthree"\n\nb@example.com,x\n'

    assert read(file, text) == [
        (3, {"email": "a@example.com", "attributes": {"note": 'one, "two"\nthree'}}),
        (6, {"email": "b@example.com", "attributes": {"note": "x"}}),
    ]


def test_a_row_with_too_few_or_too_many_cells_is_told(file: Path) -> None:
    assert read(file, "id,email\n1\n2,b@example.com,x\n3,c@example.com\n") == [
        (2, "It has 1 cells, but there are 2 columns."),
        (3, "It has 3 cells, but there are 2 columns."),
        (4, {"id": "3", "email": "c@example.com"}),
    ]


def test_json_lines(file: Path) -> None:
    text = '{"id": "17", "attributes": {"seats": 3}}\n\n[1]\n{"id": NaN}\n{"id"\n'

    assert read(file, text) == [
        (1, {"id": "17", "attributes": {"seats": 3}}),
        (3, "This is no object: write one contact to a line."),
        (4, "NaN is no JSON number."),
        (5, "It is no JSON: Expecting ':' delimiter (line 1, column 6)."),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "contacts: there is nothing in it."),
        ("name,plan\nAda,x\n", "contacts:1: no column is called `id` or `email`: the first line names the columns."),
        ("id,plan,plan\n1,2,3\n", "contacts:1: `plan` is there twice: name each column once."),
        ('id,plan\n1,x\n2,"open\n3,y\n', "contacts:3: this is no CSV: unexpected end of data."),
        (b"id\n\xff\xfe\n", "contacts: this is no text in UTF-8."),
        ("id\n" + "x" * LONGEST_LINE, "contacts:2: this line is too long for a contact: "),
    ],
)
def test_a_file_that_cannot_be_read_is_told(file: Path, text: str | bytes, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(file, text)
    assert sentence in caught.value.sentence


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "this is a folder"), (tmp_path / "none", "this cannot be read: No such file")):
        with pytest.raises(BadFile, match=words):
            list(read_contacts(path))


def test_a_long_file_is_read_as_it_comes(file: Path) -> None:
    file.write_text("id\n" + "17\n" * 1_000 + "x" * LONGEST_LINE, encoding="utf-8")
    lines = read_contacts(file)

    assert next(lines).contact == {"id": "17"}  # what is wrong far below was not read yet
    with pytest.raises(BadFile):
        list(lines)
