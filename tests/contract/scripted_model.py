"""What a model answers to the contract's messages, by the message and the question that stands.

It also answers what no model should: the contract has to hold all the same.
"""

from typing import Any

from tests.fake_model import Reply, calls

START = {"kind": "start_procedure", "procedure": "refund", "values": {}}
STATUS = {"kind": "start_procedure", "procedure": "order-status", "values": {}}

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "I want a refund": [START],  # also where it is not offered
    "refund for A1001, my mail is jo@example.org": [
        {**START, "values": {"order_id": "A1001", "email": "jo@example.org"}}
    ],
    "what's the weather like?": [{"kind": "unanswerable"}],
    "hello": [{"kind": "small_talk", "about": "greeting"}],
    "thanks": [{"kind": "small_talk", "about": "thanks"}],
    "What's my order status?": [STATUS],
    "never mind": [{"kind": "cancel"}],
    "I want to talk to a human": [{"kind": "hand_over", "reason": "The customer asked for a person."}],
    "the refund": [START],
    "yes": [{"kind": "affirm"}],  # also where an act is to be confirmed
    "yes please": [{"kind": "affirm"}],
    "no": [{"kind": "decline"}],
    "no thanks": [{"kind": "decline"}],
    "hm, maybe": [],
    "no, it is B2002": [{"kind": "correct_variable", "variable": "order_id", "value": "B2002"}],
    "actually my email is al@example.org": [
        {"kind": "correct_variable", "variable": "email", "value": "al@example.org"}
    ],
}
VALUES: dict[str, Any] = {
    "it's jo@example.org thanks": "jo@example.org",
    "the number is A1001": "A1001",
    "about 50 people": 50,
    "yes": True,
    "pro please": "pro",
    "2026-03-31": "2026-03-31",
    "My name is Jo Smith": "Jo Smith",
    "it arrived broken": "it arrived broken",
}


def answer(told: dict[str, Any]) -> Reply:
    """The reply to a request, by the JSON of its prompt."""
    text, question = told["message"], told.get("question_that_stands")
    if question is not None and text in VALUES:
        return calls({"kind": "set_variables", "values": {question["variable"]: VALUES[text]}})
    return calls(*ANSWERS[text])
