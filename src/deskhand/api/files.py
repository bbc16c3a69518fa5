"""Files of customers as answers: downloaded, and never shown as a page of this server's own."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.responses import Response

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import ConversationId
from deskhand.ports.visitors import AttachmentRow

router = APIRouter(prefix="/v1/conversations", tags=["Conversations"], route_class=KeyedRoute)

FileId = Annotated[
    str, Path(pattern="^att_[0-9a-f]{32}$", description="The `id` of one of a `said` entry's `attachments`.")
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


@router.get("/{id}/attachments/{file}", response_class=Response, summary="Fetch a file that the customer sent")
async def get_attachment(who: Member, id: ConversationId, file: FileId) -> Response:
    """A file of a conversation, as a download."""
    return FileAnswer(*await who.services.attachments.get(who.workspace, id, file))
