"""API keys: who may do what."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from deskhand.api.auth import Builder, Caller
from deskhand.api.bodies import KeyedRoute
from deskhand.api.errors import Forbidden
from deskhand.api.models import Asked, Items, KeyId, Shown, Time, not_blank
from deskhand.application.configuration import Role

router = APIRouter(prefix="/v1/keys", tags=["Configuration"], route_class=KeyedRoute)


class NewKey(Asked):
    """A key to make."""

    name: Annotated[
        str,
        Field(max_length=100, examples=["Ana"], description="What it does is recorded under this name."),
        AfterValidator(not_blank),
    ]
    role: Role


class ApiKey(Shown):
    """A key; what is needed to use it is not shown again."""

    id: str
    name: str
    role: Role
    created_at: Time
    revoked_at: Time | None
    made_by: str | None = Field(description="The member who answers for it, and with whom it ends; null: nobody known.")


class ApiKeyList(Items[ApiKey]):
    """All keys, revoked ones too."""


class MadeKey(Shown):
    """A new key."""

    id: str
    name: str
    role: Role
    key: str = Field(description="Keep it safe: it is shown this once.", examples=["dh_…"])


@router.get("", summary="List API keys")
async def list_keys(who: Builder) -> ApiKeyList:
    """All keys of the workspace."""
    rows = await who.services.stores.settings.keys(who.workspace)
    return ApiKeyList(items=[ApiKey.model_validate(row) for row in rows])


@router.post("", status_code=201, summary="Make an API key")
async def create_key(who: Builder, wanted: NewKey) -> MadeKey:
    """Make a key for a colleague or a program; only an owner makes an owner's key.

    It never may more than the member who made it may at that moment, and it ends when they leave the workspace.
    """
    _only_an_owner(who, wanted.role)
    row, key = await who.services.configuration.create_key(who.workspace, wanted.name, wanted.role, who.by, who.behind)
    return MadeKey(id=row.id, name=row.name, role=wanted.role, key=key)


@router.delete("/{id}", status_code=204, summary="Revoke an API key")
async def revoke_key(who: Builder, id: KeyId) -> None:
    """End a key at once; the last owner's key cannot be revoked."""
    rows = await who.services.stores.settings.keys(who.workspace)
    _only_an_owner(who, next((row.role for row in rows if row.id == id), "agent"))
    await who.services.configuration.revoke_key(who.workspace, id, who.by)
    who.keys.forget(id)


def _only_an_owner(who: Caller, role: str) -> None:
    if role == "owner" and who.role != "owner":
        raise Forbidden("Only an owner's key may make or revoke an owner's key.")
