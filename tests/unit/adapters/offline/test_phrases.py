"""Stopping, and asking for a person."""

import pytest

from deskhand.domain.commands import Cancel, HandOver, SetVariables, SmallTalk, StartProcedure
from deskhand.ports.understanding import Candidate, Wanted
from tests.unit.adapters.offline.shop import EMAIL, REASON, SHOP, understood


@pytest.mark.parametrize(
    "text",
    [
        "cancel",
        "Cancel!",
        "stop",
        "STOP please",
        "never mind",
        "nevermind",
        "nvm",
        "forget it",
        "ok forget about it",
        "I want to stop",
        "abbrechen",
        "vergiss es",
    ],
)
@pytest.mark.parametrize("pending", [EMAIL, REASON], ids=lambda wanted: wanted.name)
async def test_a_whole_message_that_says_stop_cancels(text: str, pending: Wanted) -> None:
    assert await understood(text, pending=pending, running="refund-request") == Cancel()


@pytest.mark.parametrize("text", ["cancel my order", "please cancel order A1001", "I want to cancel an order"])
async def test_cancelling_something_is_a_request(text: str) -> None:
    command = await understood(text)
    assert isinstance(command, StartProcedure)
    assert command.procedure == "cancel-order"


@pytest.mark.parametrize("text", ["it does not stop beeping", "forget", "the driver did not stop", "leave"])
async def test_a_message_that_only_speaks_of_stopping_is_an_answer(text: str) -> None:
    command = await understood(text, pending=REASON, running="refund-request")
    assert command == SetVariables(values={"reason": text})


@pytest.mark.parametrize(
    "text",
    [
        "talk to a human",
        "I want to speak to a real person",
        "agent!",
        "human please",
        "real person please",
        "operator",
        "can I talk to someone",
        "connect me with customer service",
        "let me talk to your manager",
        "give me an agent",
        "mit einem Menschen sprechen",
        "Ich möchte mit einem Mitarbeiter sprechen",
    ],
)
@pytest.mark.parametrize("pending", [None, EMAIL, REASON], ids=lambda one: one.name if one else "nothing")
async def test_whoever_wants_a_person_is_handed_over(text: str, pending: Wanted | None) -> None:
    assert isinstance(await understood(text, pending=pending), HandOver)


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("the agent said I get a refund", "refund-request"),
        ("don't transfer me to an agent, I want a refund", "refund-request"),
        ("can people get a refund", "refund-request"),
        ("can I talk to someone about enterprise pricing", "enterprise-lead"),
    ],
)
async def test_speaking_of_people_is_not_asking_for_one(text: str, procedure: str) -> None:
    command = await understood(text)
    assert isinstance(command, StartProcedure)
    assert command.procedure == procedure


async def test_a_procedure_about_reaching_a_person_goes_before_the_hand_over() -> None:
    live_chat = Candidate("live-chat", "Live chat", "When a customer wants to talk to a human", ("talk to a person",))
    command = await understood("I want to talk to a human", (*SHOP, live_chat))
    assert command == StartProcedure(procedure="live-chat")


async def test_an_offered_choice_goes_before_its_other_meaning() -> None:
    what = Wanted("what", "text", choices=("cancel", "keep"))
    assert await understood("cancel", pending=what) == SetVariables(values={"what": "cancel"})


@pytest.mark.parametrize("text", ["yes", "no", "I want a refund", "jo@x.org"])
async def test_while_a_yes_is_awaited_the_engine_reads_the_answer_itself(text: str) -> None:
    assert await understood(text, confirming=True, running="refund-request") is None


async def test_while_a_yes_is_awaited_one_can_still_stop_or_ask_for_a_person() -> None:
    assert await understood("stop", confirming=True, running="refund-request") == Cancel()
    assert isinstance(await understood("human please", confirming=True, running="refund-request"), HandOver)


@pytest.mark.parametrize("text", ["cancel it", "please cancel it", "ok cancel it please", "cancel"])
async def test_cancel_it_is_no_clear_answer_where_cancelling_is_to_be_confirmed(text: str) -> None:
    assert await understood(text, confirming=True, running="cancel-order") is None
    assert await understood(text, confirming=True, running="refund-request") == Cancel()
    assert await understood("never mind", confirming=True, running="cancel-order") == Cancel()


@pytest.mark.parametrize("text", ["I changed my mind", "i don't want it anymore", "sorry, I've changed my mind"])
async def test_a_change_of_mind_answers_an_open_question_for_the_reason(text: str) -> None:
    pending = Wanted("reason", "text")
    assert await understood(text, pending=pending, running="refund-request") == SetVariables(values={"reason": text})
    assert await understood(text, pending=Wanted("email", "email"), running="refund-request") == Cancel()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Hi!", "greeting"), ("hello there", "greeting"), ("Guten Tag", "greeting"), ("HALLO 👋", "greeting"),
        ("thanks", "thanks"), ("ok thank you so much", "thanks"), ("Vielen Dank!", "thanks"), ("great", "thanks"),
        ("bye", "goodbye"), ("Tschüss", "goodbye"), ("have a nice day", "goodbye"),
    ],
)  # fmt: skip
async def test_politeness_is_understood_where_nothing_is_going_on(text: str, about: str) -> None:
    assert await understood(text) == SmallTalk(about=about)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["hi, I want a refund", "thanks, and where is my order?", "great lamp you sell"])
async def test_politeness_with_a_request_is_the_request(text: str) -> None:
    assert not isinstance(await understood(text), SmallTalk)


async def test_politeness_in_the_middle_of_a_question_is_an_answer() -> None:
    assert await understood("great", pending=REASON, running="refund-request") == SetVariables(
        values={"reason": "great"}
    )
