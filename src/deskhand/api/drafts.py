"""Drafts as wholes: removed, copied, made from an earlier version."""

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Builder
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Shown, Slug
from deskhand.api.procedures import Document, Number, Procedure, shown_procedure
from deskhand.application import drafting

router = APIRouter(prefix="/v1/procedures", tags=["Editor"], route_class=KeyedRoute)


class Copy(Asked):
    """What a copy is called."""

    name: str | None = Field(
        default=None, min_length=1, max_length=100, description="By default the old name with “(copy)” behind it."
    )


class Restore(Asked):
    """What the restored version takes the place of."""

    based_on: int | None = Field(default=None, description="Restore only if the draft still has this `revision`.")


class Before(Shown):
    """A draft that was replaced: saving it again undoes that."""

    revision: int
    document: Document


class RestoredProcedure(Shown):
    """A procedure whose draft is one of its versions again."""

    procedure: Procedure
    before: Before


@router.delete("/{slug}", status_code=204, summary="Remove a draft")
async def remove_procedure(who: Builder, slug: Slug) -> None:
    """Remove a procedure that was never published, with its tests; what was published is archived instead."""
    await drafting.remove(who.services, who.workspace, slug, who.by)


@router.post("/{slug}/duplicate", status_code=201, summary="Duplicate a procedure")
async def duplicate_procedure(who: Builder, slug: Slug, copy: Copy | None = None) -> Procedure:
    """Make a new draft that is like this one, tests and positions included."""
    name = copy.name if copy else None
    return await shown_procedure(who, await drafting.duplicate(who.services, who.workspace, slug, who.by, name))


@router.post("/{slug}/versions/{number}/restore", summary="Restore a version")
async def restore_version(
    who: Builder, slug: Slug, number: Number, restore: Restore | None = None
) -> RestoredProcedure:
    """Make a version the draft again; customers get nothing else before it is published."""
    based_on = restore.based_on if restore else None
    restored = await drafting.restore_version(who.services, who.workspace, slug, number, based_on, who.by)
    before = Before(revision=restored.previous_revision, document=restored.previous)
    return RestoredProcedure(procedure=await shown_procedure(who, restored.row), before=before)
