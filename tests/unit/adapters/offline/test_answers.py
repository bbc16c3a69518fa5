"""Answers to a pending question, as people write them."""

from typing import Any

import pytest

from deskhand.domain.commands import NoAnswer, SetVariables, StartProcedure
from deskhand.ports.understanding import Wanted
from tests.unit.adapters.offline.shop import EMAIL, ORDER, REASON, SHOP, understood

SIZE = Wanted("company_size", "integer", description="How many people work there")
PLAN = Wanted("plan", "text", choices=("Basic", "Pro", "Enterprise Plus"))
NAME = Wanted("name", "text")


async def answer(text: str, pending: Wanted, **more: Any) -> Any:
    command = await understood(text, pending=pending, **more)
    if command is None or isinstance(command, NoAnswer):
        return None
    assert isinstance(command, SetVariables)
    return command.values.get(pending.name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jo@example.org", "jo@example.org"),
        ("it's jo@example.org thanks", "jo@example.org"),
        ("my email is <jo@example.org>.", "jo@example.org"),
        ("mail:jo.doe+shop@example.co.uk!", "jo.doe+shop@example.co.uk"),
        ("jo at example dot org", "jo@example.org"),
        ("jo.doe (at) example.org please", "jo.doe@example.org"),
        ("I am at work.", None),
        ("jo@", None),
        ("why do you need that?", None),
    ],
)
async def test_an_email_address_is_found_in_a_sentence(text: str, found: str | None) -> None:
    assert await answer(text, EMAIL, running="refund-request") == found


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("+44 20 7946 0958", None, "+44 20 7946 0958"),
        ("you can call me at +49 30 123456 after six", None, "+49 30 123456"),
        ("0049 30 123456", None, "+49 30 123456"),
        ("020 7946 0958", "GB", "020 7946 0958"),
        ("020 7946 0958", None, None),
    ],
)
async def test_a_phone_number_is_found_in_a_sentence(text: str, region: str | None, found: str | None) -> None:
    assert await answer(text, Wanted("phone", "phone"), region=region) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50", "50"),
        ("about 50 people", "50"),
        ("around 50.", "50"),
        ("$1,200", "1,200"),
        ("fifty", "50"),
        ("we are twenty five", "25"),
        ("two hundred and fifty", "250"),
        ("a dozen", "12"),
        ("3.5", "3.5"),
        ("between 10 and 20", None),
        ("10-20", None),
        ("at 10:30", None),
        ("on the 2nd", None),
        ("no idea", None),
    ],
)
async def test_a_number_is_found_where_only_one_is_meant(text: str, found: str | None) -> None:
    assert await answer(text, SIZE, running="enterprise-lead") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("yes", True),
        ("yeah I do", True),
        ("No, I lost it", False),
        ("I don't have it", False),
        ("nein", False),
        ("not sure", None),
        ("I don't know", None),
        ("yes but not with me", None),
        ("maybe", None),
    ],
)
async def test_yes_and_no_are_read_from_how_an_answer_begins(text: str, found: bool | None) -> None:
    assert await answer(text, Wanted("has_receipt", "boolean")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-31", "2026-03-31"),
        ("on 31.3.2026 please", "2026-03-31"),
        ("March 3rd, 2026", "2026-03-03"),
        ("the 3rd of March 2026", "2026-03-03"),
        ("am 12. März 2026", "2026-03-12"),
        ("2026-02-31", None),
        ("some day", None),
    ],
)
async def test_a_full_date_is_found_in_a_sentence(text: str, found: str | None) -> None:
    assert await answer(text, Wanted("day", "date")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pro", "Pro"),
        ("I'd like the Pro plan", "Pro"),
        ("the second one", "Pro"),
        ("2", "Pro"),
        ("option 3", "Enterprise Plus"),
        ("the last one please", "Enterprise Plus"),
        ("ent", "Enterprise Plus"),
        ("plus", "Enterprise Plus"),
        ("basci please", "Basic"),
        ("not pro", None),
        ("Basic or Pro?", None),
        ("the tenth", None),
        ("hmm", None),
    ],
)
async def test_a_choice_is_named_counted_told_in_part_or_misspelt(text: str, found: str | None) -> None:
    assert await answer(text, PLAN) == found


