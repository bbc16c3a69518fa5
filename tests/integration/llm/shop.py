"""What a shop's agent may do, as a model is told it."""

from dataclasses import replace
from typing import Any

from deskhand.ports.understanding import Candidate, Context, Given, Line, Passage, Wanted

ORDER = Wanted("order_id", "text", example="A1001", description="The order's number")
EMAIL = Wanted("email", "email")
AMOUNT = Wanted("amount", "number")
REASON = Wanted("reason", "text", choices=("Broken", "Too late"))
CANDIDATES = (
    Candidate(
        "refund",
        "Refund",
        "When a customer asks for a refund",
        ("I want my money back",),
        (ORDER, EMAIL, AMOUNT, REASON),
        when_not_to_use="For gift cards",
    ),
    Candidate("order-status", "Order status", "When a customer asks where an order is", (), (ORDER,)),
    Candidate("action:find-order", "Find an order", "Finds an order by its number.", (), (ORDER,)),
)
SHIPPING = Passage("shipping#1", "We ship within 30 days. Returns are free.", "Shipping", "shipping")
CONTEXT = Context(
    "Refund for A1001, please. I am jo@example.org",
    CANDIDATES,
    now=1_772_442_000_000,
    look_up=lambda _: (SHIPPING,),
    history=(Line("customer", "hello"), Line("agent", "Hi! How can I help?")),
    instructions="Be brief.",
    agent="Sam",
)
START = {"kind": "start_procedure", "procedure": "refund", "values": {}}


def said(text: str, **change: Any) -> Context:
    """The context of another message."""
    return replace(CONTEXT, text=text, **change)


def given(wanted: Wanted, value: Any) -> Given:
    return Given(wanted, value)
