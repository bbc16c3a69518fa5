"""Lists that are long in the end are read through an index, on SQLite with no rows to learn from."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from deskhand.adapters.sql.contacts import SqlContacts
from deskhand.adapters.sql.conversations import SqlConversations
from deskhand.adapters.sql.database import Params, Row
from deskhand.adapters.sql.file_lock import own_file
from deskhand.adapters.sql.sqlite import Sqlite
from deskhand.adapters.sql.urls import SqliteFile, parse
from tests.contract.samples import NOW, WORKSPACE, fresh


class Explaining:
    """A database that notes how it would read, and reads nothing."""

    def __init__(self, database: Sqlite) -> None:
        self._database = database
        self.plan = ""

    async def rows(self, sql: str, params: Params = ()) -> list[Row]:
        self.plan = " ".join(row[3] for row in await self._database.rows(f"EXPLAIN QUERY PLAN {sql}", params))
        return []

    async def rows_apart(self, sql: str, params: Params = ()) -> list[Row]:
        return await self.rows(sql, params)


@pytest.fixture
async def explaining(sqlite_url: str) -> AsyncIterator[Explaining]:
    place = parse(sqlite_url)
    assert isinstance(place, SqliteFile)
    database = Sqlite(place.path, own_file(place.path))
    yield Explaining(database)
    await database.close()


Ask = Callable[[SqlConversations], Awaitable[Any]]

CONVERSATION = fresh("conv")

INDEXES: dict[str, tuple[Ask, str]] = {
    "page": (lambda c: c.page(WORKSPACE), "conversations_1 (workspace=? AND id<?)"),
    "entries": (lambda c: c.entries(WORKSPACE, CONVERSATION), "(workspace=? AND conversation=? AND seq>?)"),
    "seen": (lambda c: c.seen(WORKSPACE, CONVERSATION, "e"), "entries_event"),
    "runs": (lambda c: c.runs(WORKSPACE), "PRIMARY KEY (workspace=? AND id<?)"),
    "waiting runs": (lambda c: c.runs(WORKSPACE, status="waiting"), "runs_status (workspace=? AND status=? AND id<?)"),
    "runs of a conversation": (
        lambda c: c.runs(WORKSPACE, conversation=CONVERSATION, status="waiting"),
        "runs_conversation (workspace=? AND conversation=? AND id<?)",
    ),
    "approvals": (lambda c: c.approvals(WORKSPACE), "approvals_pending"),
    "approvals of a conversation": (
        lambda c: c.approvals(WORKSPACE, status=None, conversation=CONVERSATION),
        "approvals_conversation",
    ),
    "due": (lambda c: c.due(NOW), "due_at (at<?)"),
    "unfinished": (lambda c: c.unfinished(), "effects_sent"),
    "audit": (lambda c: c.audit(WORKSPACE), "PRIMARY KEY (workspace=? AND id<?)"),
}


@pytest.mark.parametrize("name", INDEXES)
async def test_a_list_is_read_through_its_index(explaining: Explaining, name: str) -> None:
    ask, index = INDEXES[name]
    await ask(SqlConversations(explaining))  # type: ignore[arg-type]
    assert index in explaining.plan
    assert "TEMP B-TREE" not in explaining.plan


CONTACTS: dict[str, tuple[Callable[[SqlContacts], Awaitable[Any]], str]] = {
    "all": (lambda c: c.page(WORKSPACE), "PRIMARY KEY (workspace=? AND id<?)"),
    "by their id": (lambda c: c.named(WORKSPACE, "17"), "contacts_external (workspace=? AND external=?)"),
    "by their mail": (lambda c: c.mailed(WORKSPACE, "ada@example.com"), "contacts_mail (workspace=? AND vouched=?)"),
    "searched": (lambda c: c.page(WORKSPACE, "ada love"), "COVERING INDEX contacts_search (workspace=? AND id<?)"),
}


@pytest.mark.parametrize("name", CONTACTS)
async def test_contacts_are_read_through_their_indexes(explaining: Explaining, name: str) -> None:
    ask, index = CONTACTS[name]
    await ask(SqlContacts(explaining))  # type: ignore[arg-type]
    assert index in explaining.plan
