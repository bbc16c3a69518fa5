"""Messages made to be slow: each must be done with before the test's time runs out, whatever is asked."""

import pytest

from deskhand.domain.commands import SetVariables, StartProcedure
from deskhand.ports.understanding import Wanted
from tests.unit.adapters.offline.shop import EMAIL, ORDER, REASON, understood

PENDING = (
    None,
    EMAIL,
    ORDER,
    REASON,
    Wanted("order_number", "text"),
    Wanted("name", "text"),
    Wanted("phone", "phone"),
    Wanted("amount", "number"),
    Wanted("day", "date"),
    Wanted("sure", "boolean"),
    Wanted("size", "text", choices=("Small", "Large")),
)
UNITS: tuple[str, ...] = (
    "a",
    "a@",
    "@",
    "1",
    "1 ",
    "1-",
    "(1)",
    "A1-",
    "#",
    "refund ",
    "because ",
    "my name is ",
    "talk to a ",
    "no ",
)
UNITS += (
    "to a the some ",
    "jan 1 ",
    "1.1.",
    "zzzq ",
    " ",
    "\n",
    "é",
    "😀",
    "one hundred and ",
    "1,",
    "1 111",
    "x@y.z ",
)
UNITS += ("please ", "中文", "\u0301", "ﷺ", "don't ", "+1 234 567 8901 ", "a.")


@pytest.mark.timeout(30)
@pytest.mark.parametrize("pending", PENDING, ids=lambda one: one.name if one else "nothing")
async def test_ten_thousand_hostile_characters_are_done_with(pending: Wanted | None) -> None:
    later = tuple(one for one in PENDING if one is not None and one is not pending)
    for unit in UNITS:
        text = (unit * 10_000)[:10_000]
        command = await understood(text, pending=pending, later=later, running="refund-request", region="GB")
        if pending is REASON and text.strip():
            assert command is not None


async def test_a_request_at_the_head_of_a_long_message_is_found() -> None:
    command = await understood("I want a refund for A1001. " + "And then it rained for a while. " * 300)
    assert isinstance(command, StartProcedure)
    assert command.procedure == "refund-request"
    assert command.values == {"order_id": "A1001"}


async def test_a_long_free_answer_stays_whole() -> None:
    words = "It rained, and " * 600
    command = await understood(words, pending=REASON, running="refund-request")
    assert command == SetVariables(values={"reason": words.strip()})
