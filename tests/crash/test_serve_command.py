"""The command `deskhand serve`: killed and started again, and started twice on one database."""

import asyncio
import signal
from pathlib import Path

from tests.crash.process import DEADLINE, Command
from tests.crash.world import world


async def test_a_refund_survives_the_command_being_killed(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, serving=Command) as here:
        refund = here.backend.hold("POST")
        customer = here.customer()
        await here.server.start()
        async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
            group.create_task(customer.run())
            await refund.reached.wait()
            await here.kill()
            await here.check()
            refund.released.set()
            await here.server.start()
        assert customer.decisions == ["refund: happened"]
        here.server.signal(signal.SIGTERM)
        await here.server.end()
        await here.check_finished()
        assert "Taking up" in here.server.said()


async def test_a_second_server_on_one_database_is_refused(database_url: str, tmp_path: Path) -> None:
    async with world(database_url, tmp_path) as here:
        await here.server.start()
        await here.client.get("/v1/health")
        second = Command(here.settings)
        await second.start()
        assert await second.end() == 1
        said = second.said()
        assert "in use by another Deskhand process" in said
        assert "Stop that one first" in said
        assert "Traceback" not in said
        assert (await here.client.get("/v1/health"))["status"] == "ok"
