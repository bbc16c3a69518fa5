"""The workspace's own settings: its name, its customers' usual language, its time zone."""

from typing import Annotated
from zoneinfo import available_timezones

from fastapi import APIRouter
from pydantic import AfterValidator, Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Shown, not_blank
from deskhand.ports.accounts import Preferences

router = APIRouter(prefix="/v1/settings", tags=["Configuration"], route_class=KeyedRoute)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is no time zone: write it like Europe/Berlin, or UTC.")
    return name


WorkspaceName = Annotated[str, Field(max_length=100, examples=["Acme Support"]), AfterValidator(not_blank)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", examples=["de"])]
Zone = Annotated[str, Field(max_length=64, examples=["Europe/Berlin"]), AfterValidator(_zone)]


class WorkspaceSettings(Shown):
    """What holds in the workspace where nobody says otherwise."""

    name: str
    language: str = Field(description="Of conversations that are opened without one, and of invitations.")
    time_zone: str = Field(description="In which “tomorrow” is read where neither contact nor region tells the zone.")


class SettingsChange(Asked):
    """What to change; what is left out stays."""

    name: WorkspaceName | None = None
    language: Language | None = None
    time_zone: Zone | None = None


@router.get("", summary="Look at the settings")
async def get_settings(who: Member) -> WorkspaceSettings:
    """Name, language and time zone of the workspace."""
    workspace = await who.services.stores.settings.workspace(who.workspace)
    prefers = await who.services.stores.preferences.get(who.workspace)
    return WorkspaceSettings(name=workspace.name, language=prefers.language, time_zone=prefers.time_zone)


@router.patch("", summary="Change the settings")
async def change_settings(who: Builder, wanted: SettingsChange) -> WorkspaceSettings:
    """Change name, language or time zone."""
    before = await get_settings(who)
    name = (wanted.name or before.name).strip()
    prefers = Preferences(wanted.language or before.language, wanted.time_zone or before.time_zone)
    await who.services.configuration.set_preferences(who.workspace, name, prefers, who.by)
    return await get_settings(who)
