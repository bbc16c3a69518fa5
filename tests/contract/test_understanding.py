"""What the engine relies on from every understanding, whichever way it understands."""

from collections.abc import AsyncIterator

import pytest

from deskhand.adapters.llm.for_bench import KEY as KEY_VARIABLE
from deskhand.adapters.llm.for_bench import model_understanding
from deskhand.adapters.offline.understanding import OfflineUnderstanding
from deskhand.domain.commands import Affirm, Cancel, CorrectVariable, Decline, HandOver, SetVariables, StartProcedure
from deskhand.domain.values import parse
from deskhand.ports.understanding import Candidate, Context, Given, Understanding, Wanted
from tests.contract.scripted_model import answer
from tests.fake_model import KEY, MODEL, FakeModel

ORDER = Wanted("order_id", "text", example="A1001", description="The order's number")
EMAIL = Wanted("email", "email")
REASON = Wanted("reason", "text", description="Why the customer wants the refund")
CANDIDATES = (
    Candidate(
        "refund", "Refund", "When a customer asks for a refund", ("I want my money back",), (ORDER, EMAIL, REASON)
    ),
    Candidate("order-status", "Order status", "When a customer wants to check their order status", (), (ORDER,)),
)


@pytest.fixture(params=["offline", "model"])
async def understanding(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Understanding]:
    if request.param == "offline":
        yield OfflineUnderstanding()
        return
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    async with FakeModel.running() as fake:
        fake.otherwise = lambda _: answer(fake.told())
        through = model_understanding(f"{fake.url}#{MODEL}")
        yield through
        await through.close()


async def test_a_request_starts_its_procedure(understanding: Understanding) -> None:
    [command] = await understanding.understand(Context("I want a refund", CANDIDATES))
    assert isinstance(command, StartProcedure)
    assert command.procedure == "refund"


async def test_several_values_of_one_sentence_come_with_the_request(understanding: Understanding) -> None:
    [command] = await understanding.understand(Context("refund for A1001, my mail is jo@example.org", CANDIDATES))
    assert command == StartProcedure(procedure="refund", values={"order_id": "A1001", "email": "jo@example.org"})


@pytest.mark.parametrize("text", ["what's the weather like?", "hello", "thanks"])
async def test_what_fits_nothing_starts_nothing(understanding: Understanding, text: str) -> None:
    commands = await understanding.understand(Context(text, CANDIDATES))
    assert not any(isinstance(command, StartProcedure) for command in commands)


async def test_only_candidates_are_ever_started(understanding: Understanding) -> None:
    commands = await understanding.understand(Context("I want a refund", CANDIDATES[1:]))
    assert not any(isinstance(command, StartProcedure) and command.procedure == "refund" for command in commands)


@pytest.mark.parametrize(
    ("pending", "text", "value"),
    [
        (EMAIL, "it's jo@example.org thanks", "jo@example.org"),
        (ORDER, "the number is A1001", "A1001"),
        (Wanted("people", "integer"), "about 50 people", 50),
        (Wanted("receipt", "boolean", description="Whether there is a receipt"), "yes", True),
        (Wanted("plan", "text", choices=("Basic", "Pro")), "pro please", "Pro"),
        (Wanted("day", "date"), "2026-03-31", "2026-03-31"),
        (Wanted("name", "text"), "My name is Jo Smith", "Jo Smith"),
        (REASON, "it arrived broken", "it arrived broken"),
    ],
    ids=lambda given: given.name if isinstance(given, Wanted) else None,
)
async def test_the_answer_to_a_question_fits_its_type(
    understanding: Understanding, pending: Wanted, text: str, value: object
) -> None:
    [command] = await understanding.understand(Context(text, CANDIDATES, pending=pending, running="refund"))
    assert isinstance(command, SetVariables)
    assert parse(pending.type, command.values[pending.name]) == value


async def test_a_digression_leaves_the_pending_question(understanding: Understanding) -> None:
    context = Context("What's my order status?", CANDIDATES, pending=EMAIL, running="refund")
    [command] = await understanding.understand(context)
    assert isinstance(command, StartProcedure)
    assert command.procedure == "order-status"


async def test_the_customer_can_always_stop(understanding: Understanding) -> None:
    for pending in (EMAIL, ORDER, REASON):
        context = Context("never mind", CANDIDATES, pending=pending, running="refund")
        assert await understanding.understand(context) == (Cancel(),)


async def test_the_customer_can_ask_for_a_person(understanding: Understanding) -> None:
    [command] = await understanding.understand(Context("I want to talk to a human", CANDIDATES))
    assert isinstance(command, HandOver)
    assert command.reason


async def test_one_of_two_procedures_is_chosen(understanding: Understanding) -> None:
    context = Context("the refund", CANDIDATES, choice=("refund", "order-status"))
    [command] = await understanding.understand(context)
    assert isinstance(command, StartProcedure)
    assert command.procedure == "refund"


@pytest.mark.parametrize("text", ["yes", "no", "yes please", "hm, maybe"])
async def test_no_reading_of_a_confirmation_comes_from_here(understanding: Understanding, text: str) -> None:
    assert await understanding.understand(Context(text, CANDIDATES, confirming=True, running="refund")) == ()


async def test_a_value_given_before_can_be_taken_back(understanding: Understanding) -> None:
    context = Context("no, it is B2002", CANDIDATES, pending=EMAIL, running="refund", given=(Given(ORDER, "A1001"),))
    [command] = await understanding.understand(context)
    assert command == CorrectVariable(variable="order_id", value="B2002")


async def test_an_offer_is_accepted_or_declined(understanding: Understanding) -> None:
    offered = Context("yes please", CANDIDATES, offered=("order-status",))
    assert await understanding.understand(offered) == (Affirm(),)
    refused = Context("no thanks", CANDIDATES, offered=("order-status",))
    assert await understanding.understand(refused) == (Decline(),)


@pytest.mark.parametrize("text", ["", "   ", "\n", "👍", "\u200b"])
async def test_a_message_without_words_asks_for_nothing(understanding: Understanding, text: str) -> None:
    assert await understanding.understand(Context(text, CANDIDATES)) == ()
