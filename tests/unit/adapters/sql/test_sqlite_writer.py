"""The one writer of SQLite: what fails takes nothing with it, and it goes on."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest

from deskhand.adapters.sql.file_lock import own_file
from deskhand.adapters.sql.sqlite import Sqlite
from deskhand.adapters.sql.urls import SqliteFile, parse
from deskhand.ports.stores import StorageFailed
from tests.contract.samples import NOW, fresh, said, turn


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Sqlite]:
    place = parse(sqlite_url)
    assert isinstance(place, SqliteFile)
    opened = Sqlite(place.path, own_file(place.path))
    yield opened
    await opened.close()


def _fill(connection: sqlite3.Connection, pages: int) -> None:
    """Leave room for so many pages more."""
    used = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {used + pages}")


async def _count(database: Sqlite) -> int:
    return int((await database.rows("SELECT count(*) FROM conversations"))[0][0])


async def test_a_full_disk_fails_what_found_no_room_and_the_writer_goes_on(database: Sqlite) -> None:
    await database.commit(turn(fresh("conv")))
    _fill(database._writing, 2)
    large = [turn(fresh("conv"), entries=(said(1, body="x" * 50_000),)) for _ in range(5)]
    found = await asyncio.gather(*map(database.commit, large), return_exceptions=True)
    assert [type(problem) for problem in found] == [StorageFailed] * 5
    assert "full" in str(found[0])
    assert await _count(database) == 1
    _fill(database._writing, 10_000)
    await database.commit(turn(fresh("conv")))
    assert await _count(database) == 2


async def test_leaving_the_transaction_fails_the_whole_batch(database: Sqlite) -> None:
    def leave(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    waiting = [database.commit(turn(fresh("conv"))) for _ in range(3)]
    waiting.insert(1, database._writer.submit(leave))
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(problem) for problem in found] == [StorageFailed] * 4
    assert await _count(database) == 0
    await database.commit(turn(fresh("conv")))
    assert await _count(database) == 1


async def test_a_commit_that_fails_acknowledges_nothing(database: Sqlite) -> None:
    def owe(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA defer_foreign_keys = 1")
        connection.execute("INSERT INTO child VALUES (1)")

    writing = database._writing
    writing.execute("PRAGMA foreign_keys = 1")
    writing.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    writing.execute("CREATE TABLE child (parent REFERENCES parent (id))")
    waiting = [database.commit(turn(fresh("conv"))), database._writer.submit(owe)]
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(problem) for problem in found] == [StorageFailed] * 2
    assert await _count(database) == 0
    await database.commit(turn(fresh("conv")))


async def test_a_mistake_in_a_job_reaches_whoever_waits_for_it(database: Sqlite) -> None:
    def mistake(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO counters VALUES (x'00', 'a', 1)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database._writer.submit(mistake)
    assert await database.rows("SELECT count(*) FROM counters") == [(0,)]


async def test_a_write_is_finished_though_nobody_waits_for_it_any_more(database: Sqlite) -> None:
    waiting = asyncio.ensure_future(database.commit(turn(fresh("conv"), at=NOW)))
    await asyncio.sleep(0)
    waiting.cancel()
    await database.commit(turn(fresh("conv")))
    assert await _count(database) == 2


async def test_closing_finishes_what_was_asked_for(database: Sqlite) -> None:
    waiting = [asyncio.ensure_future(database.commit(turn(fresh("conv")))) for _ in range(20)]
    await asyncio.sleep(0)
    await database._writer.close()
    assert await asyncio.gather(*waiting) == [None] * 20
    with pytest.raises(StorageFailed, match="closed"):
        await database.commit(turn(fresh("conv")))