@pytest.mark.parametrize(
    ("text", "example", "found"),
    [
        ("A1001", "A1001", "A1001"),
        ("it's a1001 I think", "A1001", "A1001"),
        ("the order no is A 1001", "A1001", "A1001"),
        ("order B20025, from the 3rd", "A1001", "B20025"),
        ("W7654321", "#W1234567", "#W7654321"),
        ("my order is #w7654321.", "#W1234567", "#W7654321"),
        ("ord 54321 please", "ORD-12345", "ORD-54321"),
        ("order number 98765", "12345", "98765"),
        ("A1001 or A1002", "A1001", None),
        ("I don't know it", "A1001", None),
    ],
)
async def test_a_code_is_found_by_the_shape_of_the_example(text: str, example: str, found: str | None) -> None:
    wanted = Wanted("order", "text", example=example)
    assert await answer(text, wanted, running="refund-request") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it's #12345, ordered on the 3rd at 10am", "12345"),
        ("XK-44/9 please", "XK-44/9"),
        ("that was 2 weeks ago", None),
    ],
)
async def test_a_code_is_found_by_what_the_variable_is_called(text: str, found: str | None) -> None:
    assert await answer(text, Wanted("order_number", "text"), running="refund-request") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jo Smith", "Jo Smith"),
        ("My name is Jo Smith", "Jo Smith"),
        ("Hi, I'm Jo", "Jo"),
        ("it's Jo, thanks!", "Jo"),
        ("Mein Name ist Jo Müller", "Jo Müller"),
        ("I'm Jo and my email is jo@x.org", "Jo"),
        ("O'Neil", "O'Neil"),
    ],
)
async def test_a_name_comes_without_what_people_say_around_it(text: str, found: str) -> None:
    assert await answer(text, NAME, later=(EMAIL,), running="enterprise-lead") == found


@pytest.mark.parametrize(
    "text",
    ["it arrived broken", "  it's too small, and I'd rather have my money on the card ", "no", "42", "x" * 10_000],
)
async def test_any_words_answer_a_free_question(text: str) -> None:
    assert await answer(text, REASON, running="refund-request") == text.strip()


async def test_what_else_is_volunteered_comes_along() -> None:
    command = await understood("B2002, mail jo@x.org", pending=ORDER, later=(EMAIL, REASON), running="refund-request")
    assert command == SetVariables(values={"order_id": "B2002", "email": "jo@x.org"})


async def test_a_value_asked_for_later_is_taken_though_the_asked_one_is_missing() -> None:
    command = await understood("no idea, but my mail is jo@x.org", pending=SIZE, later=(EMAIL,), running="lead")
    assert command == SetVariables(values={"email": "jo@x.org"})


@pytest.mark.parametrize("pending", [EMAIL, ORDER, SIZE], ids=lambda wanted: wanted.name)
async def test_a_clear_request_for_something_else_leaves_a_typed_question(pending: Wanted) -> None:
    command = await understood("wait, where is my order?", pending=pending, running="refund-request")
    assert command == StartProcedure(procedure="order-status")


async def test_only_an_unmistakable_request_leaves_a_free_question() -> None:
    asks = await understood("What's my order status?", pending=REASON, running="refund-request")
    tells = await understood("the order came late and the status was wrong", pending=REASON, running="refund-request")
    assert asks == StartProcedure(procedure="order-status")
    assert isinstance(tells, SetVariables)


async def test_speaking_of_the_running_procedure_is_no_new_request() -> None:
    assert await understood("I want a refund", pending=EMAIL, running="refund-request") is None


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("the first", "refund-request"),
        ("second one please", "order-status"),
        ("refund", "refund-request"),
        ("the order status", "order-status"),
        ("Order Status", "order-status"),
        ("can I book a call instead", "book-call"),
    ],
)
async def test_a_choice_between_procedures_is_answered(text: str, procedure: str) -> None:
    command = await understood(text, choice=("refund-request", "order-status"))
    assert isinstance(command, StartProcedure)
    assert command.procedure == procedure


@pytest.mark.parametrize("text", ["neither", "both", "what's the weather"])
async def test_what_chooses_nothing_starts_nothing(text: str) -> None:
    assert await understood(text, choice=("refund-request", "order-status")) is None


async def test_the_same_catalogue_answers_again_and_another_one_differently() -> None:
    assert await understood("I want a refund", SHOP) == await understood("I want a refund", SHOP)
    assert await understood("I want a refund", SHOP[1:]) is None
