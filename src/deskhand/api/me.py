"""Who one is: the member or the key that calls, one's profile, one's sessions."""

from typing import Annotated, Literal
from unicodedata import category

from fastapi import APIRouter, Path, Request
from pydantic import AfterValidator, Field

from deskhand.api.auth import Caller, Member, SignedIn, identify
from deskhand.api.bodies import KeyedRoute
from deskhand.api.cookies import browser_of
from deskhand.api.models import Asked, Items, Shown, Time, not_blank
from deskhand.api.page import PageSettings
from deskhand.application.configuration import Role
from deskhand.application.people import SHORTEST
from deskhand.application.sessions import Signed
from deskhand.ports.accounts import SessionRow

router = APIRouter(prefix="/v1/me", tags=["Members"], route_class=KeyedRoute)


def _name(text: str) -> str:
    name = not_blank(text).strip()
    if any(category(one) in ("Cc", "Zl", "Zp") or one in _TURNS for one in name):
        raise ValueError("must be one line of plain letters: control characters are not allowed.")
    return name


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of what is written after them, so that it reads as something else."""
Name = Annotated[str, Field(max_length=100, examples=["Ana Lima"]), AfterValidator(_name)]
Password = Annotated[
    str, Field(max_length=500, json_schema_extra={"writeOnly": True, "examples": ["a sentence is a good one"]})
]
NewPassword = Annotated[Password, Field(description=f"At least {SHORTEST} characters, and not the e-mail address.")]
WorkspaceId = Annotated[str, Field(pattern="^ws_[0-9a-f]{32}$", examples=["ws_0195563fc2807000a1b2c3d4e5f60718"])]
_EXAMPLE = "session_0195563fc2807000a1b2c3d4e5f60718"
SessionId = Annotated[str, Path(pattern="^session_[0-9a-f]{32}$", description="The session.", examples=[_EXAMPLE])]


class Workspace(Shown):
    """A tenant: nothing crosses from one to another."""

    id: str
    name: str


class OwnKey(Shown):
    """The API key that the request came with."""

    id: str
    name: str
    role: Role


class OwnMember(Shown):
    """The member who is signed in."""

    id: str
    name: str
    email: str
    role: Role
    language: Literal["en", "de"] | None = Field(description="The dashboard's; null follows the browser.")
    has_password: bool = Field(description="False for the demo's owner, whom no password lets in.")


class Belonging(Shown):
    """A workspace that the member can switch to."""

    workspace: Workspace
    role: Role


class Me(Shown):
    """Who is calling: a member or a key."""

    workspace: Workspace
    name: str = Field(description="What one does is recorded under it.")
    role: Role
    member: OwnMember | None
    key: OwnKey | None
    memberships: list[Belonging]
    demo: bool = Field(description="Whether this is the demo, which signs in by itself.")
    shop: str | None = Field(description="Where the demo shop is.")


class NewOwnPassword(Asked):
    """Another password; all other sessions end."""

    current: Password
    new: NewPassword


class Profile(Asked):
    """What to change about oneself; what is left out stays."""

    name: Name | None = None
    language: Literal["en", "de"] | None = None
    password: NewOwnPassword | None = None


class Switch(Asked):
    """Where to work from here on."""

    workspace: WorkspaceId


class OwnSession(Shown):
    """A browser that is signed in."""

    id: str
    created_at: Time
    seen_at: Time
    expires_at: Time
    user_agent: str
    ip: str
    current: bool = Field(description="Whether it is the one that asks.")


class OwnSessionList(Items[OwnSession]):
    """All of one's sessions, the newest first."""


async def me_of(request: Request, who: Caller) -> Me:
    """What the caller is told about themselves."""
    page: PageSettings = request.app.state.page
    workspace = Workspace.model_validate(await who.services.stores.settings.workspace(who.workspace))
    return Me(
        workspace=workspace,
        name=who.by,
        role=who.role,
        member=await _member(who, who.signed) if who.signed else None,
        key=OwnKey(id=who.key.id, name=who.by, role=who.role) if who.key else None,
        memberships=await _memberships(who, who.signed) if who.signed else [],
        demo=page.demo,
        shop=page.shop,
    )


async def _member(who: Caller, signed: Signed) -> OwnMember:
    account = await who.services.stores.accounts.account(signed.session.account)
    return OwnMember(
        id=signed.member.id,
        name=who.by,
        email=account.email,
        role=who.role,
        language=account.language,  # type: ignore[arg-type]
        has_password=bool(account.password),
    )


async def _memberships(who: Caller, signed: Signed) -> list[Belonging]:
    found = await who.services.stores.accounts.memberships(signed.session.account)
    settings = who.services.stores.settings
    about = [{"workspace": await settings.workspace(one.workspace), "role": one.role} for one in found]
    return [Belonging.model_validate(one) for one in about]


async def _anew(request: Request) -> Me:
    """What there is to tell after a change."""
    return await me_of(request, await identify(request))


@router.get("", summary="Look at yourself")
async def get_me(request: Request, who: Member) -> Me:
    """The member or the API key that calls, its workspace and role; where a member can switch to."""
    return await me_of(request, who)


@router.patch("", summary="Change your profile")
async def change_me(request: Request, who: SignedIn, wanted: Profile) -> Me:
    """Change name, language or password; a new password takes the current one, and ends all other sessions."""
    profiles = who.caller.services.profiles
    if wanted.password is not None:
        new = wanted.password
        await profiles.change_password(who.signed, new.current, new.new, browser_of(request))
    given = wanted.model_fields_set
    if wanted.name is not None or "language" in given:
        account = await who.caller.services.stores.accounts.account(who.signed.session.account)
        language = wanted.language if "language" in given else account.language
        await profiles.change(who.signed, (wanted.name or account.name).strip(), language)
    return await _anew(request)


@router.post("/workspace", summary="Switch the workspace")
async def switch_workspace(request: Request, who: SignedIn, wanted: Switch) -> Me:
    """Work in another workspace that one is a member of, with this session."""
    await who.caller.services.sessions.switch(who.signed, wanted.workspace)
    return await _anew(request)


@router.get("/sessions", summary="List your sessions")
async def list_sessions(who: SignedIn) -> OwnSessionList:
    """Where one is signed in."""
    found = await who.caller.services.sessions.all(who.signed)
    own = who.signed.session.id
    return OwnSessionList(items=[_session(row, row.id == own) for row in found])


@router.delete("/sessions", status_code=204, summary="End your other sessions")
async def end_other_sessions(who: SignedIn) -> None:
    """Sign out everywhere but here."""
    await who.caller.services.sessions.end_others(who.signed)


@router.delete("/sessions/{id}", status_code=204, summary="End a session")
async def end_session(who: SignedIn, id: SessionId) -> None:
    """Sign one of one's own browsers out, at once."""
    await who.caller.services.sessions.end(who.signed, id)


def _session(row: SessionRow, current: bool) -> OwnSession:
    about = {name: getattr(row, name) for name in OwnSession.model_fields if name != "current"}
    return OwnSession.model_validate({**about, "current": current})
