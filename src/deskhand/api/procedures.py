"""Procedures: drafts, checks, publishing, versions, simulation."""

import json
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field, JsonValue, model_validator

from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.layouts import Place, places
from deskhand.api.models import Asked, Items, Shown, Slug, Time, load_json
from deskhand.application import archiving, drafting, procedure_tests, rehearsing
from deskhand.application.outlines import Way, differs, outline_of
from deskhand.application.simulation import Report, Script
from deskhand.domain.comparing import Differences
from deskhand.domain.documents import parse_yaml, read_procedure, to_document, write_yaml
from deskhand.domain.problems import Invalid, Problem
from deskhand.ports.stores import ProcedureRow, VersionRow

router = APIRouter(prefix="/v1/procedures", tags=["Procedures"], route_class=KeyedRoute)

ProcedureStatus = Literal["draft", "active", "archived"]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The version's number.")]
Document = dict[str, JsonValue]

_DOCUMENT = {
    "name": "Refund request",
    "trigger": {"description": "The customer wants their money back for an order."},
    "steps": [{"id": "tell", "kind": "message", "text": "I will look into it."}],
}


class ProcedureSummary(Shown):
    """A procedure as lists show it."""

    slug: str
    name: str
    status: ProcedureStatus
    active_version: int | None = Field(description="The version that customers get; null if never published.")
    revision: int = Field(description="Counts the saves of the draft; an edit names the one that it is based on.")
    differs: bool = Field(description="Whether the draft says something else than the version that customers get.")
    trigger: str = Field(description="When the agent runs it, in the draft's words.")
    ways: list[Way] = Field(description="What brings the draft to customers.")
    kind: str = Field(description="`flow`, or the kind of its only step where the customer picks it.")
    irreversible: bool = Field(description="Whether it, or a step of it, cannot be undone.")
    escalation: bool = Field(description="Whether each of its runs counts as an escalation.")
    approval: bool = Field(description="Whether some step waits for a member's approval.")
    audience: str | None = Field(description="The audience that it is for; null for everybody.")
    created_at: Time
    updated_at: Time


class Procedure(ProcedureSummary):
    """A procedure with its draft."""

    saved_by: str | None = Field(
        description="Who saved the draft last: the member's or the key's name; null where that was not noted yet."
    )
    saved_at: Time = Field(description="When the draft was saved last.")
    document: Document = Field(description="The draft; it may be incomplete.")
    yaml: str | None = Field(description="The draft as YAML; null while it is incomplete.")
    problems: list[Problem] = Field(description="What publishing would say now.")
    layout: dict[str, Place] = Field(description="Where steps stand on the canvas, as far as that was saved.")


class Version(Shown):
    """A published version; it never changes."""

    version: int
    published_at: Time
    published_by: str
    note: str = Field(default="", description="What changed, in the publisher's words.")


class VersionDocument(Version):
    """A published version with its document."""

    document: Document
    yaml: str
    layout: dict[str, Place] = Field(description="Where its steps stood when it was published.")


class ProcedureList(Items[ProcedureSummary]):
    """All procedures."""


class VersionList(Items[Version]):
    """All versions of a procedure, the newest first."""


class Problems(Shown):
    """What publishing would say."""

    problems: list[Problem]


class Publication(Problems):
    """A version was published."""

    version: int


class Changes(Shown):
    """What changed between two versions."""

    from_: str = Field(alias="from", serialization_alias="from")
    to: str
    diff: str | None = Field(
        description="A unified diff of the YAML; empty where nothing changed, null where `form` is `steps`."
    )
    differences: Differences | None = Field(description="Step by step and field by field, where `form` is `steps`.")


class Written(Asked):
    """A document, as JSON or as YAML."""

    document: Document | None = Field(default=None, examples=[_DOCUMENT])
    yaml: str | None = Field(default=None, description="The document as YAML, instead of `document`.")

    @model_validator(mode="after")
    def _one_of_both(self) -> "Written":
        if (self.document is None) == (self.yaml is None):
            raise ValueError("needs exactly one of `document` and `yaml`.")
        return self

    def read(self) -> dict[str, Any]:
        """The document. Raises DocumentError where the YAML cannot be read."""
        if self.yaml is not None:
            return parse_yaml(self.yaml)
        assert self.document is not None
        return dict(self.document)


