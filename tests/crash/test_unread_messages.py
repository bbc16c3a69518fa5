"""A message that comes while a call is under way is kept until the call is over, whatever dies in between."""

import asyncio
from pathlib import Path

import pytest

from tests.crash.kills import Kill
from tests.crash.process import DEADLINE
from tests.crash.world import world

KILLS = [
    Kill("before", "event:hurry"),
    Kill("after", "event:hurry"),
    Kill("before", "result:look_up:succeeded"),
    Kill("after", "result:look_up:succeeded"),
]


@pytest.mark.parametrize("kill", KILLS, ids=str)
async def test_a_message_during_a_call_is_answered_once(kill: Kill, sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        look_up = here.backend.hold("GET")
        customer = here.customer()
        async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
            group.create_task(here.survive([kill]))
            group.create_task(customer.run())
            await look_up.reached.wait()
            await customer.say("hurry", "Are you still there?", wait=0)
            look_up.released.set()
        await here.kill()
        stored = (await here.check_finished())[customer.order]
        answers = ("A colleague is still checking this.", "I'm not sure what you need.")
        assert len([text for text in stored.texts("say") if text.startswith(answers)]) == 1
