"""The secret with which a company's own server proves who its customers are."""

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Builder
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Shown, Time

router = APIRouter(prefix="/v1/settings/widget", tags=["Configuration"], route_class=KeyedRoute)


class MadeIdentitySecret(Shown):
    """A new identity secret."""

    identity_secret: str = Field(description="`dhid_…`: shown in this answer only. Keep it on your server.")
    previous_until: Time | None = Field(description="Until when the one before it is good too; null where none was.")


@router.post("/identity-secret", summary="Make or replace the identity secret")
async def replace_identity_secret(who: Builder) -> MadeIdentitySecret:
    """Make the secret that signs user tokens; what the one before it signed is good for a day still."""
    identity = who.services.visitors.identity
    secret = await identity.replace(who.workspace, who.by)
    state = await identity.state(who.workspace)
    return MadeIdentitySecret.model_validate({"identity_secret": secret, "previous_until": state.previous_until})
