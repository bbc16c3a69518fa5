"""An approval that nobody decides expires once, also when the server dies over it or is not there in time."""

import asyncio
from pathlib import Path

import pytest

from tests.crash.customer import Customer
from tests.crash.kills import Kill
from tests.crash.process import DEADLINE
from tests.crash.world import World, world

SOON = 0.0001
"""Hours: it expires while there is no server, or soon after the next one has started."""


@pytest.mark.parametrize("kill", [Kill("before", "closed:expired"), Kill("after", "closed:expired")], ids=str)
async def test_an_approval_that_nobody_decides_expires_once(kill: Kill, sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, expires_hours=SOON) as here:
        customer = here.customer()
        async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
            group.create_task(here.survive([Kill("after", "asked:approval"), kill]))
            await _ask_for_approval(customer)
            path = f"/v1/conversations/{customer.conversation}"
            await here.client.until(path, lambda conversation: conversation["mode"] == "member")
        await here.kill()
        await _assert_expired(here, customer)


async def _ask_for_approval(customer: Customer) -> None:
    await customer.open()
    await customer.say("start", "I want a refund")
    await customer.say("order", customer.order)
    await customer.say("email", "ann@example.com")


async def _assert_expired(here: World, customer: Customer) -> None:
    [stored] = await here.check()
    assert [approval.status for approval in stored.approvals] == ["expired"]
    assert [run.status for run in stored.runs] == ["escalated"]
    assert {effect.step: effect.status for effect in stored.effects} == {"look_up": "succeeded", "refund": "lapsed"}
    assert len(stored.bodies("approval_closed")) == len(stored.bodies("handed_over")) == 1
    assert here.backend.seen("POST", customer.order) == []
    async with here.stores() as stores:
        assert await stores.conversations.next_due() is None
