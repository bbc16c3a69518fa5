"""PostgreSQL through psycopg 3. A turn's statements travel together and are one transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.types.numeric import Int8Dumper
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Params, PlaceTaken, Row, Script, refuse_unstorable
from deskhand.adapters.sql.postgres_pipeline import Statement, numbered, run_together
from deskhand.adapters.sql.turns import events_of, writes_of
from deskhand.adapters.sql.writes import SEEN, Form, Write
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import StorageFailed, Taken, Unstorable
from deskhand.ports.turns import Conflict, DuplicateEvent, TurnCommit

CONNECTIONS = 12
"""At most, the owner's aside."""

MOST_TOGETHER = 12
"""Rows that one statement takes; every number of rows is a prepared statement of its own."""

WAIT = 30.0
"""Seconds that somebody waits for a free connection."""

WATCH = 2.0
"""Seconds between two looks at whether this process still owns the database."""

STANDS = "SELECT version, state FROM conversations WHERE workspace = ? AND id = ?"

T = TypeVar("T")


class Postgres:
    """A PostgreSQL database."""

    def __init__(self, pool: AsyncConnectionPool[AsyncConnection[Row]], owner: AsyncConnection[Row]) -> None:
        self.changes = 0
        self._pool = pool
        self._owner = owner
        self._version = owner.info.parameter_status("server_version") or "unknown"
        self._lost = False
        self._watch = asyncio.create_task(self._watch_owner(), name="database owner")

    @property
    def backend(self) -> str:
        return f"postgresql {self._version}"

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        try:
            refuse_unstorable(params)
            async with self._connection() as connection:
                return await run_together(connection, [(_numbered(sql), params)])
        except Unstorable:  # what cannot be stored cannot be found either
            return []

    async def rows_apart(self, sql: str, params: Params = ()) -> list[Row]:
        return await self.rows(sql, params)

    async def write(self, script: Script[T], *, looked_up: bool = True) -> T:
        self._refuse_if_lost()
        try:
            async with self._connection() as connection, connection.transaction():
                return await _play(script, connection)
        finally:
            self.changes += looked_up

    async def commit(self, turn: TurnCommit) -> None:
        self._refuse_if_lost()
        try:
            await self._commit(turn)
        except StorageFailed:
            # a connection that broke does not tell whether the turn was kept
            if not await self._was_kept(turn):
                raise

    async def _commit(self, turn: TurnCommit) -> None:
        writes = writes_of(turn)
        async with self._connection() as connection:
            try:
                await run_together(connection, _statements(writes))
            except (errors.DivisionByZero, errors.UniqueViolation) as error:
                for event in events_of(turn):
                    if await (await connection.execute(_places(SEEN), event)).fetchone():
                        raise DuplicateEvent from error
                if isinstance(error, errors.DivisionByZero):
                    raise Conflict from error
                if error.diag.table_name == "reservations":
                    raise PlaceTaken from error
                raise

    async def _was_kept(self, turn: TurnCommit) -> bool:
        own = ids.raw(ids.WORKSPACE, turn.workspace), ids.raw(ids.CONVERSATION, turn.conversation)
        found = await self.rows(STANDS, own)
        return found == [(turn.expected + 1, turn.state)]

    async def _watch_owner(self) -> None:
        """The lock lives as long as its connection: without it another process may own the database by now."""
        while True:
            await asyncio.sleep(WATCH)
            try:
                await self._owner.execute("SELECT 1")
            except psycopg.Error:
                self._lost = True
                return

    def _refuse_if_lost(self) -> None:
        if self._lost:
            raise StorageFailed(
                "The connection that held the database for this process broke, so another one may own it by now: "
                "restart this one."
            )

    async def close(self) -> None:
        self._watch.cancel()
        await self._pool.close()
        await self._owner.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[Row]]:
        """A connection for a moment; the driver's errors in the words of the stores."""
        try:
            async with self._pool.connection(WAIT) as connection:
                yield connection
        except errors.UniqueViolation as error:
            raise Taken(
                phrase(
                    "The database refuses what is there already: {fault}.",
                    fault=error.diag.message_primary,
                )
            ) from error
        except UnicodeEncodeError:
            raise Unstorable from None
        except (psycopg.Error, PoolTimeout) as error:
            said = str(error).strip().rstrip(".")
            raise StorageFailed(
                phrase("The database could not do it, and kept nothing of it: {fault}.", fault=said)
            ) from error


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


def _statements(writes: list[Write]) -> list[Statement]:
    """The turn's statements, several rows of a plain INSERT in one."""
    found: list[Statement] = []
    for write in writes:
        if write.form.together and len(write.rows) <= MOST_TOGETHER:
            found.append((_together(write.form, len(write.rows)), [value for row in write.rows for value in row]))
        else:
            sql = _checked(write.form) if write.form.checked else _numbered(write.form.sql)
            found += [(sql, row) for row in write.rows]
    return found


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
def _checked(form: Form) -> bytes:
    """The statement, failing where it finds no row: nothing but an error stops what follows it in the pipeline."""
    return numbered("WITH found AS (" + form.sql + " RETURNING 1) SELECT 1 / count(*) FROM found")  # noqa: S608


@cache
def _together(form: Form, rows: int) -> bytes:
    """The statement for several rows at once: each statement costs the driver about as much as a row."""
    before, row = form.sql.split(" VALUES ")
    return numbered(f"{before} VALUES {', '.join([row] * rows)}")


@cache
def _numbered(sql: str) -> bytes:
    return numbered(sql)


@cache
def _places(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()
