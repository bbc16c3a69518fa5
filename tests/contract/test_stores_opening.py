"""Opening a database: made, migrated, owned by one; what cannot be opened is told in a sentence."""

import asyncio
import os
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from deskhand.adapters.sql import open_stores, postgres
from deskhand.adapters.sql.migrations.migrate import engine_for, migrate
from deskhand.adapters.sql.migrations.version import UnknownForm
from deskhand.adapters.sql.urls import BadDatabaseUrl, InUse
from deskhand.ports.stores import StorageFailed
from tests.contract.samples import WORKSPACE, fresh, turn, workspace_row


async def test_an_empty_database_is_made_ready_and_keeps_what_it_is_given(empty_database_url: str) -> None:
    for expected in (0, 1):
        stores = await open_stores(empty_database_url)
        found = await stores.settings.workspaces()
        assert len(found) == expected
        if not found:
            await stores.settings.create_workspace(workspace_row(WORKSPACE))
        await stores.close()


async def test_the_backend_says_what_it_is(database_url: str) -> None:
    stores = await open_stores(database_url)
    name, version = stores.backend.split()[:2]
    await stores.close()
    assert name == database_url.partition(":")[0]
    assert version[0].isdigit()


async def test_a_second_process_is_refused_until_the_first_closes(database_url: str) -> None:
    first = await open_stores(database_url)
    with pytest.raises(InUse, match="in use by another Deskhand process"):
        await open_stores(database_url)
    await first.close()
    second = await open_stores(database_url)
    await second.close()


async def test_the_refusal_names_the_process_that_has_the_file(sqlite_url: str) -> None:
    first = await open_stores(sqlite_url)
    with pytest.raises(InUse, match=rf"pid {os.getpid()}\b"):
        await open_stores(sqlite_url)
    await first.close()


async def test_a_database_is_made_ready_in_a_process_of_its_own(empty_database_url: str) -> None:
    stores = await open_stores(empty_database_url, apart=True)
    assert await stores.settings.workspaces() == []
    await stores.close()


async def test_what_stops_that_process_is_told(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE conversations (id)")
    connection.close()
    with pytest.raises(StorageFailed, match=r"half\.db cannot be brought to the newest form: .*already exists"):
        await open_stores(f"sqlite:///{path}", apart=True)


async def test_a_database_of_a_newer_deskhand_is_left_alone(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with engine_for(empty_database_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for _ in range(2):  # the second time shows that the first let go of it
        with pytest.raises(UnknownForm, match="`9999`"):
            await open_stores(empty_database_url)


@pytest.mark.parametrize("url", ["", "deskhand.db", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
async def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        await open_stores(url)


async def test_a_relative_path_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stores = await open_stores("sqlite:///data/deskhand.db")
    await stores.close()
    assert (tmp_path / "data" / "deskhand.db").exists()


async def test_a_file_that_is_no_database_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, " * 100)
    with pytest.raises(StorageFailed, match=r"notes\.txt.*not a database"):
        await open_stores(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear diary")


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed, match="cannot be opened"):
        await open_stores(f"sqlite:///{tmp_path / 'file' / 'deskhand.db'}")


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(StorageFailed, match=r"desk at 127\.0\.0\.1 cannot be opened") as told:
        await open_stores("postgresql://ada:s3cret@127.0.0.1:1/desk")
    assert "s3cret" not in str(told.value)


async def test_what_is_acknowledged_is_on_the_disk(sqlite_url: str) -> None:
    stores = await open_stores(sqlite_url)
    writing = stores.settings._database._writing  # type: ignore[attr-defined]
    assert writing.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert writing.execute("PRAGMA synchronous").fetchone() == (2,)
    await stores.settings.create_workspace(workspace_row(WORKSPACE))
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        assert other.execute("SELECT count(*) FROM workspaces").fetchone() == (1,)
    other.close()
    await stores.close()


async def test_a_server_that_lost_its_lock_writes_nothing_more(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "WATCH", 0.01)
    stores = await open_stores(postgres_url)
    database = stores.settings._database  # type: ignore[attr-defined]
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (database._owner.info.backend_pid,))
    await asyncio.wait_for(asyncio.shield(database._watch), 10)
    with pytest.raises(StorageFailed, match="restart this one"):
        await stores.settings.create_workspace(workspace_row(WORKSPACE))
    await stores.close()


async def test_a_turn_whose_acknowledgement_was_lost_counts_as_kept(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = await open_stores(postgres_url)
    await stores.settings.create_workspace(workspace_row(WORKSPACE))
    conversation, sent = fresh("conv"), postgres.run_together

    async def loses_the_answer(connection: Any, statements: Any) -> Any:
        await sent(connection, statements)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr(postgres, "run_together", loses_the_answer)
        broken.setattr(postgres.Postgres, "rows", _with(postgres.Postgres.rows, broken, sent))
        await stores.conversations.commit(turn(conversation))
    assert await stores.conversations.load(WORKSPACE, conversation) is not None
    await stores.close()


def _with(method: Any, patch: pytest.MonkeyPatch, sent: Any) -> Any:
    """The method, with a connection that works again."""

    async def repaired(self: Any, *arguments: Any) -> Any:
        patch.setattr(postgres, "run_together", sent)
        return await method(self, *arguments)

    return repaired
