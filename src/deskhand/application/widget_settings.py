"""What goes for the chat on all pages of a workspace."""

from deskhand.application.audit import audit_row
from deskhand.domain.model import Record
from deskhand.ports.clock import Clock
from deskhand.ports.stores import DocumentRow, NotFound, Stores

KIND, SLUG = "setting", "widget"


class WidgetSettings(Record):
    """What customers' pages may do."""

    scripts: bool = True
    """Whether scripts of procedures and actions run in customers' pages; off stops them at once, everywhere."""
    attachments: bool = False
    """Whether customers may send files."""


async def widget_settings(stores: Stores, workspace: str) -> WidgetSettings:
    """The settings of a workspace; the usual ones where none were made."""
    try:
        row = await stores.settings.document(workspace, KIND, SLUG)
    except NotFound:
        return WidgetSettings()
    return WidgetSettings.model_validate_json(row.document)


async def put_widget_settings(stores: Stores, clock: Clock, workspace: str, wanted: WidgetSettings, by: str) -> None:
    """Change them, from the next turn on."""
    row = DocumentRow(SLUG, wanted.model_dump_json(), clock.now())
    audit = audit_row(clock, by, "widget.settings", SLUG, wanted.model_dump())
    await stores.settings.put(workspace, KIND, row, audit)


async def may_run(stores: Stores, sha256: str) -> bool:
    """Whether any workspace that has this script lets it run in customers' pages."""
    for workspace in await stores.settings.script_owners(sha256):
        if (await widget_settings(stores, workspace)).scripts:
            return True
    return False
