"""Values pinned to steps: kept from one try to the next, but never a value that nobody may read."""

import json
from collections.abc import Mapping
from typing import Any

from deskhand.application.checking import current
from deskhand.application.rehearsing import as_published
from deskhand.application.services import Services
from deskhand.domain.documents.lenient import read_leniently
from deskhand.domain.masking import MASK, masked_values
from deskhand.domain.values import text_of
from deskhand.ports.editor import PinRow


async def pin(services: Services, workspace: str, slug: str, step: str, values: Mapping[str, Any]) -> PinRow:
    """Pin values to a step of a draft; sensitive ones are kept as their mask. Raises NotFound."""
    row = await services.stores.procedures.get(workspace, slug)
    procedure = read_leniently(json.loads(row.draft))
    snapshot = await current(services, workspace)
    hidden: frozenset[str] = frozenset()
    if procedure is not None:
        hidden = as_published(procedure, snapshot.actions, snapshot.active).sensitive
    kept = PinRow(step, json.dumps(_readable(values, hidden), ensure_ascii=False), services.clock.now())
    await services.stores.editor.pin(workspace, row.id, kept)
    return kept


def _readable(pin: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    given = {**pin.get("values", {}), **(pin["reply"] if isinstance(pin.get("reply"), dict) else {})}
    secret = [text_of(given[name]) for name in hidden if given.get(name) not in (None, "", MASK)]
    return masked_values(dict(pin), secret)
