"""Deskhand's side: the engine's real path, validation, journal, log and audit rows included.

    python -m bench.ours turns|growth|waiting --url DATABASE --api HOST:PORT [--concurrency N] [--count N]

Prints one line of JSON. Runs in a process of its own, so that its memory is its own.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvloop

from bench.bare_client import CLIENTS
from bench.crowd import crowd
from bench.measure import Latencies, fresh_database, measure, resident_mb, stored_bytes
from deskhand.bootstrap import Running, build
from deskhand.domain.documents import parse_yaml
from deskhand.domain.events import Decided, Said
from deskhand.domain.requests import Connection
from deskhand.domain.state import Conversation, ForApproval
from deskhand.domain.stored import load
from deskhand.settings import Settings

HERE = Path(__file__).parent
TURNS_TIMED = 200
"""Conversations whose turns are timed with few and with many others waiting."""
MADE = 5_000
"""Waiting runs that the engine makes itself."""


@asynccontextmanager
async def deskhand(
    url: str, api: str, procedure: str = "refund", client: str = "bare"
) -> AsyncIterator[tuple[Running, str]]:
    """A Deskhand with one workspace and one published procedure."""
    with tempfile.TemporaryDirectory() as data:
        running = await build(Settings(data=Path(data), database_url=url), http=CLIENTS[client]())
        services = running.services
        workspace = (await services.configuration.create_workspace("bench")).id
        await services.configuration.set_internal_hosts(workspace, [api], "bench")
        await services.configuration.put_connection(
            workspace, Connection(slug="api", base_url=f"http://{api}"), "bench"
        )
        document = parse_yaml((HERE / f"{procedure}.yaml").read_text())
        row = await services.authoring.create(workspace, document, "bench")
        await services.authoring.publish(workspace, row.slug, "bench")
        await running.start()
        try:
            yield running, workspace
        finally:
            await running.close()


class Refunds:
    """Refund conversations through the engine."""

    def __init__(self, running: Running, workspace: str) -> None:
        self._engine = running.services.engine
        self._stores = running.services.stores
        self._workspace = workspace

    async def conversation(self, number: int, latencies: Latencies) -> None:
        opened = await latencies.time(
            self._engine.open(self._workspace, first=Said(text="I want a refund"), event_id="1")
        )
        conversation = opened.conversation
        await latencies.time(self._turn(conversation, Said(text=f"A{100 + number}"), "2"))
        await latencies.time(self._turn(conversation, Said(text="It arrived broken"), "3"))
        waiting = (await self.state(conversation)).runs[0].waiting
        assert isinstance(waiting, ForApproval), waiting
        decided = Decided(approval=waiting.approval, decision="approve", by="bench")
        await latencies.time(self._turn(conversation, decided, "4"))
        state = await self.state(conversation)
        assert (state.runs, state.mode) == ((), "agent"), state

    async def _turn(self, conversation: str, event: Said | Decided, event_id: str) -> None:
        await self._engine.handle(self._workspace, conversation, event, event_id)
        await self._engine.settle(self._workspace, conversation)

    async def state(self, conversation: str) -> Conversation:
        """The conversation as it is stored."""
        loaded = await self._stores.conversations.load(self._workspace, conversation)
        assert loaded is not None
        assert loaded.state is not None
        return load(Conversation, loaded.state)


async def turns(url: str, api: str, concurrency: int, count: int, client: str) -> dict[str, Any]:
    """Refund conversations, and how many commits a turn took."""
    async with fresh_database(url), deskhand(url, api, client=client) as (running, workspace):
        commits, before = _count_commits(running), await _settled_bytes(running, url)
        result = await measure(Refunds(running, workspace).conversation, count, concurrency)
        turns_made = 4 * (count + max(concurrency, 10))
        after = await _settled_bytes(running, url)
        return {
            **result,
            "commits_per_turn": round(commits[0] / turns_made, 3),
            "bytes_per_turn": round((after - before) / turns_made),
        }


def _count_commits(running: Running) -> list[int]:
    store = running.services.stores.conversations
    commit, counted = store.commit, [0]

    async def counting(turn: Any) -> None:
        counted[0] += 1
        await commit(turn)

    store.commit = counting  # type: ignore[method-assign]
    return counted


async def growth(url: str, api: str, count: int) -> dict[str, Any]:
    """One long conversation: the time of its late turns over that of its early ones, and bytes per turn."""
    async with fresh_database(url), deskhand(url, api, "notes") as (running, workspace):
        engine = running.services.engine
        early: list[float] = []
        late: list[float] = []
        for _ in range(5):
            latencies = Latencies()
            conversation = (await engine.open(workspace, first=Said(text="Take notes"))).conversation
            before = await _settled_bytes(running, url)
            for number in range(count):
                text = f"message number {number} " + "y" * 60
                await latencies.time(engine.handle(workspace, conversation, Said(text=text), str(number)))
            after = await _settled_bytes(running, url)
            early.append(statistics.median(latencies.seconds[5:55]))
            late.append(statistics.median(latencies.seconds[-50:]))
        ratio = statistics.median(late) / statistics.median(early)
        return {"growth_1000_over_10": round(ratio, 2), "bytes_per_turn": round((after - before) / count)}


async def _settled_bytes(running: Running, url: str) -> int:
    if url.startswith("sqlite"):
        import sqlite3

        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
    return stored_bytes(url)


async def waiting(url: str, api: str, count: int) -> dict[str, Any]:
    """Runs that wait for an answer: what they cost to make, in memory, and in the time of a turn.

    The engine makes the first ones, which is timed; the rest are copies of one of these.
    """
    async with fresh_database(url), deskhand(url, api) as (running, workspace):
        refunds = Refunds(running, workspace)
        alone = await measure(refunds.conversation, TURNS_TIMED, 1)
        memory = resident_mb()
        made = min(count, MADE)
        begin = time.perf_counter()
        receipts = await _begin_refunds(running, workspace, made)
        took = time.perf_counter() - begin
        state = await refunds.state(receipts[-1])
        await asyncio.to_thread(crowd, url, receipts[-1], state.runs[0].id, count - made)
        crowded = await measure(refunds.conversation, TURNS_TIMED, 1)
        return {
            "runs": count,
            "insert_us": round(took / made * 1e6, 1),
            "rss_mb_before": memory,
            "rss_mb_after": resident_mb(),
            "turn_ms_before": alone["p50_ms"],
            "turn_ms_after": crowded["p50_ms"],
            "bytes_per_run": round(await _settled_bytes(running, url) / count),
        }


async def _begin_refunds(running: Running, workspace: str, count: int) -> list[str]:
    """So many conversations that wait for the order's number, 32 at once."""
    left = iter(range(count))
    made: list[str] = []

    async def worker() -> None:
        for _ in left:
            opened = await running.services.engine.open(workspace, first=Said(text="I want a refund"))
            made.append(opened.conversation)

    await asyncio.gather(*(worker() for _ in range(32)))
    return made


def main() -> None:
    """Measure one thing and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["turns", "growth", "waiting"])
    parser.add_argument("--url", required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--client", choices=sorted(CLIENTS), default="bare")
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    given = parser.parse_args()
    work = {
        "turns": lambda: turns(given.url, given.api, given.concurrency, given.count, given.client),
        "growth": lambda: growth(given.url, given.api, given.count),
        "waiting": lambda: waiting(given.url, given.api, given.count),
    }[given.what]
    print(json.dumps(uvloop.run(work())), flush=True)


if __name__ == "__main__":
    main()
