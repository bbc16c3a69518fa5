"""The server is killed between an edited approval and its request: what was edited is sent, once, and nothing else."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.crash.kills import Kill
from tests.crash.process import DEADLINE
from tests.crash.world import World, world

EDITED = "B2002"

POINTS = [
    Kill("before", "closed:approved"),
    Kill("after", "closed:approved"),
    Kill("before", "POST"),
    Kill("reaching", "POST"),
    Kill("during", "POST"),
    Kill("after", "POST"),
]
ON_POSTGRES = [Kill("after", "closed:approved"), Kill("during", "POST")]


@pytest.mark.parametrize("kill", POINTS, ids=str)
async def test_an_edited_request_survives_a_kill(kill: Kill, sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        await _refund_another(here, kill)


@pytest.mark.parametrize("kill", ON_POSTGRES, ids=str)
async def test_an_edited_request_survives_a_kill_on_postgresql(kill: Kill, postgres_url: str, tmp_path: Path) -> None:
    async with world(postgres_url, tmp_path) as here:
        await _refund_another(here, kill)


async def _refund_another(here: World, kill: Kill) -> None:
    """A member puts another order into the refund and approves it while the server dies."""
    customer = here.customer()
    asked, customer.edited = customer.order, EDITED
    async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
        group.create_task(here.survive([kill]))
        await customer.run()
    await here.kill()
    [found] = await here.check()
    assert here.backend.seen("POST", asked) == []
    assert here.backend.effects("POST", EDITED) == 1
    assert sorted(one.status for one in found.effects if one.step == "refund") == ["lapsed", "succeeded"]
    [approval] = [one for one in found.approvals if one.about == "approval"]
    card = json.loads(approval.card)
    assert (approval.status, approval.act) == ("approved", "succeeded")
    assert json.loads(card["request"]["body"])["order_id"] == EDITED
    assert json.loads(card["edited"]["request"]["body"])["order_id"] == asked
    assert len(found.bodies("approval_edited")) == 1
