"""Drafts as wholes: removed, copied, and made from an earlier version."""

import json
from dataclasses import dataclass
from typing import Any

from deskhand.application.audit import audit_row
from deskhand.application.services import Services
from deskhand.domain.comparing import Differences, differences
from deskhand.domain.documents import read_procedure, slugify, to_document
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Invalid
from deskhand.ports.stores import ProcedureRow, Taken

LONGEST_NAME = 100
MOST_COPIES = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """A draft that was made from a version, and the one that it took the place of."""

    row: ProcedureRow
    previous_revision: int
    previous: dict[str, Any]


async def remove(services: Services, workspace: str, slug: str, by: str) -> None:
    """Remove a draft that was never published. Raises NotFound, RuleError where it was, Stale."""
    row = await services.stores.procedures.get(workspace, slug)
    if row.active_version is not None:
        raise RuleError(
            phrase("`{slug}` was published, and runs and the audit trail name it: archive it instead.", slug=slug)
        )
    await services.stores.procedures.remove(workspace, slug, audit_row(services.clock, by, "procedure.removed", slug))


async def duplicate(services: Services, workspace: str, slug: str, by: str, name: str | None = None) -> ProcedureRow:
    """Copy a draft with its positions and tests under a name and a slug of its own. Raises NotFound, Taken."""
    row = await services.stores.procedures.get(workspace, slug)
    document = json.loads(row.draft)
    title = name or f"{row.name[: LONGEST_NAME - 8]} (copy)"
    made = await _create(services, workspace, {**document, "name": title}, by, free=name is None)
    editor = services.stores.editor
    now = services.clock.now()
    await editor.place(workspace, made.id, dict(await editor.layout(workspace, row.id)), now)
    for test in await editor.tests(workspace, row.id):
        await editor.add_test(workspace, made.id, test)
    return made


async def _create(services: Services, workspace: str, document: dict[str, Any], by: str, free: bool) -> ProcedureRow:
    """A new draft; `free` numbers its slug until nothing else has it."""
    base = slugify(str(document["name"])) or "procedure"
    for number in range(1, MOST_COPIES):
        slug = base if number == 1 else f"{base[:58].rstrip('-')}-{number}"
        try:
            return await services.authoring.create(workspace, {**document, "slug": slug}, by)
        except Taken:
            if not free:
                raise
    raise RuleError("There are too many copies already: choose a name for this one.")


async def restore_version(
    services: Services, workspace: str, slug: str, number: int, based_on: int | None, by: str
) -> Restored:
    """Make a version the draft again, with where its steps stood. Raises NotFound, Stale.

    The draft that it replaces is given back, so that saving that one undoes it.
    """
    before = await services.stores.procedures.get(workspace, slug)
    document = to_document(await services.authoring.version(workspace, slug, number))
    revision = before.revision if based_on is None else based_on
    row = await services.authoring.save(workspace, slug, {**document, "slug": slug}, revision, by)
    written = await services.stores.editor.publication(workspace, row.id, number)
    await services.stores.editor.place(workspace, row.id, dict(written.layout), services.clock.now())
    return Restored(row, before.revision, json.loads(before.draft))


async def differences_of(services: Services, workspace: str, slug: str, older: int, newer: int | None) -> Differences:
    """What changed between two versions, or since one in the draft (None), step by step. Raises NotFound."""
    before = to_document(await services.authoring.version(workspace, slug, older))
    if newer is None:
        row = await services.stores.procedures.get(workspace, slug)
        return differences(before, _as_written(json.loads(row.draft)))
    return differences(before, to_document(await services.authoring.version(workspace, slug, newer)))


def _as_written(draft: dict[str, Any]) -> dict[str, Any]:
    """The draft without what it only repeats; as it is while it is incomplete."""
    try:
        return to_document(read_procedure(draft))
    except Invalid:
        return draft
