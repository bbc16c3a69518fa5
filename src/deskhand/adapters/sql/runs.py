"""Runs and the effect journal."""

from typing import Any

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import indexed_by, select
from deskhand.ports.stores import EffectRow, Page, RunRow

GET = select(rows.RUN, "runs WHERE workspace = ? AND id = ?")
EFFECTS = select(rows.EFFECT, "effects WHERE workspace = ? AND run = ? ORDER BY seq")
EFFECT = select(rows.EFFECT, "effects WHERE workspace = ? AND run = ? AND seq = ?")
UNFINISHED = select("workspace, " + rows.EFFECT, "effects WHERE status = 'sent' LIMIT ?")


class Runs(Store):
    """Runs and the effects that they had."""

    async def runs(
        self, workspace: str, *, conversation: str | None = None, status: str | None = None,
        procedure: str | None = None, cursor: str | None = None, limit: int = 50,
    ) -> Page:  # fmt: skip
        where, index = "workspace = ? AND id < ?", ""
        asked: list[Any] = [workspace_id(workspace), before_id(cursor)]
        if conversation is not None:
            where += " AND conversation = ?"
            asked.append(ids.raw(ids.CONVERSATION, conversation))
            index = indexed_by("runs_conversation")
        if status is not None:
            where += " AND status = ?"
            asked.append(status)
            index = index or indexed_by("runs_status")
        if procedure is not None:
            where += " AND procedure = ?"
            asked.append(procedure)
        sql = select(rows.RUN, f"runs {index} WHERE {where} ORDER BY id DESC LIMIT ?")
        return page(await self._database.rows(sql, (*asked, wanted(limit))), limit, rows.run)

    async def run(self, workspace: str, run: str) -> RunRow:
        return rows.run(await self._one(GET, (workspace_id(workspace), ids.raw(ids.RUN, run))))

    async def effects(self, workspace: str, run: str) -> list[EffectRow]:
        found = await self._database.rows(EFFECTS, (workspace_id(workspace), ids.raw(ids.RUN, run)))
        return [rows.effect(row) for row in found]

    async def effect(self, workspace: str, run: str, seq: int) -> EffectRow:
        asked = workspace_id(workspace), ids.raw(ids.RUN, run), ids.number(seq)
        return rows.effect(await self._one(EFFECT, asked))

    async def unfinished(self, limit: int = 1000) -> list[tuple[str, EffectRow]]:
        found = await self._database.rows(UNFINISHED, (max(limit, 1),))
        return [(ids.shown(ids.WORKSPACE, row[0]), rows.effect(row[1:])) for row in found]
