"""PDF files: their text by page, large letters as headings, and no header or footer."""

import pytest
from pypdf import PdfWriter

from deskhand.adapters.documents.blocks import Unreadable
from deskhand.adapters.documents.pdf import read_pdf
from tests.unit.adapters.documents.made_up import pdf

SENTENCE = "The battery is charged in four hours with the char-"


def test_lines_become_paragraphs_under_headings() -> None:
    made = pdf([("Charging", 20), (SENTENCE, 10), ("ger that is in the bag. It is", 10), ("never left alone.", 10)])

    found = read_pdf(made)

    told = [(part.level, part.text, part.page) for part in found.parts]
    text = "The battery is charged in four hours with the charger that is in the bag. It is never left alone."
    assert told == [(1, "Charging", 1), (0, text, 1)]


def test_its_title_and_pages_are_known() -> None:
    found = read_pdf(pdf([("Page one tells this.", 10)], [("Page two tells that.", 10)], title="Manual", compress=True))

    assert found.title == "Manual"
    assert [(part.text, part.page) for part in found.parts] == [
        ("Page one tells this.", 1),
        ("Page two tells that.", 2),
    ]


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [[("Radhaus Manual", 10), (f"Only here: {word}.", 10), (f"Page {at} of 4", 10)]
             for at, word in enumerate(("one", "two", "three", "four"), 1)]  # fmt: skip

    texts = [part.text for part in read_pdf(pdf(*pages)).parts]

    assert texts == [f"Only here: {word}." for word in ("one", "two", "three", "four")]


def test_a_scan_says_that_it_has_no_text() -> None:
    with pytest.raises(Unreadable, match="holds no text"):
        read_pdf(pdf([]))


def test_a_locked_file_says_so(tmp_path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")

    with pytest.raises(Unreadable, match="protected by a password"):
        read_pdf((tmp_path / "locked.pdf").read_bytes())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"<html>", bytes(range(256)) * 20])
def test_what_is_no_pdf_says_so(content: bytes) -> None:
    with pytest.raises(Unreadable, match="no PDF that can be read"):
        read_pdf(content)
