"""The server is killed at each named point of a refund's way; the refund goes through all the same."""

import asyncio
from pathlib import Path

import pytest

from tests.crash.kills import Kill
from tests.crash.process import DEADLINE
from tests.crash.world import World, world

POINTS: list[tuple[Kill, list[str]]] = [
    # a message: taken in, or not
    (Kill("before", "event:start"), []),
    (Kill("after", "event:start"), []),
    (Kill("before", "event:order"), []),
    (Kill("after", "event:order"), []),
    # a call that reads
    (Kill("before", "sent:look_up"), []),
    (Kill("before", "GET"), []),
    (Kill("reaching", "GET"), []),
    (Kill("during", "GET"), []),
    (Kill("after", "GET"), []),
    (Kill("after", "result:look_up:succeeded"), []),
    # the approval, and the call that cannot be undone
    (Kill("before", "closed:approved"), []),
    (Kill("after", "closed:approved"), ["refund: retry"]),
    (Kill("before", "POST"), ["refund: retry"]),
    (Kill("reaching", "POST"), ["refund: retry"]),
    (Kill("during", "POST"), ["refund: happened"]),
    (Kill("after", "POST"), ["refund: happened"]),
    (Kill("before", "result:refund:succeeded"), ["refund: happened"]),
    (Kill("after", "result:refund:succeeded"), []),
    # a call that may be repeated
    (Kill("before", "PUT"), []),
    (Kill("reaching", "PUT"), []),
    (Kill("during", "PUT"), []),
    (Kill("after", "PUT"), []),
    # the e-mail
    (Kill("after", "result:mark:succeeded"), ["mail: retry"]),
    (Kill("before", "MAIL"), ["mail: retry"]),
    (Kill("reaching", "MAIL"), ["mail: retry"]),
    (Kill("during", "MAIL"), ["mail: happened"]),
    (Kill("after", "MAIL"), ["mail: happened"]),
    # the ticket, the closing message and the run's end
    (Kill("before", "ticket"), ["mail: happened"]),
    (Kill("after", "ticket"), []),
]
"""Where it dies, and what a member has to find out then."""

IN_A_ROW = [
    # in the middle of recovery: before and after what it found out is kept
    (Kill("during", "POST"), Kill("before", "result:refund:unknown")),
    (Kill("during", "POST"), Kill("after", "result:refund:unknown")),
    (Kill("before", "MAIL"), Kill("before", "result:mail:unknown"), Kill("after", "result:mail:unknown")),
    # in the middle of what recovery repeats
    (Kill("during", "GET"), Kill("before", "GET"), Kill("after", "GET")),
    (Kill("before", "PUT"), Kill("before", "PUT"), Kill("during", "PUT")),
    (Kill("reaching", "PUT"), Kill("after", "PUT"), Kill("before", "result:mark:succeeded")),
    # around what a member says about an unknown outcome
    (Kill("during", "POST"), Kill("before", "closed:happened"), Kill("after", "closed:happened")),
    (Kill("reaching", "POST"), Kill("before", "closed:retried"), Kill("after", "closed:retried")),
    # unknown once more, after the member had it done again
    (Kill("reaching", "POST"), Kill("before", "POST"), Kill("during", "POST")),
    (Kill("reaching", "MAIL"), Kill("after", "MAIL")),
]

ON_POSTGRES = [
    (Kill("after", "event:order"),),
    (Kill("before", "GET"),),
    (Kill("before", "closed:approved"),),
    (Kill("after", "closed:approved"),),
    (Kill("during", "POST"), Kill("before", "result:refund:unknown")),
    (Kill("reaching", "POST"), Kill("before", "closed:retried"), Kill("after", "POST")),
    (Kill("during", "PUT"), Kill("after", "PUT")),
    (Kill("after", "ticket"),),
]


def _named(kills: tuple[Kill, ...]) -> str:
    return ", then ".join(map(str, kills))


@pytest.mark.parametrize(("kill", "asked"), POINTS, ids=[str(kill) for kill, _ in POINTS])
async def test_a_refund_survives_a_kill(kill: Kill, asked: list[str], sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        await _refund(here, kill)
        assert here.customers[0].decisions == asked


@pytest.mark.parametrize("kills", IN_A_ROW, ids=_named)
async def test_a_refund_survives_kills_in_a_row(kills: tuple[Kill, ...], sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        await _refund(here, *kills)


@pytest.mark.parametrize("kills", ON_POSTGRES, ids=_named)
async def test_a_refund_survives_kills_on_postgresql(
    kills: tuple[Kill, ...], postgres_url: str, tmp_path: Path
) -> None:
    async with world(postgres_url, tmp_path) as here:
        await _refund(here, *kills)


@pytest.mark.parametrize("kill", [Kill("before", "MAIL"), Kill("after", "MAIL")], ids=str)
async def test_an_email_into_the_local_mailbox_survives_a_kill(kill: Kill, sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, smtp=False) as here:
        await _refund(here, kill)


async def _refund(here: World, *kills: Kill) -> None:
    """One customer gets a refund while the server dies like this."""
    async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as group:
        group.create_task(here.survive(kills))
        await here.customer().run()
    await here.kill()
    await here.check_finished()
