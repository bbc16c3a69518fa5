"""What was written while no mail server is set: the local mailbox."""

from dataclasses import replace

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Cursor, Limit, Listing, Shown, Time
from deskhand.application.invitations import without_tokens

router = APIRouter(prefix="/v1", tags=["Records"], route_class=KeyedRoute)


class Mail(Shown):
    """An e-mail that the local mailbox keeps instead of sending it."""

    id: str
    to: str
    subject: str
    body: str
    at: Time


class MailPage(Listing[Mail]):
    """A page of e-mails."""

    sends: bool = Field(description="Whether a mail server is set: e-mail is sent then, and nothing more comes here.")


@router.get("/mailbox", summary="Read the local mailbox")
async def list_mail(who: Member, cursor: Cursor = None, limit: Limit = 50) -> MailPage:
    """E-mail that was written while no mail server is configured, newest first."""
    page = await who.services.stores.mailbox.page(who.workspace, cursor, limit)
    if who.role != "owner":
        # an invitation's link makes a member of whoever has it, of any role
        page = replace(page, items=[replace(mail, body=without_tokens(mail.body)) for mail in page.items])
    return MailPage(
        items=[Mail.model_validate(mail) for mail in page.items],
        cursor=page.cursor,
        sends=who.services.password_resets.mails,
    )
