"""What the chat may do on customers' pages."""

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Shown, Time
from deskhand.application.widget_settings import WidgetSettings as Settings
from deskhand.application.widget_settings import put_widget_settings, widget_settings

router = APIRouter(prefix="/v1/settings/widget", tags=["Configuration"], route_class=KeyedRoute)

_SCRIPTS = "Whether scripts of procedures and actions run in customers' pages. Off stops them at once, everywhere."
_ATTACHMENTS = "Whether customers may send files, and members with their replies."


class NewWidgetSettings(Asked):
    """What to change; what is left out stays."""

    scripts: bool | None = Field(default=None, description=_SCRIPTS)
    attachments: bool | None = Field(default=None, description=_ATTACHMENTS)


class WidgetSettings(Shown):
    """What the chat may do on customers' pages."""

    scripts: bool = Field(description=_SCRIPTS)
    attachments: bool = Field(description=_ATTACHMENTS)
    identity_secret_set_at: Time | None = Field(
        description="When the identity secret was made; null where there is none. Nobody can read it."
    )
    previous_identity_secret_until: Time | None = Field(
        description="Until when the one before it is good too; null where there is none."
    )


@router.get("", summary="Look at what the chat may do")
async def get_widget_settings(who: Member) -> WidgetSettings:
    """Scripts and files in the chat on customers' pages."""
    found = await widget_settings(who.services.stores, who.workspace)
    identity = await who.services.visitors.identity.state(who.workspace)
    secret = {"identity_secret_set_at": identity.set_at, "previous_identity_secret_until": identity.previous_until}
    return WidgetSettings.model_validate({**found.model_dump(), **secret})


@router.put("", summary="Say what the chat may do")
async def change_widget_settings(who: Builder, wanted: NewWidgetSettings) -> WidgetSettings:
    """Switch scripts in customers' pages on or off, and files that customers send."""
    services = who.services
    before = await widget_settings(services.stores, who.workspace)
    given = wanted.model_dump(exclude_none=True)
    after = Settings(**{**before.model_dump(), **given})
    if after != before:
        await put_widget_settings(services.stores, services.clock, who.workspace, after, who.by)
    return await get_widget_settings(who)
