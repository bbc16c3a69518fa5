"""The audit trail: who or what did what."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, Field
from starlette.responses import Response, StreamingResponse

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.csv_answers import Cell, csv_stream
from deskhand.api.models import Body, Cursor, Limit, Listing, Shown, Time, milliseconds, rfc3339
from deskhand.ports.audit import AuditWanted
from deskhand.ports.turns import AuditRow

router = APIRouter(prefix="/v1/audit", tags=["Records"], route_class=KeyedRoute)

PORTION = 500
"""Rows that an export reads at once."""
COLUMNS = ("at", "actor", "action", "subject", "body", "id")


class AuditRecord(Shown):
    """Who or what did what; such a record never changes."""

    id: str
    at: Time
    actor: str = Field(examples=["Ana", "agent", "timer"])
    action: str = Field(examples=["procedure.published", "approval.approved"])
    subject: str
    body: Body


class AuditPage(Listing[AuditRecord]):
    """A page of the audit trail."""


async def _wanted(
    actor: Annotated[str | None, Query(max_length=320, description="Who or what did it.")] = None,
    action: Annotated[str | None, Query(max_length=64, description="How it begins, such as `procedure.`.")] = None,
    subject: Annotated[str | None, Query(max_length=320, description="What it was done to.")] = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> AuditWanted:
    return AuditWanted(actor or None, action or None, subject or None, milliseconds(since), milliseconds(until))


Wanted = Annotated[AuditWanted, Depends(_wanted)]


@router.get("", summary="Read the audit trail")
async def list_audit(who: Member, wanted: Wanted, cursor: Cursor = None, limit: Limit = 50) -> AuditPage:
    """Who or what did what, newest first; chosen by actor, action, subject and time."""
    page = await who.services.stores.conversations.audit(who.workspace, cursor, limit, wanted)
    return AuditPage.model_validate(page)


@router.get("/export", summary="Export the audit trail", response_class=Response)
async def export_audit(who: Member, wanted: Wanted, form: Literal["csv", "jsonl"] = "csv") -> Response:
    """Everything that the same filters show, newest first, as a file."""
    if form == "csv":
        return csv_stream("audit", COLUMNS, _cells(who, wanted))
    headers = {"content-disposition": 'attachment; filename="audit.jsonl"', "cache-control": "no-store"}
    return StreamingResponse(_lines(who, wanted), media_type="application/jsonl", headers=headers)


async def _rows(who: Caller, wanted: AuditWanted) -> AsyncIterator[AuditRow]:
    cursor = None
    while True:
        page = await who.services.stores.conversations.audit(who.workspace, cursor, PORTION, wanted)
        for row in page.items:
            yield row
        if (cursor := page.cursor) is None:
            return


async def _cells(who: Caller, wanted: AuditWanted) -> AsyncIterator[tuple[Cell, ...]]:
    async for row in _rows(who, wanted):
        yield rfc3339(row.at), row.actor, row.action, row.subject, row.body, row.id


async def _lines(who: Caller, wanted: AuditWanted) -> AsyncIterator[bytes]:
    async for row in _rows(who, wanted):
        shown = {"id": row.id, "at": rfc3339(row.at), "actor": row.actor, "action": row.action, "subject": row.subject}
        yield json.dumps({**shown, "body": json.loads(row.body)}, ensure_ascii=False).encode() + b"\n"
