"""Browser scripts as modules: each under the hash of its text, so that its address never means anything else."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from deskhand.application.services import Services
from deskhand.application.widget_settings import may_run
from deskhand.ports.stores import NotFound

router = APIRouter(tags=["Page"], include_in_schema=False)

FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/scripts/{sha256}.mjs")
async def get_script(request: Request, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """A module. Its address is as hard to guess as its text, and it holds no value of any customer."""
    services: Services = request.app.state.services
    source = await services.stores.settings.script(sha256)
    if source is None or not await may_run(services.stores, sha256):
        raise NotFound("There is no such script, or scripts are switched off.")
    headers = {
        "Cache-Control": FOR_EVER,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(source.encode(), media_type="text/javascript; charset=utf-8", headers=headers)
