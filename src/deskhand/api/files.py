"""Files of conversations: members bring them, and fetch those of both sides, never as a page of this server's own."""

import asyncio
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Header, Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from deskhand.api.auth import Member, identify
from deskhand.api.bodies import KeyedFileRoute, KeyedRoute
from deskhand.api.models import ConversationId, FileShown
from deskhand.domain.untrusted import fit_text
from deskhand.ports.visitors import AttachmentRow

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)
bringing = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedFileRoute)

PATIENCE = 120.0
"""Seconds that a file may take to come in."""
BROUGHT = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
"""How a file that is brought stands in the description."""

FileName = Annotated[str, Header(max_length=4000, description="What the file is called, percent-encoded.")]

FileId = Annotated[
    str, Path(pattern="^att_[0-9a-f]{32}$", description="The `id` of one of the `attachments` of an entry.")
]


class FileAnswer(Response):
    """A stranger's file: whatever is in it, no browser runs it, frames it, or guesses what it is."""

    def __init__(self, row: AttachmentRow, content: bytes) -> None:
        plain = row.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
        headers = {
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(row.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        kind = f"{row.type}; charset=utf-8" if row.type.startswith("text/") else row.type
        super().__init__(content, media_type=kind, headers=headers)


@router.get("/{id}/attachments/{file}", response_class=Response, summary="Fetch a file")
async def get_attachment(who: Member, id: ConversationId, file: FileId) -> Response:
    """A file of a conversation, as a download."""
    return FileAnswer(*await who.services.attachments.get(who.workspace, id, file))


@bringing.post("/{id}/attachments", summary="Bring a file for a reply", openapi_extra=BROUGHT)
async def bring_attachment(
    request: Request, who: Member, id: ConversationId, x_deskhand_name: FileName = ""
) -> FileShown:
    """Bring a file, as it is, for the reply that follows. What it is goes by its content.

    Files that no reply carries within a day are removed.
    """
    files = who.services.attachments
    await files.check_reach(who.workspace, id)
    await files.check_allowed(who.workspace, id)
    content = await brought(request)
    await identify(request)  # who brings a file slowly may have been removed meanwhile
    return FileShown.model_validate(await files.add(who.workspace, id, name_of(x_deskhand_name), content))


async def brought(request: Request) -> bytes:
    """The file. Raises TooLarge, and HTTPException where it comes too slowly: it holds a place that others want."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.body()
    except TimeoutError:
        raise HTTPException(408) from None


def name_of(given: str) -> str:
    """What the file is called, by its header."""
    return fit_text(unquote(given, errors="replace"))
