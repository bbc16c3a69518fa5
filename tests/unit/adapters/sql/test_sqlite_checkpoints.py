"""The write-ahead log is carried over beside the writing, and is gone when the database is closed."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deskhand.adapters.sql import open_stores, sqlite_checkpoints
from deskhand.ports.stores import Mail, WorkspaceRow
from tests.clock import ScriptedClock

WORKSPACE = "ws_" + "01" * 16


def _size(path: Path) -> int:
    return os.path.getsize(f"{path}-wal")


async def _write_mails(path: Path, count: int) -> list[int]:
    """Write so many mails of 4 KB; gives the log's size after each."""
    clock = ScriptedClock()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))
    stores = await open_stores(f"sqlite:///{path}")
    await stores.settings.create_workspace(WorkspaceRow(WORKSPACE, "x", (), clock.now()))
    sizes = []
    for number in range(count):
        mail = Mail(f"mail_{number:032x}", "jo@example.com", "hello", "x" * 4000, clock.now())
        await stores.mailbox.add(WORKSPACE, mail)
        await loop.run_in_executor(None, int)  # what was begun in the one thread is done by now, on any machine
        sizes.append(_size(path))
    assert len((await stores.mailbox.page(WORKSPACE, None, 200)).items) == count
    await stores.close()
    return sizes


async def test_the_log_stays_small_however_much_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_checkpoints, "COMMITS", 5)
    monkeypatch.setattr(sqlite_checkpoints, "LARGE", 1)
    watched = await _write_mails(tmp_path / "watched.db", 150)
    monkeypatch.setattr(sqlite_checkpoints, "COMMITS", 10**6)
    unwatched = await _write_mails(tmp_path / "unwatched.db", 150)
    assert max(watched) < max(unwatched) / 2


async def test_closing_leaves_one_file(tmp_path: Path) -> None:
    await _write_mails(tmp_path / "one.db", 20)
    log = tmp_path / "one.db-wal"
    assert not log.exists() or log.stat().st_size == 0
