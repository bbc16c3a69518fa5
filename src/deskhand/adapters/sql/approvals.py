"""Approvals, and outcomes that a member has to find out."""

from typing import Any

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import select
from deskhand.ports.stores import ApprovalRow, Page

GET = select(rows.APPROVAL, "approvals WHERE workspace = ? AND id = ?")


class Approvals(Store):
    """What waits for a member, or did."""

    async def approvals(
        self, workspace: str, *, status: str | None = "pending", conversation: str | None = None,
        cursor: str | None = None, limit: int = 50,
    ) -> Page:  # fmt: skip
        where = "workspace = ? AND id < ?"
        asked: list[Any] = [workspace_id(workspace), before_id(cursor)]
        if conversation is not None:
            where += " AND conversation = ?"
            asked.append(ids.raw(ids.CONVERSATION, conversation))
        if status == "pending":
            where += " AND status = 'pending'"  # spelt out, or the index of pending ones could not be used
        elif status is not None:
            where += " AND status = ?"
            asked.append(status)
        sql = select(rows.APPROVAL, f"approvals WHERE {where} ORDER BY id DESC LIMIT ?")
        return page(await self._database.rows(sql, (*asked, wanted(limit))), limit, rows.approval)

    async def approval(self, workspace: str, approval: str) -> ApprovalRow:
        return rows.approval(await self._one(GET, (workspace_id(workspace), ids.raw(ids.APPROVAL, approval))))
