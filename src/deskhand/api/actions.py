"""Actions: reusable requests that any step may name."""

from fastapi import APIRouter

from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Items, Slug, matching_slug
from deskhand.domain.actions import Action, AnyAction, read_action_json
from deskhand.ports.stores import NotFound

router = APIRouter(prefix="/v1/actions", tags=["Configuration"], route_class=KeyedRoute)


class ActionList(Items[Action]):
    """All actions."""


@router.get("", summary="List actions")
async def list_actions(who: Member) -> ActionList:
    """All actions of the workspace."""
    return ActionList(items=await _all(who))


@router.get("/{slug}", summary="Look at an action")
async def get_action(who: Member, slug: Slug) -> AnyAction:
    """One action."""
    for action in await _all(who):
        if action.slug == slug:
            return action
    raise NotFound(f"There is no action `{slug}`.")


@router.put("/{slug}", summary="Store an action")
async def put_action(who: Builder, slug: Slug, action: Action) -> AnyAction:
    """Make or replace an action. Published procedures keep the one that they were published with."""
    matching_slug(slug, action.slug)
    await who.services.configuration.put_action(who.workspace, action, who.by)
    return action


@router.delete("/{slug}", status_code=204, summary="Remove an action")
async def remove_action(who: Builder, slug: Slug) -> None:
    """Remove an action; drafts that name it cannot be published until it is there again."""
    await who.services.configuration.remove(who.workspace, "action", slug, who.by)


async def _all(who: Caller) -> list[AnyAction]:
    rows = await who.services.stores.settings.documents(who.workspace, "action")
    return [read_action_json(row.document) for row in rows]
