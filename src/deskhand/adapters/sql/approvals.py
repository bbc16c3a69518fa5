"""Approvals, and outcomes that a member has to find out."""

from collections.abc import Sequence
from typing import Any

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import indexed_by, select
from deskhand.ports.stores import ApprovalRow, Page, Waiting

_JOINED = (
    "LEFT JOIN effects e ON e.workspace = a.workspace AND e.run = a.run AND e.seq = a.seq "
    "LEFT JOIN runs r ON r.workspace = a.workspace AND r.id = a.run "
    "LEFT JOIN conversations c ON c.workspace = a.workspace AND c.id = a.conversation"
)
GET = select(rows.APPROVAL, f"approvals a {_JOINED} WHERE a.workspace = ? AND a.id = ?")
WAITING = select(
    "about, rights, COUNT(*)", "approvals WHERE workspace = ? AND status = 'pending' GROUP BY about, rights"
)
BEGAN = select(
    "seq",
    "entries WHERE workspace = ? AND conversation = ? AND seq <= COALESCE((SELECT MIN(seq) FROM entries "
    "WHERE workspace = ? AND conversation = ? AND run = ?), 0) AND kind IN ('said', 'clicked', 'form_submitted') "
    "ORDER BY seq DESC LIMIT 1",
)


class Approvals(Store):
    """What waits for a member, or did."""

    async def approvals(
        self, workspace: str, *, status: str | None = "pending", conversation: str | None = None,
        cursor: str | None = None, limit: int = 50, procedure: str | None = None, about: str | None = None,
        since: int | None = None, until: int | None = None, rights: Sequence[str] | None = None,
    ) -> Page:  # fmt: skip
        asked: list[tuple[str, Any]] = [("a.workspace = ?", workspace_id(workspace)), ("a.id < ?", before_id(cursor))]
        if conversation is not None:
            asked.append(("a.conversation = ?", ids.raw(ids.CONVERSATION, conversation)))
        if about is not None:
            asked.append(("a.about = ?", about))
        if procedure is not None:
            asked.append(("r.procedure = ?", procedure))
        if since is not None:  # an identifier begins with the time at which it was made
            asked.append(("a.id >= ?", _at(since)))
        if until is not None:
            asked.append(("a.id < ?", _at(until)))
        where, values = " AND ".join(one for one, _ in asked), [value for _, value in asked]
        if status in ("pending", "decided"):
            # spelt out, or the index of pending ones could not be used
            where += f" AND a.status {'=' if status == 'pending' else '<>'} 'pending'"
        elif status is not None:
            where, values = f"{where} AND a.status = ?", [*values, status]
        if rights is not None:
            marks = ", ".join("?" for _ in rights) or "NULL"
            where, values = f"{where} AND a.rights IN ({marks})", [*values, *rights]
        index = "approvals_pending" if status == "pending" else None
        index = "approvals_conversation" if conversation else index
        hint = indexed_by(index) if index else ""
        sql = select(rows.APPROVAL, f"approvals a {hint} {_JOINED} WHERE {where} ORDER BY a.id DESC LIMIT ?")
        return page(await self._database.rows(sql, (*values, wanted(limit))), limit, rows.approval)

    async def approval(self, workspace: str, approval: str) -> ApprovalRow:
        return rows.approval(await self._one(GET, (workspace_id(workspace), ids.raw(ids.APPROVAL, approval))))

    async def waiting_approvals(self, workspace: str) -> list[Waiting]:
        return [Waiting(*row) for row in await self._database.rows(WAITING, (workspace_id(workspace),))]

    async def began_with(self, workspace: str, conversation: str, run: str) -> int | None:
        place = workspace_id(workspace), ids.raw(ids.CONVERSATION, conversation)
        found = await self._database.rows(BEGAN, (*place, *place, ids.raw(ids.RUN, run)))
        return int(found[0][0]) if found else None


def _at(milliseconds: int) -> bytes:
    """The lowest identifier of this time."""
    return min(max(milliseconds, 0), 2**48 - 1).to_bytes(6, "big") + bytes(10)
