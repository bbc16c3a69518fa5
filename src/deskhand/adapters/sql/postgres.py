"""PostgreSQL through psycopg 3: reads and turns are single statements, each its own transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.types.numeric import Int8Dumper
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from deskhand.adapters.sql.conversation_row import conversation_row
from deskhand.adapters.sql.database import Params, Row, Script, refuse_unstorable
from deskhand.adapters.sql.postgres_turn import parameters, statement
from deskhand.adapters.sql.turns import writes_of
from deskhand.ports.stores import StorageFailed, Taken, Unstorable
from deskhand.ports.turns import Conflict, DuplicateEvent, TurnCommit

CONNECTIONS = 12
"""At most, the owner's aside."""

WAIT = 30.0
"""Seconds that somebody waits for a free connection."""

SEEN = "SELECT 1 FROM entries WHERE workspace = %s AND conversation = %s AND event_id = ANY(%s)"

T = TypeVar("T")


class Postgres:
    """A PostgreSQL database."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Row]], owner: AsyncConnection[Row]) -> None:
        self._pool = pool
        self._owner = owner
        self._version = owner.info.parameter_status("server_version") or "unknown"

    @property
    def backend(self) -> str:
        return f"postgresql {self._version}"

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        refuse_unstorable(params)
        async with self._connection() as connection:
            return await (await connection.execute(_places(sql), params, prepare=True)).fetchall()

    async def write(self, script: Script[T]) -> T:
        async with self._connection() as connection, connection.transaction():
            return await _play(script, connection)

    async def commit(self, turn: TurnCommit) -> None:
        row, writes = conversation_row(turn), writes_of(turn)
        refuse_unstorable(row)
        for write in writes:
            for values in write.rows:
                refuse_unstorable(values)
        sql = statement(turn.expected == 0, tuple(write.form for write in writes))
        async with self._connection() as connection:
            try:
                cursor = await connection.execute(sql.encode(), parameters(row, writes), prepare=True)
                written = await cursor.fetchone() is not None
            except (errors.DivisionByZero, errors.UniqueViolation) as error:
                await _refuse(connection, turn, row, error)
                raise
            if not written:
                await _refuse(connection, turn, row, None)

    async def close(self) -> None:
        await self._pool.close()
        await self._owner.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[Row]]:
        """A connection for a moment; the driver's errors in the words of the stores."""
        try:
            async with self._pool.connection(WAIT) as connection:
                yield connection
        except errors.UniqueViolation as error:
            raise Taken(f"The database refuses what is there already: {error.diag.message_primary}.") from error
        except UnicodeEncodeError:
            raise Unstorable from None
        except (psycopg.Error, PoolTimeout) as error:
            said = str(error).strip().rstrip(".")
            raise StorageFailed(f"The database could not do it, and kept nothing of it: {said}.") from error


async def open_pool(url: str) -> AsyncConnectionPool[AsyncConnection[Row]]:
    """Connections that commit every statement by itself, opened as they are needed."""
    pool: AsyncConnectionPool[AsyncConnection[Row]] = AsyncConnectionPool(
        url, min_size=1, max_size=CONNECTIONS, open=False, kwargs={"autocommit": True}, configure=_configure
    )
    await pool.open()
    return pool


async def _configure(connection: AsyncConnection[Any]) -> None:
    # One type for all integers, or each mix of small and large ones would be a statement of its own.
    connection.adapters.register_dumper(int, Int8Dumper)


async def _refuse(connection: AsyncConnection[Row], turn: TurnCommit, row: Row, error: psycopg.Error | None) -> None:
    """Say why a turn was not written. A repeated event comes first: its sender is to know that it arrived."""
    events = [entry.event_id for entry in turn.entries if entry.event_id is not None]
    if events and await (await connection.execute(SEEN, (row[6], row[7], events))).fetchone():
        raise DuplicateEvent from error
    if not isinstance(error, errors.UniqueViolation):
        raise Conflict from error


async def _play(script: Script[T], connection: AsyncConnection[Row]) -> T:
    """Run a script: every statement's rows are sent back to it."""
    try:
        step = next(script)
        while True:
            refuse_unstorable(step.params)
            cursor = await connection.execute(_places(step.sql), step.params)
            step = script.send(await cursor.fetchall() if cursor.description else [])
    except StopIteration as end:
        result: T = end.value
        return result


@cache
def _places(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()
