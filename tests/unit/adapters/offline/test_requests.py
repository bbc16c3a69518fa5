"""What customers ask for, and which procedure that is."""

import pytest

from deskhand.domain.commands import Clarify, StartProcedure
from deskhand.ports.understanding import Candidate, Wanted
from tests.unit.adapters.offline.shop import EMAIL, ORDER, REFUND, STATUS, understood


async def started(text: str, *args: object, **more: object) -> str | None:
    command = await understood(text, *args, **more)  # type: ignore[arg-type]
    return command.procedure if isinstance(command, StartProcedure) else None


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("I want a refund", "refund-request"),
        ("refund", "refund-request"),
        ("I WANT A REFUND NOW!!!", "refund-request"),
        ("😡😡 i want a refnd 😡", "refund-request"),
        ("Can I get my money back?", "refund-request"),
        ("i'd like to send this back", "refund-request"),
        ("I'd like to return the shoes I bought", "refund-request"),
        ("Hi, I bought a laptop two weeks ago and it broke. I would like a refund for it. Thanks!", "refund-request"),
        ("where is my order", "order-status"),
        ("What's my order status?", "order-status"),
        ("can you tell me the status of order A1001", "order-status"),
        ("How much is enterprise pricing?", "enterprise-lead"),
        ("I'd like to talk to sales", "enterprise-lead"),
        ("please cancel my order", "cancel-order"),
        ("can I book a call with you", "book-call"),
    ],
)
async def test_a_request_starts_the_procedure_it_means(text: str, procedure: str) -> None:
    assert await started(text) == procedure


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Good morning, how are you?",
        "thanks",
        "ok great, thank you so much",
        "what's the weather like tomorrow?",
        "tell me a joke",
        "who are you",
        "how do I reset my password?",
        "is the shop open on sunday",
        "yes",
        "👍",
        "???",
        "   ",
        "",
    ],
)
async def test_what_fits_no_procedure_starts_none(text: str) -> None:
    assert not isinstance(await understood(text), StartProcedure | Clarify)


@pytest.mark.parametrize("text", ["A1001", "a1001 please", "hi, it's about A1001"])
async def test_a_code_by_itself_asks_what_to_do_with_it_and_is_kept(text: str) -> None:
    command = await understood(text)
    assert isinstance(command, Clarify)
    assert {"refund-request", "order-status"} <= set(command.between)
    assert command.values["order_id"] == "A1001"


async def test_a_code_in_a_long_message_about_something_else_is_not_asked_about() -> None:
    text = "my neighbour's new television shows E1234 on its screen whenever she turns it on in the evening"
    assert not isinstance(await understood(text), StartProcedure | Clarify)


@pytest.mark.parametrize("text", ["I am a customer", "a customer asks", "when a visitor mentions", "a user wants"])
async def test_how_builders_write_triggers_matches_nothing(text: str) -> None:
    assert await understood(text) is None


async def test_two_procedures_that_fit_alike_are_put_to_choice() -> None:
    command = await understood("I have a question about my order", (STATUS, *_ORDERS))
    assert isinstance(command, Clarify)
    assert set(command.between) <= {"order-status", "cancel-order", "change-order"}


_ORDERS = (
    Candidate("cancel-order", "Cancel an order", "When a customer wants to cancel an order"),
    Candidate("change-order", "Change an order", "When a customer wants to change an order"),
)


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("Ich möchte mein Geld zurück", "erstattung"),
        ("wo bleibt meine Bestellung?", "bestellstatus"),
        ("Bestellstatus bitte", "bestellstatus"),
    ],
)
async def test_german_requests_are_matched_in_german(text: str, procedure: str) -> None:
    german = (
        Candidate("erstattung", "Erstattung", "Wenn ein Kunde eine Erstattung möchte oder etwas zurückgeben will"),
        Candidate("bestellstatus", "Bestellstatus", "Wenn jemand nach dem Status seiner Bestellung fragt"),
    )
    assert await started(text, german, language="de") == procedure


async def test_an_example_phrase_matches_where_the_description_says_nothing_of_it() -> None:
    vague = Candidate("points", "Loyalty", "When a customer asks about loyalty", ("how many stars do i have left",))
    assert await started("How many stars have I got left?", (REFUND, vague)) == "points"


async def test_a_catalogue_without_procedures_matches_nothing() -> None:
    assert await understood("I want a refund", ()) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("refund for A1001, my mail is jo@x.org", {"order_id": "A1001", "email": "jo@x.org"}),
        ("I need a refund for order #a1001 (jo@example.org).", {"order_id": "A1001", "email": "jo@example.org"}),
        (
            "I want a refund for B2002 because the screen is cracked. My email: jo@example.org",
            {"order_id": "B2002", "email": "jo@example.org", "reason": "the screen is cracked"},
        ),
        ("I want a refund", {}),
        ("I ordered 2 chairs 14 days ago and want a refund", {}),
    ],
)
async def test_values_in_the_request_come_along(text: str, values: dict[str, str]) -> None:
    command = await understood(text)
    assert isinstance(command, StartProcedure)
    assert command.values == values


async def test_a_number_comes_along_only_beside_a_word_that_names_it() -> None:
    told = await understood("How much is enterprise pricing? We have 50 employees")
    untold = await understood("I heard about enterprise pricing 3 weeks ago")
    assert isinstance(told, StartProcedure)
    assert isinstance(untold, StartProcedure)
    assert (told.values, untold.values) == ({"company_size": "50"}, {})


async def test_a_choice_comes_along_when_it_is_named_and_not_denied() -> None:
    size = Wanted("size", "text", choices=("Small", "Large"))
    shirts = Candidate("exchange", "Exchange", "When a customer wants to exchange a shirt", (), (size, ORDER, EMAIL))
    named = await understood("exchange my shirt for a large", (shirts,))
    denied = await understood("exchange my shirt, but not large", (shirts,))
    assert isinstance(named, StartProcedure)
    assert isinstance(denied, StartProcedure)
    assert (named.values, denied.values) == ({"size": "Large"}, {})
