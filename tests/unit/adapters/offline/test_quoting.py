"""What customers write themselves, without what they quote and sign."""

import pytest

from deskhand.adapters.offline.quoting import own_words, without_signature

QUESTION = "What is the reason?"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("it broke", "it broke"),
        ("What is the reason? it broke", "it broke"),
        ("what is  the REASON?\nit broke", "it broke"),
        ("“What is the reason?” – it broke", "it broke"),
        ("> What is the reason?\n> Please say.\nit broke", "it broke"),
        ("What is the reason?", ""),
        ("> What is the reason?", ""),
        ("the reason is that it broke", "the reason is that it broke"),
        ("it broke. What is the reason?", "it broke. What is the reason?"),
        ("2 > 1", "2 > 1"),
    ],
)
def test_a_quoted_question_is_not_what_the_customer_says(text: str, own: str) -> None:
    assert own_words(text, QUESTION) == own


def test_a_question_of_one_word_is_taken_for_no_quotation() -> None:
    assert own_words("Order? A1001", "Order?") == "Order? A1001"


@pytest.mark.parametrize(
    "signature",
    [
        "--\nJo Miller\njo@example.com",
        "-- \nJo",
        "Kind regards\nJo Miller",
        "Best,\nJo",
        "Sent from my iPhone",
        "Mit freundlichen Grüßen\nJo Müller",
        "Viele Grüße\nJo",
        "____\nJo",
    ],
)
def test_a_signature_is_left_out(signature: str) -> None:
    assert without_signature(f"it broke\n\n{signature}") == "it broke"


@pytest.mark.parametrize("text", ["it broke", "best", "the best\nmug is broken", "--\nJo", "kind of\nregards nothing"])
def test_what_is_no_signature_stays(text: str) -> None:
    assert without_signature(text) == text