class Edit(Written):
    """A draft to save."""

    based_on: int = Field(description="The `revision` that the edit began with: somebody else's save is not lost.")


class Publish(Asked):
    """What to publish."""

    based_on: int | None = Field(default=None, description="Publish only if the draft still has this `revision`.")
    note: str = Field(default="", max_length=2000, description="What changed, in words; the list of versions shows it.")


class Archive(Asked):
    """How to archive."""

    stop_runs: bool = Field(default=False, description="Stop the runs that are open instead of letting them finish.")


class Rehearsal(Written):
    """A document that is not stored, and what to simulate it with."""

    script: Script = Script()


@router.get("", summary="List procedures")
async def list_procedures(who: Member, status: Annotated[ProcedureStatus | None, Query()] = None) -> ProcedureList:
    """All procedures of the workspace."""
    rows = await who.services.stores.procedures.all(who.workspace, status)
    _, active = await who.services.stores.procedures.active(who.workspace)
    live = {version.slug: version for version in active}
    return ProcedureList(items=[ProcedureSummary(**_summary(row, live.get(row.slug))) for row in rows])


@router.post("", status_code=201, summary="Create a procedure")
async def create_procedure(who: Builder, written: Written) -> Procedure:
    """Make a draft. It may be incomplete, but needs a name; without a slug, one is made from the name."""
    row = await who.services.authoring.create(who.workspace, written.read(), who.by)
    return await shown_procedure(who, row)


@router.get("/{slug}", summary="Look at a procedure")
async def get_procedure(who: Member, slug: Slug) -> Procedure:
    """A procedure with its draft and what publishing would say."""
    return await shown_procedure(who, await who.services.stores.procedures.get(who.workspace, slug))


@router.put("/{slug}", summary="Save the draft")
async def save_procedure(who: Builder, slug: Slug, edit: Edit) -> Procedure:
    """Save the draft; customers keep getting the published version."""
    row = await who.services.authoring.save(who.workspace, slug, edit.read(), edit.based_on, who.by)
    return await shown_procedure(who, row)


@router.post("/{slug}/check", summary="Check the draft")
async def check_procedure(who: Member, slug: Slug) -> Problems:
    """Everything that publishing would say: errors refuse it, warnings don't."""
    row = await who.services.stores.procedures.get(who.workspace, slug)
    return Problems(problems=await who.services.authoring.check(who.workspace, row))


@router.post("/{slug}/publish", summary="Publish the draft")
async def publish_procedure(who: Builder, slug: Slug, publish: Publish | None = None) -> Publication:
    """Make the draft the next version. With errors it is refused, and nothing changes."""
    wanted = publish or Publish()
    result = await who.services.authoring.publish(who.workspace, slug, who.by, wanted.based_on, who.behind, wanted.note)
    row = await who.services.stores.procedures.get(who.workspace, slug)
    failing = await procedure_tests.failing(who.services, who.workspace, row)
    return Publication(version=result.version, problems=[*result.warnings, *failing])


@router.post("/{slug}/archive", summary="Archive")
async def archive_procedure(who: Builder, slug: Slug, archive: Archive | None = None) -> Procedure:
    """Take a procedure out of use; open runs finish, unless they are to be stopped."""
    stop_runs = archive.stop_runs if archive else False
    await archiving.archive(who.services, who.workspace, slug, who.by, stop_runs)
    return await get_procedure(who, slug)


@router.post("/{slug}/restore", summary="Restore")
async def restore_procedure(who: Builder, slug: Slug) -> Procedure:
    """Bring an archived procedure back: active if it was ever published, else as a draft."""
    await who.services.authoring.restore(who.workspace, slug, who.by)
    return await get_procedure(who, slug)


