"""A new password for who forgot theirs."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from deskhand.api.bodies import OpenRoute
from deskhand.api.cookies import browser_of, check_own_page, check_safe_place, own_origin
from deskhand.api.me import Me, NewPassword
from deskhand.api.models import Asked, Shown, Time
from deskhand.api.signing_in import Email, sends_links, signed_in
from deskhand.application.password_resets import NoMail, PasswordResets

router = APIRouter(prefix="/v1/password-resets", tags=["Members"], route_class=OpenRoute)

Token = Annotated[
    str,
    Path(
        pattern=r"^dhp_[A-Za-z0-9_-]{20,150}\.[A-Za-z0-9_-]{20,100}$",
        description="From the link.",
        examples=["dhp_" + "0" * 40 + "." + "0" * 43],
    ),
]


class Forgotten(Asked):
    """Whose password was forgotten."""

    email: Email


class ResetOffered(Shown):
    """Whose password a link replaces."""

    email: str
    expires_at: Time


class Replacement(Asked):
    """The new password."""

    password: NewPassword


@router.post("", status_code=204, summary="Ask for a new password")
async def ask_for_reset(request: Request, wanted: Forgotten) -> None:
    """E-mail a link to this address, which works once and for an hour; an unknown address is answered alike.

    Only where e-mail is sent, and where the server knows the address that it is opened at.
    """
    _check(request)
    if not sends_links(request):
        raise NoMail
    await _resets(request).ask(wanted.email, browser_of(request), f"{own_origin(request)}/reset?token=")


@router.get("/{token}", summary="Look at a link for a new password")
async def get_reset(request: Request, token: Token) -> ResetOffered:
    """Whose password it replaces, and until when."""
    found = await _resets(request).look(token, browser_of(request))
    return ResetOffered.model_validate({"email": found.account.email, "expires_at": found.expires_at})


@router.post("/{token}", summary="Choose a new password")
async def reset_password(request: Request, response: Response, token: Token, wanted: Replacement) -> Me:
    """Replace the password, end all sessions of the account, and begin a new one."""
    _check(request)
    session = await _resets(request).reset(token, wanted.password, browser_of(request))
    return await signed_in(request, response, session)


def _check(request: Request) -> None:
    check_safe_place(request)
    check_own_page(request)


def _resets(request: Request) -> PasswordResets:
    resets: PasswordResets = request.app.state.services.password_resets
    return resets
