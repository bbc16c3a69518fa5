"""Carrying SQLite's write-ahead log over into the database, beside the writing instead of in the middle of it.

Left to itself SQLite does this inside of every few dozenth commit, which then takes ten times as long as the others.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

COMMITS = 250
"""Commits between two looks at the log's size."""

LARGE = 32 * 1024 * 1024
"""Bytes of the log from which it is carried over."""


class Checkpoints:
    """Watches the log of one database file. It has a connection of its own, used by one thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection, start_anew: Callable[[], None]) -> None:
        """`start_anew` has the writer carry over what little came in the meantime and use the log from its start."""
        self._log = f"{path}-wal"
        self._start_anew = start_anew
        self._connection = connection
        self._commits = 0
        self._running: asyncio.Future[None] | None = None

    def committed(self) -> None:
        """To be called after each commit, on the event loop."""
        self._commits += 1
        if self._commits < COMMITS or self._running is not None:
            return
        self._commits = 0
        if os.path.getsize(self._log) >= LARGE:
            self._running = asyncio.get_running_loop().run_in_executor(None, self._carry_over, "PASSIVE")
            self._running.add_done_callback(self._finished)

    async def close(self) -> None:
        """Carry everything over, so that the database is one file again."""
        if self._running is not None:
            await asyncio.wait([self._running])
        self._carry_over("TRUNCATE")
        self._connection.close()

    def _carry_over(self, how: str) -> None:
        self._connection.execute(f"PRAGMA wal_checkpoint({how})").fetchall()

    def _finished(self, done: asyncio.Future[None]) -> None:
        self._running = None
        self._start_anew()
        if (error := done.exception()) is not None:
            # the log only grows; the commits themselves say what is wrong with the disk
            done.get_loop().call_exception_handler({"message": "The log was not carried over.", "exception": error})
