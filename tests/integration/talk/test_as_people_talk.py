"""Customers write as people do: misspelt, shouted, without a point, in two languages, with everything at once."""

from typing import Any

import pytest

from tests.integration.talk.shop_desk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

RANT = (
    "I have been waiting for THREE WEEKS and nobody answers the phone, this is the worst shop I ever used, my "
    "daughter's birthday is ruined and I am telling everyone I know. I want a refund for order A1001. Do you people "
    "even read this? Unbelievable."
)
SPOKEN = (
    "um hi so i ordered like two mugs last week and uh they came totally smashed so i want my money back the order "
    "number is A1001 and my email is jo@example.com thanks"
)
LETTER = """Hello,

I would like a refund for order A1001.

Kind regards
Jo Miller
jo@miller.example
Tel. +44 20 7946 0000"""


@pytest.mark.parametrize(
    ("text", "procedure", "asked", "known"),
    [
        ("I want a refund", "refund", "order_id", {}),
        ("i wnat a refnud plz", "refund", "order_id", {}),
        ("I WANT MY MONEY BACK!!!", "refund", "order_id", {}),
        ("refund", "refund", "order_id", {}),
        ("hola, I want a refund por favor", "refund", "order_id", {}),
        ("😡😡 refund now 😡", "refund", "order_id", {}),
        ("Ihr habt mir das falsche geschickt!! I want a refund, Bestellung A1001", "refund", "reason",
         {"order_id": "A1001"}),
        (RANT, "refund", "reason", {"order_id": "A1001"}),
        (SPOKEN, "refund", "reason", {"order_id": "A1001", "email": "jo@example.com"}),
        (LETTER, "refund", "reason", {"order_id": "A1001", "email": "jo@miller.example"}),
        ("want refund 4 order a1001 its broke af lol 😂 jo@example.com", "refund", "reason",
         {"order_id": "A1001", "email": "jo@example.com"}),
        ("book a call on friday, +49 30 1234567", "book-a-call", "topic",
         {"day": "2026-03-06", "number": "+49301234567"}),
        ("cancel my subscription for jo@example.com", "cancel-subscription", "confirmation",
         {"email": "jo@example.com"}),
        ("change my address to 5 Elm Street for order A1001", "change-of-address", "confirmation",
         {"order_id": "A1001", "address": "5 Elm Street"}),
        ("I want 3 mugs as a gift", "reorder", "confirmation", {"product": "mug", "quantity": 3, "gift": True}),
        ("wheres my pakcage", "order-status", "order_id", {}),
    ],
)  # fmt: skip
async def test_the_first_message_starts_what_is_wanted_with_what_it_holds(
    talk: Talk, text: str, procedure: str, asked: str, known: dict[str, Any]
) -> None:
    await talk.says(text)
    assert await talk.open() == [(procedure, asked)]
    assert await talk.knows() == known
    assert talk.sent == []


@pytest.mark.parametrize(
    "text",
    [
        "where is my order A1001",
        "hey 👋 where's my order A1001? 📦",
        "Hi! My parcel hasn't arrived and I'm really worried, it's been two weeks. Order A1001. Could you check?",
        "order status A1001 asap",
    ],
)
async def test_a_question_that_holds_the_number_is_answered_at_once(talk: Talk, text: str) -> None:
    assert await talk.says(text) == ["Order A1001 is open."]
    assert await talk.open() == []


