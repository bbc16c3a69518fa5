"""What earlier starts of the demo did, so that what people changed since then stays as they left it."""

from deskhand.application.audit import audit_row
from deskhand.application.services import Services
from deskhand.domain.model import Record
from deskhand.ports.stores import DocumentRow, NotFound

BY = "demo"
_KIND, _SLUG = "setting", "demo"


class Seeded(Record):
    """What is not to be done a second time."""

    shop: str = ""
    """Where the shop was."""
    chat: bool = False
    """Whether the chat on the shop's page was set up."""


async def seeded(services: Services, workspace: str) -> Seeded | None:
    """What was done in a workspace; None in one that no start, or only one of an earlier version, has seen."""
    try:
        row = await services.stores.settings.document(workspace, _KIND, _SLUG)
    except NotFound:
        return None
    return Seeded.model_validate_json(row.document)


async def remember(services: Services, workspace: str, now: Seeded) -> None:
    """Note what has been done by now."""
    row = DocumentRow(_SLUG, now.model_dump_json(), services.clock.now())
    audit = audit_row(services.clock, BY, "demo.prepared", _SLUG, now.model_dump())
    await services.stores.settings.put(workspace, _KIND, row, audit)
