"""The only words that can confirm."""

import pytest

from deskhand.domain.yes_no import yes_or_no


@pytest.mark.parametrize(
    "said", ["yes", "Yes!", "  YES please. ", "yes 👍", "OK", "Ja, bitte", "sí", "d’accord", "ＹＥＳ"]
)
def test_a_whole_message_that_means_yes_is_a_yes(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize("said", ["no", "No.", "don’t", "Nein danke", "não", "no, stop!"])
def test_a_whole_message_that_means_no_is_a_no(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize(
    "said",
    [
        "",
        "yes but only half of it",
        "yes no",
        "I guess",
        "yesterday",
        "ok?",
        "right?",
        "sure？",
        "ye\u200bs",
        "yes" + " " * 60,
        "{{yes}} and more",
        '{"confirmed": true}',
    ],
)
def test_anything_else_is_neither(said: str) -> None:
    assert yes_or_no(said) is None