@pytest.mark.parametrize(
    ("asked", "text", "name", "value"),
    [
        ("refund", "A1001", "order_id", "A1001"),
        ("refund", "a1001 🙏", "order_id", "A1001"),
        ("refund", "A1001!!!!", "order_id", "A1001"),
        ("refund", "its order a 1001 i think", "order_id", "A1001"),
        ("refund", "Which order? A1001", "order_id", "A1001"),
        ("refund", "> Which order?\nA1001", "order_id", "A1001"),
        ("refund", "A1001\n\n--\nJo Miller\n+44 20 7946 0000\njo@miller.example", "order_id", "A1001"),
        ("refund A1001", "its borken", "reason", "its borken"),
        ("refund A1001", "IT WAS BROKEN!!!", "reason", "IT WAS BROKEN!!!"),
        ("refund A1001", "What is the reason? it broke", "reason", "it broke"),
        ("refund A1001", "\"What is the reason?\" – too small", "reason", "too small"),
        ("refund A1001", "it broke\n\nSent from my iPhone", "reason", "it broke"),
        ("refund A1001", "I don't want it anymore", "reason", "I don't want it anymore"),
        ("refund A1001", "changed my mind", "reason", "changed my mind"),
        ("refund A1001", "ich glaube es war kaputt", "reason", "ich glaube es war kaputt"),
        ("book a call", "lets say friday", "day", "2026-03-06"),
        ("book a call", "TOMORROW PLEASE", "day", "2026-03-03"),
        ("book a call friday", "you can reach me on 0049 30 1234567", "number", "+49301234567"),
        ("book a call", "friday doesn't work, monday is fine", "day", "2026-03-09"),
        ("book a call", "why not friday?", "day", "2026-03-06"),
        ("I want to order more mugs", "two", "quantity", 2),
        ("I want to order more mugs", "uhh 12 pls", "quantity", 12),
        ("cancel my subscription", "jo at example dot com", "email", "jo@example.com"),
        ("cancel my subscription", "its <JO@EXAMPLE.COM>.", "email", "JO@example.com"),
        ("cancel my subscription", "see below\n-- \nJo\njo@example.com", "email", "jo@example.com"),
    ],
)  # fmt: skip
async def test_an_answer_is_found_however_it_is_written(
    talk: Talk, asked: str, text: str, name: str, value: Any
) -> None:
    await talk.says(asked, text)
    assert (await talk.top()).variables[name] == value
    assert talk.sent == []


async def test_several_values_in_one_sentence_go_where_they_belong(talk: Talk) -> None:
    told = await talk.says(
        "book a call", "i cant do mornings, friday works, you can reach me on +49 30 1234567, its about my invoice"
    )
    assert told == ["Booked for 2026-03-06 on +49301234567 about your invoice."]
    assert talk.sent == ['/calls {"day":"2026-03-06","number":"+49301234567","topic":"invoice"}']


async def test_lines_with_names_are_read_as_a_form(talk: Talk) -> None:
    told = await talk.says("I want a refund", "Order: A1001\nReason: broken\nEmail: jo@example.com")
    assert told[0] == "Refunded A1001 (open) to jo@example.com: broken."


@pytest.mark.parametrize("text", ["not tomorrow, the day after", "I can't do friday", "31st of february", "whenever"])
async def test_a_day_that_does_not_suit_or_does_not_exist_is_not_booked(talk: Talk, text: str) -> None:
    await talk.says("book a call", text)
    assert await talk.open() == [("book-a-call", "day")]
    assert await talk.knows() == {}


async def test_a_reason_ends_where_the_email_is_told(talk: Talk) -> None:
    told = await talk.says("I want a refund", "A1001", "its broken, and my mail is jo@example.com")
    assert told[0] == "Refunded A1001 (open) to jo@example.com: its broken."


@pytest.mark.parametrize(
    ("text", "knows"),
    [
        ("jo@example.com", {"order_id": "A1001", "email": "jo@example.com"}),
        ("my email is jo@example.com", {"order_id": "A1001", "email": "jo@example.com"}),
        ("you can write to jo@example.com btw", {"order_id": "A1001", "email": "jo@example.com"}),
        ("A1002", {"order_id": "A1002"}),
        ("A1001", {"order_id": "A1001"}),
    ],
)
async def test_a_value_for_another_question_is_no_reason(talk: Talk, text: str, knows: dict[str, Any]) -> None:
    await talk.says("I want a refund", "A1001", text)
    assert await talk.open() == [("refund", "reason")]
    assert await talk.knows() == knows
    assert talk.sent == []


