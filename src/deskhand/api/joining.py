"""Accepting an invitation, for those who have its link."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from deskhand.api.bodies import OpenRoute
from deskhand.api.cookies import browser_of, check_own_page, check_safe_place
from deskhand.api.me import Me, Name, Password
from deskhand.api.models import Asked, Shown, Time
from deskhand.api.signing_in import signed_in
from deskhand.application.configuration import Role
from deskhand.application.services import Services

router = APIRouter(prefix="/v1/join", tags=["Members"], route_class=OpenRoute)

Token = Annotated[
    str, Path(pattern="^dhi_[0-9a-f]{60}$", description="From the invitation's link.", examples=["dhi_" + "0" * 60])
]


class Offered(Shown):
    """What an invitation is for."""

    workspace: str = Field(description="The workspace's name.")
    email: str
    role: Role
    invited_by: str
    expires_at: Time
    known: bool = Field(description="Whether this address has an account, whose password is then asked for.")


class Acceptance(Asked):
    """Who accepts: a new account's name and password, or the password of the one that there is."""

    name: Name | None = Field(default=None, description="Needed where there is no account yet.")
    password: Password


@router.get("/{token}", summary="Look at an invitation")
async def get_offer(request: Request, token: Token) -> Offered:
    """Which workspace it leads to, and as whom."""
    services: Services = request.app.state.services
    offer = await services.invitations.offer(token, browser_of(request))
    about = {name: getattr(offer.row, name) for name in ("email", "role", "invited_by", "expires_at")}
    return Offered(workspace=offer.workspace, known=offer.known, **about)


@router.post("/{token}", status_code=201, summary="Accept an invitation")
async def accept_invitation(request: Request, response: Response, token: Token, wanted: Acceptance) -> Me:
    """Become a member and begin a session; the invitation is used up."""
    check_safe_place(request)
    check_own_page(request)
    services: Services = request.app.state.services
    name = (wanted.name or "").strip()
    session = await services.invitations.accept(token, name, wanted.password, browser_of(request))
    return await signed_in(request, response, session)
