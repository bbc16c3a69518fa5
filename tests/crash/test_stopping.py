"""SIGTERM: what is under way is finished if that takes a moment only; the rest is left to the next start."""

import asyncio
import signal
from pathlib import Path

from tests.crash.process import Command
from tests.crash.world import world

A_MOMENT = 1.0
"""Seconds for which an answer is held back from a server that stops: one that does not wait for it is gone by then."""

DEADLINE = 60.0
"""Seconds for a whole test: the server waits for what is under way, and is started again, on a busy machine."""


async def test_a_server_that_stops_finishes_what_is_under_way(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, serving=Command) as here:
        refund = here.backend.hold("POST")
        customer = here.customer(wait=0)
        await here.server.start()
        async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
            group.create_task(customer.run())
            await refund.reached.wait()
            here.server.signal(signal.SIGTERM)
            ended = group.create_task(here.server.end())
            await asyncio.wait([ended], timeout=A_MOMENT)
            refund.released.set()
            await ended
            [stored] = await here.check()
            assert {effect.step: effect.status for effect in stored.effects}["refund"] == "succeeded"
            await here.server.start()
        await here.kill()
        await here.check_finished()
        assert customer.decisions == []


async def test_a_call_that_outlasts_the_server_goes_to_a_person(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, serving=Command) as here:
        refund = here.backend.hold("POST")
        customer = here.customer(wait=0)
        await here.server.start()
        async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
            group.create_task(customer.run())
            await refund.reached.wait()
            here.server.signal(signal.SIGTERM)
            await here.server.end()
            refund.released.set()
            await here.check()
            await here.server.start()
        await here.kill()
        await here.check_finished()
        assert customer.decisions == ["refund: happened"]