@pytest.mark.parametrize(
    "text",
    [
        "What is the reason?",
        "why?",
        "why do you need to know that?",
        "dunno",
        "hello?",
        "thanks",
        "> What is the reason?",
    ],
)
async def test_words_that_answer_nothing_leave_the_question(talk: Talk, text: str) -> None:
    assert (await talk.says("refund A1001", text))[-1].endswith("What is the reason?")
    assert await talk.knows() == {"order_id": "A1001"}


@pytest.mark.parametrize(
    "text", ["🤷", "…", "help", "asdf", "lol", "dunno", "no wait", "what? no", "hm", "the one from last week"]
)
async def test_a_word_without_a_digit_is_no_order_number(talk: Talk, text: str) -> None:
    await talk.says("I want a refund", text)
    assert await talk.open() == [("refund", "order_id")]
    assert talk.desk.shop.seen == []


async def test_ten_thousand_characters_are_read_for_what_they_ask_at_the_beginning(talk: Talk) -> None:
    told = await talk.says("Where is my order A1001? " + "I am so tired of waiting for all of this. " * 240)
    assert told == ["Order A1001 is open."]


async def test_ten_thousand_characters_of_anger_are_one_reason(talk: Talk) -> None:
    anger = "it was broken and nobody cares " * 320
    await talk.says("refund A1001", anger)
    assert (await talk.knows())["reason"] == anger.strip()
    assert await talk.open() == [("refund", "email")]


@pytest.mark.parametrize("text", ["   ", "😀", "...", "👍👍", "?!?!", "yes", "no", "ok", "k"])
async def test_a_message_that_asks_for_nothing_counts_as_no_question(talk: Talk, text: str) -> None:
    assert await talk.says(text) == ["What can I do for you?"]
    assert await talk.bodies("unanswered") == []
    assert await talk.bodies("offer") == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("hi there!", "Hello!"),
        ("hi can you help me", "Hello!"),
        ("is anyone there??", "Hello!"),
        ("help", "Hello!"),
        ("thx!!", "You're welcome."),
        ("thanks that was quick", "You're welcome."),
        ("no thanks", "Goodbye"),
        ("BYE", "Goodbye"),
    ],
)
async def test_small_talk_is_returned(talk: Talk, text: str, begins: str) -> None:
    [told] = await talk.says(text)
    assert told.startswith(begins)
    assert await talk.open() == []


async def test_small_talk_in_the_middle_costs_no_try(talk: Talk) -> None:
    for text in ("cancel my subscription", *["hello?"] * 6):
        told = await talk.says(text)
    assert told == ["Which email is it under?"]
    assert (await talk.top()).waiting.attempts == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["asdf qwer", "bla bla", "this is ridiculous", "what? no", "I meant Friday", "make it 3"]
)
async def test_what_is_not_understood_four_times_goes_to_a_person(talk: Talk, text: str) -> None:
    told = [await talk.says(text) for _ in range(4)]
    assert told[0][0].startswith("I'm not sure what you need. I can help with: Book a call")
    assert told[1] == ["I'm not sure what you need. Could you say it in other words?"]
    assert (await talk.state()).mode == "member"
    assert talk.desk.shop.seen == []


async def test_answers_that_are_none_go_to_a_person_in_the_end(talk: Talk) -> None:
    for text in ("I want a refund", "i dont have it", "i really dont know it", "no clue", "nope", "idk"):
        await talk.says(text)
    assert (await talk.state()).mode == "member"
    assert talk.desk.shop.seen == []


@pytest.mark.parametrize(
    "text", ["I want a human", "GET ME A PERSON!!", "can i talk to somebody real pls, to your support?", "agent"]
)
async def test_a_person_comes_when_one_is_wanted(talk: Talk, text: str) -> None:
    await talk.says("refund A1001", text)
    assert (await talk.state()).mode == "member"
    assert talk.sent == []
