"""What every measured side shares: latencies, workers, memory, databases."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

TURNS = 4
"""Turns of one refund conversation."""


class Latencies:
    """Seconds that each turn took."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def time(self, turn: Awaitable[Any]) -> Any:
        begin = time.perf_counter()
        result = await turn
        self.seconds.append(time.perf_counter() - begin)
        return result

    def milliseconds(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 3)


async def measure(
    conversation: Callable[[int, Latencies], Awaitable[None]], conversations: int, concurrency: int
) -> dict[str, Any]:
    """Run so many conversations, so many at once, after a warm-up."""
    numbers = iter(range(10**9))
    await _many(conversation, numbers, max(concurrency, 10), concurrency, Latencies())
    latencies = Latencies()
    begin, busy = time.perf_counter(), time.process_time()
    await _many(conversation, numbers, conversations, concurrency, latencies)
    took, busy = time.perf_counter() - begin, time.process_time() - busy
    return {
        "concurrency": concurrency,
        "turns_per_s": round(len(latencies.seconds) / took, 1),
        "p50_ms": latencies.milliseconds(0.5),
        "p99_ms": latencies.milliseconds(0.99),
        "cpu_ms": round(busy * 1000 / len(latencies.seconds), 3),
        "rss_mb": resident_mb(),
    }


async def _many(
    conversation: Callable[[int, Latencies], Awaitable[None]],
    numbers: Any,
    count: int,
    concurrency: int,
    latencies: Latencies,
) -> None:
    left = iter(range(count))

    async def worker() -> None:
        for _ in left:
            await conversation(next(numbers), latencies)

    await asyncio.gather(*(worker() for _ in range(concurrency)))


def resident_mb(process: int | str = "self") -> float:
    """Resident memory of a process, in MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError("this system has no /proc")


@asynccontextmanager
async def fresh_database(url: str) -> AsyncIterator[str]:
    """An empty database: a SQLite file's URL is taken as it is, a PostgreSQL one is created."""
    if url.startswith("sqlite"):
        yield url
        return
    place = conninfo_to_dict(url)
    name = place["dbname"]
    drop = f'drop database if exists "{name}" with (force)'
    with psycopg.connect(make_conninfo(**(place | {"dbname": "postgres"})), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f'create database "{name}"')
        yield url
        connection.execute(drop)


def stored_bytes(url: str) -> int:
    """Bytes that the database takes on disk."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        return sum(os.path.getsize(path + tail) for tail in ("", "-wal") if os.path.exists(path + tail))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("checkpoint")
        row = connection.execute("select pg_database_size(current_database())").fetchone()
        assert row is not None
        return int(row[0])
