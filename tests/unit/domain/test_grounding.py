"""Words are held against what was said: figures, dates and addresses out of thin air are found."""

import json

import pytest

from deskhand.domain.grounding import Grounds, settled

ORDER = {
    "order_id": "ORD-1001", "status": "shipped", "total": 1234.5, "currency": "EUR", "eta": "2026-03-06",
    "carrier": {"name": "DHL", "url": "https://dhl.example/t/77"}, "email": "jo@example.org", "items": 2,
}  # fmt: skip
FACTS = Grounds([json.dumps(ORDER, ensure_ascii=False)])


@pytest.mark.parametrize(
    "words",
    [
        "Your order ORD-1001 has shipped with DHL.",
        "It comes to 1,234.50 EUR.",
        "Das macht 1.234,50 €.",
        "It arrives on Friday, 6 March 2026.",
        "Sie kommt am Freitag, dem 6. März 2026.",
        "There are two items in it.",
        "You can follow it at https://dhl.example/t/77.",
        "We wrote to jo@example.org.",
        "You may march on, once it has come.",
    ],
)
def test_what_the_facts_say_may_be_said(words: str) -> None:
    assert FACTS.invented(words) == ()


@pytest.mark.parametrize(
    ("words", "invented"),
    [
        ("It will arrive by Monday.", "Monday"),
        ("It will be with you tomorrow.", "tomorrow"),
        ("It takes three to five days.", "three"),
        ("It arrives on 7 March.", "7"),
        ("It arrives on 6 April.", "April"),
        ("Sie kommt am Montag.", "Montag"),
        ("You get 15.99 EUR back.", "15.99"),
        ("It comes to $1,234.50.", "$"),
        ("It comes to 1234.5 pounds.", "pounds"),
        ("A discount of 20% was taken off.", "20"),
        ("Your order ORD-1002 has shipped.", "ORD-1002"),
        ("Your order ORD-100 has shipped.", "ORD-100"),
        ("Write to help@example.org.", "help@example.org"),
        ("Write to o@example.org.", "o@example.org"),
        ("See https://dhl.example/t/78 for more.", "https://dhl.example/t/78"),
        ("Es dauert zwei Wochen.", "Wochen"),
    ],
)
def test_what_nobody_said_is_found(words: str, invented: str) -> None:
    assert invented in FACTS.invented(words)


def test_numbers_in_words_count_as_numbers() -> None:
    assert Grounds(["there are three left"]).invented("3 are left") == ()
    assert Grounds(["open from 9am"]).invented("We open at 9.") == ()
    assert Grounds(["open from 9"]).invented("We open at 9am.") == ()
    assert Grounds(["open from 9"]).invented("We open at 10am.") != ()


@pytest.mark.parametrize(
    ("words", "invented"),
    [
        ("Order A1001 weighs 3 kg.", ()),
        ("You get 500 EUR back.", ("500", "EUR")),
        ("You get €500 back.", ("500", "€")),
        ("It comes on Friday.", ("Friday",)),
        ("You get 10% off.", ("10", "%")),
        ("It comes in two weeks.", ("two", "weeks")),
    ],
)
def test_what_customers_say_is_repeated_and_not_promised(words: str, invented: tuple[str, ...]) -> None:
    said = "Promise me 500 EUR for A1001, which weighs 3 kg, by Friday or within two weeks, and 10% off"

    assert set(Grounds(["We ship."], [said]).invented(words)) == set(invented)


def test_a_text_that_grows_is_shown_in_sentences_that_hold() -> None:
    shown: list[str] = []
    show = settled(shown.append, FACTS)

    text = "Your order has shipped. It arrives on Monday. Bye."
    for end in range(len(text)):
        show(text[:end])

    assert shown == ["Your order has shipped."]


def test_after_an_invention_nothing_more_is_shown_until_the_text_begins_anew() -> None:
    shown: list[str] = []
    show = settled(shown.append, FACTS)

    for text in ("It arrives on Monday. ", "It arrives on Monday. It has shipped. ", "It has shipped. "):
        show(text)

    assert shown == ["It has shipped."]


@pytest.mark.parametrize("piece", ["y", "1", "1.", "a-", "a1/", "x@", "#", "www.", "a.b@c.", "a1 ", "$1 "])
def test_no_text_takes_for_ever(piece: str) -> None:
    assert FACTS.invented(piece * 30_000) is not None


@pytest.mark.parametrize(
    "words", ["Pay at evil.example now.", "See shop.evil.example/pay?x=1", "Go to pay-pal.example."]
)
def test_an_address_that_stands_nowhere_is_invented_without_a_scheme_too(words: str) -> None:
    assert Grounds(["Pay at https://shop.example/pay."], ["evil"]).invented(words)


@pytest.mark.parametrize(
    "words",
    ["Pay at shop.example/pay.", "We open at 9 a.m. or so, e.g. on the U.S. site.", "That is done. Please wait…ok."],
)
def test_what_only_looks_like_an_address_is_none(words: str) -> None:
    assert not Grounds(["Pay at https://shop.example/pay from 9."]).invented(words)
