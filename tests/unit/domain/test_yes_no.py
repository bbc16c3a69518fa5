"""The only words that can confirm."""

import pytest

from deskhand.domain.yes_no import yes_or_no


@pytest.mark.parametrize(
    "said", ["yes", "Yes!", "  YES please. ", "yes 👍", "OK", "Ja, bitte", "sí", "d’accord", "ＹＥＳ"]
)
def test_a_whole_message_that_means_yes_is_a_yes(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize(
    "said",
    ["yep", "yesss", "Sure thing", "go ahead!", "passt", "jo", "👍", "👍🏽👍🏽", "✅", "ok 👍", "oui", "por supuesto",
     "certo", "ja graag", "claro que sim", "oczywiście", "Zgadza się."],
)  # fmt: skip
def test_a_yes_may_be_slang_drawn_out_a_sign_or_in_another_language(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize(
    "said",
    ["nah", "nooo", "nö", "of course not", "👎", "❌", "no 👎", "lieber nicht", "pas du tout", "de ninguna manera",
     "liever niet", "nie, dziękuję", "de jeito nenhum", "no grazie"],
)  # fmt: skip
def test_a_no_may_be_slang_drawn_out_a_sign_or_in_another_language(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize(
    "said",
    ["yes 👎", "no 👍", "👍👎", "👍?", "👍 but later", "👍 🎉 🎂", "yes 🤔", "🤷", "❤️", "noon", "that's ok", "ja, aber",
     "yes if it is free", "sí, pero", "fine", "perhaps", "yeah right", "not yes"],
)  # fmt: skip
def test_a_sign_against_its_words_a_doubt_and_a_condition_are_neither(said: str) -> None:
    assert yes_or_no(said) is None


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
