"""What customers stop and refuse, and what they want instead."""

import pytest

from deskhand.adapters.offline.phrases import stop_and_rest, without_refused


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("forget that, I want a refund", "I want a refund"),
        ("nvm. where is my order", "where is my order"),
        ("stop and book a call", "book a call"),
        ("never mind the call and give me my money back", "give me my money back"),
        ("vergiss es, ich will mein Geld zurück", "ich will mein Geld zurück"),
    ],
)
def test_what_comes_after_a_stop_is_the_rest(text: str, rest: str) -> None:
    found = stop_and_rest(text)
    assert found is not None
    assert found[1] == rest


@pytest.mark.parametrize("text", ["forget that", "cancel my order, please", "I want a refund, never mind", "stop!", ""])
def test_a_message_that_does_not_begin_with_a_stop_has_no_rest(text: str) -> None:
    assert stop_and_rest(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("no I dont want a refund", ""),
        ("please do not cancel my order", ""),
        ("I don't want to cancel my order, just change the address", "just change the address"),
        ("I dont need a refund, where is my order?", "where is my order?"),
        ("ich möchte nicht kündigen, nur die Adresse ändern", "nur die Adresse ändern"),
        ("ich will keine Erstattung", ""),
    ],
)
def test_what_is_refused_is_not_wanted(text: str, wanted: str) -> None:
    kept, refused = without_refused(text)
    assert kept.strip(" ,.") == wanted
    assert refused


@pytest.mark.parametrize(
    "text",
    [
        "I don't want my subscription any more",
        "I don't want a subscription any longer, cancel it",
        "I didn't get my order",
        "I don't have the number",
        "why don't you send my order",
        "I want a refund",
    ],
)
def test_a_complaint_refuses_nothing(text: str) -> None:
    assert without_refused(text) == (text, "")
