"""Lists and reports after `kill -9`: what was committed is found, and counted once."""

import asyncio
from pathlib import Path

from tests.browser.server import Server

REACTION = {"reaction": "negative", "reason": "Too slow"}


async def _settled(server: Server) -> list[str]:
    """The conversations that the list shows as soon as it says that it has them all."""
    async with asyncio.timeout(60):
        while True:
            page = await asyncio.to_thread(server.get, "/v1/conversations?reaction=negative")
            if not page["catching_up"]:
                return [one["id"] for one in page["items"]]


async def test_what_was_committed_before_a_kill_is_found_and_counted_once(tmp_path: Path) -> None:
    with Server.running("serve", tmp_path) as server:
        made: list[str] = []
        for _ in range(2):
            for _ in range(4):
                made.insert(0, server.post("/v1/conversations")["id"])
                server.post(f"/v1/conversations/{made[0]}/feedback", REACTION)
            server.kill()
            server.start()
            assert await _settled(server) == made
            assert server.get("/v1/reports/reactions")["negative"] == len(made)
