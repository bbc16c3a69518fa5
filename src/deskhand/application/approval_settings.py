"""How a workspace wants approvals decided."""

from deskhand.application.audit import audit_row
from deskhand.domain.model import Record
from deskhand.ports.clock import Clock
from deskhand.ports.stores import DocumentRow, NotFound, Stores

KIND, SLUG = "setting", "approvals"


class ApprovalSettings(Record):
    """What goes for all approvals of a workspace."""

    four_eyes: bool = False
    """Nobody may approve what they themselves published or edited."""


async def approval_settings(stores: Stores, workspace: str) -> ApprovalSettings:
    """The settings of a workspace; the usual ones where none were made."""
    try:
        row = await stores.settings.document(workspace, KIND, SLUG)
    except NotFound:
        return ApprovalSettings()
    return ApprovalSettings.model_validate_json(row.document)


async def put_approval_settings(
    stores: Stores, clock: Clock, workspace: str, wanted: ApprovalSettings, by: str
) -> None:
    """Change them, from the next decision on."""
    row = DocumentRow(SLUG, wanted.model_dump_json(), clock.now())
    audit = audit_row(clock, by, "approvals.settings", SLUG, wanted.model_dump())
    await stores.settings.put(workspace, KIND, row, audit)
