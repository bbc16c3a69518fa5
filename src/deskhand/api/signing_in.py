"""Getting in and out: sign-in, set-up, sign-up, the demo's own way in, sign-out."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import AfterValidator, Field

from deskhand.api.auth import by_session
from deskhand.api.bodies import OpenRoute
from deskhand.api.cookies import browser_of, check_own_page, check_safe_place, put_token, take_token, token_in
from deskhand.api.errors import Forbidden
from deskhand.api.me import Me, Name, NewPassword, Password, me_of
from deskhand.api.models import Asked, Shown, not_blank
from deskhand.api.page import PageSettings
from deskhand.application.people import NewPerson
from deskhand.application.services import Services

router = APIRouter(prefix="/v1", tags=["Members"], route_class=OpenRoute)

Email = Annotated[str, Field(max_length=254, examples=["ana@example.com"]), AfterValidator(not_blank)]


class WaysIn(Shown):
    """How people get in here."""

    set_up: bool = Field(description="Nobody is in yet: the link that `deskhand serve` printed makes the first owner.")
    sign_up: Literal["invited", "open"]
    demo: bool = Field(description="This is the demo: `POST /v1/sign-in/demo` lets you in.")
    reset: bool = Field(description="Who forgot their password gets a link by e-mail: `POST /v1/password-resets`.")


class Credentials(Asked):
    """What lets a member in."""

    email: Email
    password: Password


class NewAccount(Asked):
    """A new account, and what its workspace is called."""

    email: Email
    name: Name
    password: NewPassword
    workspace: Name | None = Field(default=None, description="Its name; at the set-up the first workspace gets it.")
    token: Annotated[str, Field(max_length=200)] | None = Field(default=None, description="From the set-up's link.")


@router.get("/sign-in", summary="Look how to sign in")
async def get_ways_in(request: Request) -> WaysIn:
    """Whether anybody is in yet, and who may make an account; takes no key."""
    accounts, page = _services(request).accounts, request.app.state.page
    return WaysIn(
        set_up=await accounts.needs_set_up(),
        sign_up="open" if accounts.open_to_all else "invited",
        demo=page.demo and request.app.state.loopback_only,
        reset=sends_links(request),
    )


@router.post("/sign-in", summary="Sign in")
async def sign_in(request: Request, response: Response, wanted: Credentials) -> Me:
    """Begin a session, which a cookie carries; it ends after 30 days without use."""
    _check(request)
    token = await _services(request).accounts.sign_in(wanted.email, wanted.password, browser_of(request))
    return await signed_in(request, response, token)


@router.post("/sign-in/demo", summary="Sign in to the demo")
async def sign_in_to_demo(request: Request, response: Response) -> Me:
    """Begin a session as the demo's owner; for the demo's own page, on this machine."""
    _check(request)
    page: PageSettings = request.app.state.page
    if not (page.demo and request.app.state.loopback_only):
        raise Forbidden("This is not the demo: sign in with e-mail and password.")
    return await signed_in(request, response, await _services(request).accounts.sign_in_demo(browser_of(request)))


@router.post("/sign-up", status_code=201, summary="Sign up")
async def sign_up(request: Request, response: Response, wanted: NewAccount) -> Me:
    """Make the first owner with the set-up's token, or a workspace of one's own where everybody may."""
    _check(request)
    accounts, browser = _services(request).accounts, browser_of(request)
    who = NewPerson(wanted.email, wanted.name, wanted.password)
    workspace = wanted.workspace.strip() if wanted.workspace else None
    if wanted.token:
        token = await accounts.set_up(wanted.token, who, workspace, browser)
    else:
        token = await accounts.sign_up(who, workspace, browser)
    return await signed_in(request, response, token)


@router.post("/sign-out", status_code=204, summary="Sign out")
async def sign_out(request: Request, response: Response) -> None:
    """End the session of the cookie, and forget the cookie."""
    check_own_page(request)
    await _end_old(request)
    take_token(request, response)


def sends_links(request: Request) -> bool:
    """Whether links for new passwords go out: by real e-mail, and never to an address that only a request named."""
    state = request.app.state
    return bool(_services(request).password_resets.mails and (state.public_url or state.loopback_only))


async def signed_in(request: Request, response: Response, token: str) -> Me:
    """Put the new session into the browser in place of the one that it had; what to tell the member."""
    await _end_old(request)
    put_token(request, response, token)
    return await me_of(request, await by_session(request, token))


async def _end_old(request: Request) -> None:
    old, sessions = token_in(request), _services(request).sessions
    signed = await sessions.find(old) if old else None
    if signed is not None:
        await sessions.sign_out(signed)


def _check(request: Request) -> None:
    """Raises NeedsHttps and ForeignOrigin: nobody is signed in by another page, nor in clear."""
    check_safe_place(request)
    check_own_page(request)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services
