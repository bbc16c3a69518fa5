"""Messages with one request, and with several."""

import pytest

from deskhand.adapters.offline.requests import several_requests


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("cancel my order and book a call", ["cancel my order", "book a call"]),
        ("I want a refund. Also, where is my other order?", ["I want a refund.", "where is my other order?"]),
        ("Where is my parcel and how do I return an item?", ["Where is my parcel", "how do I return an item?"]),
        ("Cancel my subscription, and I also want to update my billing address",
         ["Cancel my subscription", "I also want to update my billing address"]),
        ("I want to return my shoes and exchange the shirt", ["I want to return my shoes", "exchange the shirt"]),
        ("I want a refund and where is order A1002?", ["I want a refund", "where is order A1002?"]),
        ("Ich möchte meine Bestellung stornieren. Außerdem möchte ich einen Termin buchen",
         ["Ich möchte meine Bestellung stornieren.", "möchte ich einen Termin buchen"]),
    ],
)  # fmt: skip
def test_two_requests_are_told_apart(text: str, parts: list[str]) -> None:
    assert several_requests(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "I want to cancel my order and get my money back",
        "Please cancel my order. It arrived broken.",
        "I want to find and book a hotel for two people and two nights",
        "cancel my order and refund me",
        "I'd like to book a flight from Rome to Oslo and a hotel in Paris",
        "My order has not arrived. Where is it?",
        "I want to change my email and my phone number",
        "Hi! I need a refund for order A1001. Can you help me?",
        "please check the order and tell me the status",
        "I need a refund. I bought shoes last week and they don't fit.",
        "I want a refund and I'm angry about the delivery",
        "",
    ],
)
def test_one_request_stays_whole(text: str) -> None:
    assert several_requests(text) == [text]
