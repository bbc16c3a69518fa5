"""Whether the server works."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import Field

from deskhand import __version__
from deskhand.api.bodies import OpenRoute
from deskhand.api.models import Shown
from deskhand.application.services import Services

router = APIRouter(prefix="/v1", tags=["Server"], route_class=OpenRoute)


class Health(Shown):
    """The server works."""

    status: Literal["ok"]
    version: str = Field(examples=["0.1.0"])
    backend: str = Field(examples=["sqlite 3.50.4"])


@router.get("/health", summary="Check the server")
async def get_health(request: Request) -> Health:
    """Whether the server works and reaches its database; takes no API key."""
    services: Services = request.app.state.services
    await services.stores.conversations.next_due()
    return Health(status="ok", version=__version__, backend=services.stores.backend)
