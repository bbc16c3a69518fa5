"""Files that visitors bring, and fetch again; and what was said, as a text."""

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator
from starlette.responses import Response

from deskhand.api.files import BROUGHT, FileAnswer, FileId, FileName, brought, name_of
from deskhand.api.models import ConversationId, FileShown
from deskhand.api.widget.admission import FileRoute, Own, VisitorRoute
from deskhand.application import reading
from deskhand.application.transcript import transcript

router = APIRouter(prefix="/v1/widget/conversations", tags=["Widget"], route_class=VisitorRoute)
bringing = APIRouter(prefix="/v1/widget/conversations", tags=["Widget"], route_class=FileRoute)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is no time zone: write it like Europe/Berlin, or UTC.")
    return name


Zone = Annotated[str, Query(max_length=64, description="In which times are written."), AfterValidator(_zone)]


@bringing.post("/{id}/attachments", summary="Bring a file as the visitor", openapi_extra=BROUGHT)
async def post_attachment(request: Request, own: Own, id: ConversationId, x_deskhand_name: FileName = "") -> FileShown:
    """Bring a file, as it is, for the message that follows. What it is goes by its content.

    Files that no message carries within a day are removed.
    """
    who = own.who
    who.take("upload")
    await who.services.attachments.check_allowed(who.workspace, own.id)
    with who.services.visitors.paces.uploading(who.address):
        content = await brought(request)
    name = name_of(x_deskhand_name)
    return FileShown.model_validate(await who.services.attachments.add(who.workspace, own.id, name, content))


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
