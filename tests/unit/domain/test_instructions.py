"""Names in an agent's instructions that match no action and no procedure are pointed out, and nothing else is."""

import pytest

from deskhand.domain.instructions import unknown_names

KNOWN = {"refund-request": "Refund request", "order-status": "Order status", "find-order": "Find an order"}


@pytest.mark.parametrize(
    ("text", "name", "suggestion"),
    [
        ("Use `refund-reqest` when they want money back.", "refund-reqest", "refund-request"),
        ("Use `book-flight` first.", "book-flight", None),
        ("Run the action “Find a order” first.", "Find a order", "find-order"),
        ('Never start the procedure "Delete everything".', "Delete everything", None),
        ("Use order-statsu for parcels.", "order-statsu", "order-status"),
        ("If it fails, start delete-account.", "delete-account", None),
    ],
)
def test_a_name_that_matches_nothing_is_pointed_out(text: str, name: str, suggestion: str | None) -> None:
    [unknown] = unknown_names(text, KNOWN)

    assert (unknown.name, unknown.suggestion) == (name, suggestion)
    assert f"`{name}`" in unknown.sentence
    assert (suggestion is None) == ("did you mean" not in unknown.sentence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Use `refund-request` when they want money back, and `Order status` for parcels.",
        "Run refund-request; on 404 say “We could not find that”.",
        "Say “thank you” and 'goodbye'. Be a well-mannered, up-to-date agent; write e-mails to help-desk@example.com.",
        "Use REFUND-REQUEST and “refund request”.",
        "Use `action:find-order` yourself.",
        "See https://example.com/how-to-return for more.",
        "Don't use the customer's first name, that's what 'Sam' does.",
        "Use short, follow-up-free answers: `–`",
    ],
)
def test_known_names_and_ordinary_words_are_left_alone(text: str) -> None:
    assert unknown_names(text, KNOWN) == ()


def test_each_name_is_pointed_out_once_in_its_order() -> None:
    found = unknown_names("`two-of` then `one-of` then `Two of` again", KNOWN)

    assert [one.name for one in found] == ["two-of", "one-of"]


def test_long_instructions_are_looked_through_quickly_and_not_without_end() -> None:
    text = "".join(f"`name-{number}` " for number in range(1000))

    assert len(unknown_names(text, KNOWN)) == 20
