"""Digests catch up with the log: within a moment, after a crash, and on a database that never had any."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from deskhand.bootstrap import Running, build
from deskhand.domain.events import FeedbackGiven, Said
from deskhand.ports.digests import Wanted
from deskhand.settings import Settings

REPORTS = ("runs", "steps", "calls", "approvals", "moments")
TABLES = ("digests", "digest_marks", *(f"report_{name}" for name in REPORTS))


@asynccontextmanager
async def opened(url: str, data: Path, started: bool = True) -> AsyncIterator[Running]:
    running = await build(Settings(data=data, database_url=url))
    if started:
        await running.start()
    try:
        yield running
    finally:
        await running.close()


async def listed(running: Running, workspace: str) -> list[tuple[str, str | None, str | None]]:
    """What the store alone knows: nobody folds anything for this look."""
    page = await running.services.stores.digests.page(workspace, Wanted(), None, 200)
    return [(one.conversation, one.last_text, one.reaction) for one in page.items]


async def until_up_to_date(running: Running) -> None:
    async with asyncio.timeout(120):
        while running.services.digesting.behind:  # noqa: ASYNC110 (it is told to nobody)
            await asyncio.sleep(0.02)


async def talked(running: Running, workspace: str, count: int) -> list[str]:
    made = []
    for number in range(count):
        receipt = await running.services.engine.open(workspace, first=Said(text=f"Parcel {number}"))
        await running.services.engine.handle(workspace, receipt.conversation, FeedbackGiven(reaction="negative"))
        made.append(receipt.conversation)
    return made


async def test_what_is_committed_is_folded_by_itself(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as running:
        workspace = (await running.services.configuration.create_workspace("Acme")).id
        made = await talked(running, workspace, 3)
        await until_up_to_date(running)

        # sorted: the last moments of two conversations may be one millisecond
        assert sorted((one[0], one[2]) for one in await listed(running, workspace)) == [
            (one, "negative") for one in made
        ]


async def test_what_a_process_left_behind_is_folded_by_the_next_one(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path, started=False) as running:
        workspace = (await running.services.configuration.create_workspace("Acme")).id
        made = await talked(running, workspace, 2)
        assert await listed(running, workspace) == []  # as after a crash: committed, and nothing else
    async with opened(database_url, tmp_path) as running:
        await until_up_to_date(running)
        assert sorted(one[0] for one in await listed(running, workspace)) == made


async def test_a_database_without_any_digests_gets_them_all(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as running:
        workspace = (await running.services.configuration.create_workspace("Acme")).id
        made = await talked(running, workspace, 70)
        await until_up_to_date(running)
        before = await listed(running, workspace)
    _empty(database_url)
    async with opened(database_url, tmp_path) as running:
        await until_up_to_date(running)
        assert await listed(running, workspace) == before
        assert len(before) == len(made)
        found = await running.services.stores.digests.count(workspace, Wanted(text="parcel", reaction="negative"), 1000)
        assert found == len(made)


async def test_a_digest_of_an_older_form_is_made_anew_and_counts_nothing_twice(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(database_url, tmp_path) as running:
        workspace = (await running.services.configuration.create_workspace("Acme")).id
        await talked(running, workspace, 2)
        await until_up_to_date(running)
    monkeypatch.setattr("deskhand.application.digesting.FORM", 2)
    _run(database_url, "UPDATE digests SET version = 0")
    async with opened(database_url, tmp_path) as running:
        await until_up_to_date(running)
        assert len(await listed(running, workspace)) == 2
        assert _run(database_url, "SELECT COUNT(*) FROM report_moments WHERE kind = 'reaction'") == 2


async def test_more_than_can_be_noted_is_looked_for_in_the_store(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskhand.application.digesting.MOST_NOTED", 2)
    async with opened(database_url, tmp_path) as running:
        workspace = (await running.services.configuration.create_workspace("Acme")).id
        made = await talked(running, workspace, 6)
        await until_up_to_date(running)
        assert sorted(one[0] for one in await listed(running, workspace)) == made


async def test_folding_leaves_alone_what_turns_keep_in_memory(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path, started=False) as running:
        workspace = (await running.services.configuration.create_workspace("Acme")).id
        await talked(running, workspace, 1)
        before = running.services.stores.conversations.changes
        await running.services.digesting.catch_up(workspace)
        assert running.services.stores.conversations.changes == before


def _empty(url: str) -> None:
    for table in TABLES:
        _run(url, f"DELETE FROM {table}")
    if url.startswith("sqlite"):
        _run(url, "INSERT INTO digest_texts (digest_texts) VALUES ('delete-all')")
    else:
        _run(url, "DELETE FROM digest_texts")


def _run(url: str, sql: str) -> object:
    """A statement on a database that nobody has open."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            found = file.execute(sql).fetchone()
        file.close()
        return found[0] if found else None
    with psycopg.connect(url) as server:
        cursor = server.execute(sql.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
