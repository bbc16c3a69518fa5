"""Files that visitors bring, and fetch again; and what was said, as a text."""

import asyncio
from typing import Annotated
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, Header, Query, Request
from pydantic import AfterValidator
from starlette.exceptions import HTTPException
from starlette.responses import Response

from deskhand.api.files import FileAnswer, FileId
from deskhand.api.models import ConversationId
from deskhand.api.widget.admission import FileRoute, Own, VisitorRoute
from deskhand.api.widget.models import FileShown
from deskhand.application import reading
from deskhand.application.transcript import transcript
from deskhand.domain.untrusted import fit_text

router = APIRouter(prefix="/v1/widget/conversations", tags=["Widget"], route_class=VisitorRoute)
bringing = APIRouter(prefix="/v1/widget/conversations", tags=["Widget"], route_class=FileRoute)

PATIENCE = 120.0
"""Seconds that a file may take to come in."""
_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}

FileName = Annotated[str, Header(max_length=1000, description="What the file is called, percent-encoded.")]


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is no time zone: write it like Europe/Berlin, or UTC.")
    return name


Zone = Annotated[str, Query(max_length=64, description="In which times are written."), AfterValidator(_zone)]


@bringing.post("/{id}/attachments", summary="Bring a file as the visitor", openapi_extra=_FILE)
async def post_attachment(request: Request, own: Own, id: ConversationId, x_deskhand_name: FileName = "") -> FileShown:
    """Bring a file, as it is, for the message that follows. What it is goes by its content.

    Files that no message carries within a day are removed.
    """
    who = own.who
    who.take("upload")
    await who.services.attachments.check_allowed(who.workspace, own.id)
    with who.services.visitors.paces.uploading(who.address):
        content = await _body(request)
    name = fit_text(unquote(x_deskhand_name, errors="replace"))
    return FileShown.model_validate(await who.services.attachments.add(who.workspace, own.id, name, content))


async def _body(request: Request) -> bytes:
    """The file. Raises TooLarge, and HTTPException where it comes too slowly: it holds a place that others want."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.body()
    except TimeoutError:
        raise HTTPException(408) from None


@router.get("/{id}/attachments/{file}", response_class=Response, summary="Fetch a file as the visitor")
async def get_own_attachment(own: Own, id: ConversationId, file: FileId) -> Response:
    """A file of the conversation, as a download."""
    return FileAnswer(*await own.who.services.attachments.get(own.who.workspace, own.id, file))


@router.get("/{id}/transcript", response_class=Response, summary="Read what was said")
async def get_transcript(own: Own, id: ConversationId, zone: Zone = "UTC") -> Response:
    """What was said, as a text in the conversation's language."""
    who = own.who
    entries = await reading.log(who.services, who.workspace, own.id)
    text = transcript(entries, who.guest.agent.name, own.state.language, ZoneInfo(zone))
    headers = {"Content-Disposition": f'attachment; filename="{own.id}.txt"', "Cache-Control": "private, no-store"}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)
