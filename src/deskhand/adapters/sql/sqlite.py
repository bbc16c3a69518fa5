"""SQLite: reads on the event loop's thread, for they are short; writes through the writer's."""

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import IO, TypeVar

from deskhand.adapters.sql.database import Params, Row, Script, refuse_unstorable
from deskhand.adapters.sql.sqlite_checkpoints import Checkpoints
from deskhand.adapters.sql.sqlite_turn import apply
from deskhand.adapters.sql.sqlite_writer import Writer
from deskhand.adapters.sql.turns import events_of, writes_of
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import StorageFailed
from deskhand.ports.turns import TurnCommit

T = TypeVar("T")


class Sqlite:
    """A SQLite file that this process owns."""

    def __init__(self, path: Path, lock: IO[str]) -> None:
        self.changes = 0
        self._lock = lock
        self._writing = connect(path)
        self._reading = connect(path)
        self._reading.execute("PRAGMA query_only = 1")
        self._apart = connect(path)
        self._apart.execute("PRAGMA query_only = 1")
        self._thread = ThreadPoolExecutor(1, "sqlite-reading")
        self._writer = Writer(self._writing)
        self._checkpoints = Checkpoints(path, connect(path), self._writer.start_log_anew)

    @property
    def backend(self) -> str:
        return f"sqlite {sqlite3.sqlite_version}"

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        return _read(self._reading, sql, params)

    async def rows_apart(self, sql: str, params: Params = ()) -> list[Row]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _read, self._apart, sql, params)

    async def write(self, script: Script[T], *, looked_up: bool = True) -> T:
        try:
            result = await self._writer.submit(partial(_play, script))
        finally:
            self.changes += looked_up
        self._checkpoints.committed()
        return result

    async def commit(self, turn: TurnCommit) -> None:
        await self._writer.submit(partial(apply, writes=writes_of(turn), events=events_of(turn)))
        self._checkpoints.committed()

    async def close(self) -> None:
        await self._writer.close()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._apart.close)
        self._thread.shutdown()
        self._reading.close()
        self._writing.close()
        await self._checkpoints.close()
        self._lock.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection on which nothing is committed before it is on the disk."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")  # see sqlite_checkpoints
    return connection


def _read(connection: sqlite3.Connection, sql: str, params: Params) -> list[Row]:
    try:
        return connection.execute(_hinted(sql), params).fetchall()
    except sqlite3.Error as error:
        raise StorageFailed(phrase("The database could not be read: {fault}.", fault=error)) from error
    except UnicodeEncodeError:  # what cannot be stored cannot be found either
        return []


@cache
def _hinted(sql: str) -> str:
    """The statement with its hints, see `statements.indexed_by`."""
    return re.sub(r"/\* (INDEXED BY \w+) \*/", r"\1", sql)


def _play(script: Script[T], connection: sqlite3.Connection) -> T:
    """Run a script: every statement's rows are sent back to it."""
    try:
        step = next(script)
        while True:
            refuse_unstorable(step.params)
            step = script.send(connection.execute(_hinted(step.sql), step.params).fetchall())
    except StopIteration as end:
        result: T = end.value
        return result
