"""Plain text: paragraphs, and lines that look like headings."""

import pytest

from deskhand.adapters.documents.plain import looks_like_heading, read_plain


def test_paragraphs_stand_between_empty_lines() -> None:
    found = read_plain("Opening hours\n\nWe open at nine\nand close at five.\r\n\r\nOn Sundays\n==========\nwe sleep.")

    assert [(part.level, part.text) for part in found.parts] == [
        (2, "Opening hours"),
        (0, "We open at nine and close at five."),
        (1, "On Sundays"),
        (0, "we sleep."),
    ]


def test_the_lines_of_a_list_stay_apart() -> None:
    assert read_plain("Bring:\n- a towel\n- a lock that is\n  your own").parts[0].text == (
        "Bring:\n- a towel\n- a lock that is your own"
    )


@pytest.mark.parametrize("line", ["Where can I park?", "Prices", "3 days of rain"])
def test_a_short_line_is_a_heading(line: str) -> None:
    assert looks_like_heading(line)


@pytest.mark.parametrize("line", ["", "and so on", "That is all.", "- Bring a towel", "1. Begin", "Word " * 30])
def test_a_sentence_or_a_point_of_a_list_is_none(line: str) -> None:
    assert not looks_like_heading(line)
