"""What uses an action or a connection."""

from typing import Literal

from fastapi import APIRouter

from deskhand.api.auth import Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Items, Shown, Slug
from deskhand.application.uses import uses_of

router = APIRouter(prefix="/v1", tags=["Configuration"], route_class=KeyedRoute)


class UsedBy(Shown):
    """Something that uses an action or a connection."""

    kind: Literal["action", "agent", "procedure"]
    slug: str
    name: str


class UseList(Items[UsedBy]):
    """All that uses it."""


@router.get("/actions/{slug}/uses", summary="See what uses an action")
async def list_action_uses(who: Member, slug: Slug) -> UseList:
    """Agents that may use it, procedures whose draft or live version names it, actions that build on it."""
    return await _uses(who, "action", slug)


@router.get("/connections/{slug}/uses", summary="See what uses a connection")
async def list_connection_uses(who: Member, slug: Slug) -> UseList:
    """Actions that go over it, and procedures whose draft or live version does."""
    return await _uses(who, "connection", slug)


async def _uses(who: Caller, kind: Literal["action", "connection"], slug: str) -> UseList:
    stores = who.services.stores
    await stores.settings.document(who.workspace, kind, slug)  # raises NotFound
    found = await uses_of(stores, who.workspace, kind, slug)
    return UseList(items=[UsedBy.model_validate(one) for one in found])
