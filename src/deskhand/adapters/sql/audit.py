"""Reading the audit trail: newest first, by who did what to which subject."""

from typing import Any

from deskhand.adapters.sql import rows
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import indexed_by, select
from deskhand.ports.audit import AuditWanted
from deskhand.ports.stores import Page

CALLS = ("call_http", "call_tool", "send_email")
"""What turns write most of; an index leaves it out, so that it costs them nothing."""
BESIDE_CALLS = f"action NOT IN ({', '.join(repr(action) for action in CALLS)})"
BY_OTHERS = "actor <> 'agent'"


class AuditTrail(Store):
    """The audit trail."""

    async def audit(
        self, workspace: str, cursor: str | None = None, limit: int = 100, asked: AuditWanted | None = None
    ) -> Page:
        where, values, index = _conditions(asked or AuditWanted())
        sql = select(rows.AUDIT, f"audit {index} WHERE workspace = ? AND id < ?{where} ORDER BY id DESC LIMIT ?")
        params = (workspace_id(workspace), before_id(cursor), *values, wanted(limit))
        return page(await self._database.rows_apart(sql, params), limit, rows.audit)


def _conditions(asked: AuditWanted) -> tuple[str, list[Any], str]:
    """The conditions, their values, and which index serves them best."""
    where, values, index = "", list[Any](), ""
    if asked.action is not None:
        where += " AND substr(action, 1, ?) = ?"
        values += [len(asked.action), asked.action]
        if not any(action.startswith(asked.action) for action in CALLS):
            where, index = where + f" AND {BESIDE_CALLS}", indexed_by("audit_action")
    if asked.actor is not None:
        where += " AND actor = ?"
        values.append(asked.actor)
        if asked.actor != "agent":
            where, index = where + f" AND {BY_OTHERS}", indexed_by("audit_actor")
    if asked.subject is not None:
        where += " AND subject = ?"
        values.append(asked.subject)
        index = indexed_by("audit_subject")
    if asked.since is not None:
        where += " AND id >= ?"
        values.append(_first_of(asked.since))
    if asked.until is not None:
        where += " AND id < ?"
        values.append(_first_of(asked.until))
    return where, values, index


def _first_of(at: int) -> bytes:
    """Where the rows of a millisecond begin: an identifier begins with its time."""
    return max(0, at).to_bytes(6, "big") + bytes(10)
