"""Whether the server works, and who one is."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import Field

from deskhand import __version__
from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Shown
from deskhand.application.configuration import Role
from deskhand.application.services import Services

router = APIRouter(prefix="/v1", tags=["Server"])
account = APIRouter(prefix="/v1", tags=["Server"], route_class=KeyedRoute)


class Health(Shown):
    """The server works."""

    status: Literal["ok"]
    version: str = Field(examples=["0.1.0"])
    backend: str = Field(examples=["sqlite 3.50.4"])


class Workspace(Shown):
    """A tenant: nothing crosses from one to another."""

    id: str
    name: str


class OwnKey(Shown):
    """The API key that the request came with."""

    id: str
    name: str
    role: Role


class Me(Shown):
    """Who is calling."""

    workspace: Workspace
    key: OwnKey


@router.get("/health", summary="Check the server")
async def get_health(request: Request) -> Health:
    """Whether the server works and reaches its database; takes no API key."""
    services: Services = request.app.state.services
    await services.stores.conversations.next_due()
    return Health(status="ok", version=__version__, backend=services.stores.backend)


@account.get("/me", summary="Look at your key")
async def get_me(who: Member) -> Me:
    """The workspace and the role of the API key."""
    workspace = await who.services.stores.settings.workspace(who.workspace)
    return Me(workspace=Workspace.model_validate(workspace), key=OwnKey(id=who.key, name=who.by, role=who.role))
