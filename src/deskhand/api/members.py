"""Members of the workspace, their roles, and invitations to become one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.cookies import own_origin
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Time
from deskhand.api.signing_in import Email
from deskhand.application.configuration import Role
from deskhand.application.invitations import Invited
from deskhand.ports.accounts import InvitationRow, MemberRow

router = APIRouter(prefix="/v1/members", tags=["Members"], route_class=KeyedRoute)
invitations = APIRouter(prefix="/v1/invitations", tags=["Members"], route_class=KeyedRoute)


def _id(prefix: str, what: str) -> Any:
    example = f"{prefix}_0195563fc2807000a1b2c3d4e5f60718"
    return Path(pattern=f"^{prefix}_[0-9a-f]{{32}}$", description=f"The {what}.", examples=[example])


MemberId = Annotated[str, _id("member", "member")]
InvitationId = Annotated[str, _id("inv", "invitation")]


class Colleague(Shown):
    """A person of the workspace."""

    id: str
    name: str
    email: str
    role: Role
    created_at: Time
    you: bool = Field(description="Whether it is who asks.")


class ColleagueList(Items[Colleague]):
    """All members, in the order in which they came."""


class NewRole(Asked):
    """What a member may do from here on."""

    role: Role


class NewInvitation(Asked):
    """Whom to invite, and as what."""

    email: Email
    role: Role = "agent"


class Invitation(Shown):
    """Somebody who may become a member."""

    id: str
    email: str
    role: Role
    invited_by: str
    created_at: Time
    expires_at: Time
    expired: bool


class InvitationList(Items[Invitation]):
    """All invitations that were neither accepted nor taken back, the newest first."""


class MadeInvitation(Invitation):
    """An invitation with its link."""

    link: str = Field(description="It is shown this once, and lets one person in.")
    mail: Literal["sent", "mailbox", "failed"] = Field(
        description="Whether the link was e-mailed; `mailbox` is the local one, where no mail server is configured."
    )
    mail_problem: Told | None = Field(description="Why the e-mail did not go.")


@router.get("", summary="List members")
async def list_members(who: Member) -> ColleagueList:
    """Everybody who belongs to the workspace."""
    rows = await who.services.stores.members.all(who.workspace)
    return ColleagueList(items=[_colleague(row, who.member) for row in rows])


@router.patch("/{id}", summary="Change a role")
async def change_role(who: Builder, id: MemberId, wanted: NewRole) -> Colleague:
    """Give a member another role, at once; only an owner makes owners or changes them, and one stays.

    The API keys that the member made may no more than the member from here on.
    """
    row = await who.services.membership.set_role(who.workspace, id, wanted.role, who.acting)
    who.keys.forget_all()
    return _colleague(row, who.member)


@router.delete("/{id}", status_code=204, summary="Remove a member")
async def remove_member(who: Builder, id: MemberId) -> None:
    """Take a member out; only an owner removes owners, and one stays.

    The member's sessions end, the API keys they made are revoked, and their open invitations taken back.
    """
    await who.services.membership.remove(who.workspace, id, who.acting)
    who.keys.forget_all()


@invitations.get("", summary="List invitations")
async def list_invitations(who: Builder) -> InvitationList:
    """Who is invited and has not come yet."""
    now = who.services.clock.now()
    rows = await who.services.stores.members.invitations(who.workspace)
    return InvitationList(items=[Invitation.model_validate(_about(row, now)) for row in rows])


@invitations.post("", status_code=201, summary="Invite somebody")
async def invite(request: Request, who: Builder, wanted: NewInvitation) -> MadeInvitation:
    """Make a link that lets one person in within seven days, and e-mail it; only an owner invites owners."""
    join = _join(request)
    made = await who.services.invitations.invite(who.workspace, wanted.email, wanted.role, who.acting, join)
    return _made(made, join, who.services.clock.now())


@invitations.post("/{id}/resend", summary="Send an invitation again")
async def resend_invitation(request: Request, who: Builder, id: InvitationId) -> MadeInvitation:
    """Make a new link for seven more days and e-mail it; the old link is of no use any more."""
    join = _join(request)
    made = await who.services.invitations.resend(who.workspace, id, who.acting, join)
    return _made(made, join, who.services.clock.now())


@invitations.delete("/{id}", status_code=204, summary="Take an invitation back")
async def revoke_invitation(who: Builder, id: InvitationId) -> None:
    """Its link lets nobody in any more."""
    await who.services.invitations.revoke(who.workspace, id, who.acting)


def _join(request: Request) -> str:
    return f"{own_origin(request)}/join?token="


def _colleague(row: MemberRow, own: str | None) -> Colleague:
    about = {name: getattr(row, name) for name in Colleague.model_fields if name != "you"}
    return Colleague.model_validate({**about, "you": row.id == own})


def _about(row: InvitationRow, now: int) -> dict[str, Any]:
    about = {name: getattr(row, name) for name in Invitation.model_fields if name != "expired"}
    return {**about, "expired": row.expires_at <= now}


def _made(made: Invited, join: str, now: int) -> MadeInvitation:
    more = {"link": join + made.token, "mail": made.mailed, "mail_problem": made.problem}
    return MadeInvitation.model_validate({**_about(made.row, now), **more})