@router.get("/{slug}/versions", summary="List versions")
async def list_versions(who: Member, slug: Slug) -> VersionList:
    """Who published what when."""
    procedure = await who.services.stores.procedures.get(who.workspace, slug)
    rows = await who.services.stores.procedures.versions(who.workspace, slug)
    notes = await who.services.stores.editor.notes(who.workspace, procedure.id)
    return VersionList(
        items=[
            Version(
                version=row.version,
                published_at=row.published_at,  # type: ignore[arg-type]
                published_by=row.published_by,
                note=notes.get(row.version, ""),
            )
            for row in rows
        ]
    )


@router.get("/{slug}/versions/{number}", summary="Look at a version")
async def get_version(who: Member, slug: Slug, number: Number) -> VersionDocument:
    """A version as it was published."""
    row: VersionRow = await who.services.stores.procedures.version(who.workspace, slug, number)
    procedure = await who.services.authoring.version(who.workspace, slug, number)
    written = await who.services.stores.editor.publication(who.workspace, row.procedure, number)
    return VersionDocument(
        version=row.version,
        published_at=row.published_at,  # type: ignore[arg-type]
        published_by=row.published_by,
        note=written.note,
        document=to_document(procedure),
        yaml=write_yaml(procedure),
        layout=places(written.layout),
    )


@router.get("/{slug}/changes", summary="Compare versions")
async def compare_versions(
    who: Member,
    slug: Slug,
    older: Annotated[int, Query(alias="from", ge=1, le=2**31 - 1)],
    newer: Annotated[str, Query(alias="to", pattern=r"^([1-9][0-9]{0,8}|draft)$")] = "draft",
    form: Annotated[
        Literal["diff", "steps"], Query(description="A diff of the YAML, or what happened to each step and field.")
    ] = "diff",
) -> Changes:
    """What changed between two versions, or between a version and the draft."""
    number = None if newer == "draft" else int(newer)
    found: dict[str, Any] = {"from": str(older), "to": newer, "diff": None, "differences": None}
    if form == "diff":
        found["diff"] = await who.services.authoring.changes(who.workspace, slug, older, number)
    else:
        found["differences"] = await drafting.differences_of(who.services, who.workspace, slug, older, number)
    return Changes.model_validate(found)


@router.post("/{slug}/simulate", summary="Simulate the draft")
async def simulate_procedure(who: Builder, slug: Slug, script: Script | None = None) -> Report:
    """Run the draft from start to end with scripted answers; nothing is sent, and no ticket or lead is made."""
    return await rehearsing.rehearse_draft(who.services, who.workspace, slug, script or Script())


simulations = APIRouter(prefix="/v1", tags=["Procedures"], route_class=KeyedRoute)


@simulations.post("/simulate", summary="Simulate a document")
async def simulate_document(who: Builder, rehearsal: Rehearsal) -> Report:
    """Run a procedure that is not stored; it may use the workspace's actions, connections and procedures."""
    return await rehearsing.rehearse(who.services, who.workspace, rehearsal.read(), rehearsal.script)


async def shown_procedure(who: Caller, row: ProcedureRow) -> Procedure:
    """A procedure with its draft, as it is answered."""
    draft: dict[str, Any] = load_json(row.draft)
    try:
        yaml = write_yaml(read_procedure(draft))
    except Invalid:
        yaml = None
    problems = await who.services.authoring.check(who.workspace, row)
    layout = places(await who.services.stores.editor.layout(who.workspace, row.id))
    live = None
    if row.active_version is not None:
        live = await who.services.stores.procedures.version(who.workspace, row.slug, row.active_version)
    saved: dict[str, Any] = {"saved_by": row.saved_by, "saved_at": row.saved_at}
    return Procedure(**_summary(row, live), **saved, document=draft, yaml=yaml, problems=problems, layout=layout)


def _summary(row: ProcedureRow, live: VersionRow | None) -> dict[str, Any]:
    return {
        **asdict(outline_of(json.loads(row.draft))),
        "slug": row.slug,
        "name": row.name,
        "status": row.status,
        "active_version": row.active_version,
        "revision": row.revision,
        "differs": differs(row, live),
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }
