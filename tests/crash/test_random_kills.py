"""Many conversations at once, and a server that dies again and again at places that nobody chose."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.crash.kills import Kill
from tests.crash.world import World, world

AT_ONCE = 12
"""Conversations that are going on at any time."""

WHOLE_DEADLINE = 100.0
"""Seconds."""

KINDS = ("GET", "POST", "PUT", "MAIL")


@pytest.mark.parametrize("seed", [1])
async def test_many_refunds_survive_random_kills(seed: int, sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        await _refunds(here, _kills(25, random.Random(seed)))


@pytest.mark.parametrize("seed", [2])
async def test_many_refunds_survive_random_kills_on_postgresql(seed: int, postgres_url: str, tmp_path: Path) -> None:
    async with world(postgres_url, tmp_path) as here:
        await _refunds(here, _kills(10, random.Random(seed)))


def _kills(count: int, chance: random.Random) -> list[Kill]:
    return [_kill(chance) for _ in range(count)]


def _kill(chance: random.Random) -> Kill:
    """Half of them around a commit or a call of the server, half while the other side is at work."""
    if chance.random() < 0.5:
        return Kill(chance.choice(("during", "reaching")), chance.choice(KINDS), nth=chance.randint(1, 5))
    return Kill(chance.choice(("before", "after")), "any", nth=chance.randint(1, 60))


async def _refunds(here: World, kills: list[Kill]) -> None:
    surviving = asyncio.create_task(here.survive(kills))

    async def customers() -> None:
        while not surviving.done():
            await here.customer(hurry=len(here.customers) % 3 == 0).run()

    async with asyncio.timeout(WHOLE_DEADLINE), asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(customers())
        await surviving
    await here.kill()
    await here.check_finished()
