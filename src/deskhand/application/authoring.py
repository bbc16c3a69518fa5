"""Writing procedures: drafts, checks, publishing, versions, archiving."""

import difflib
import json
from dataclasses import dataclass
from typing import Any

from deskhand.application.audit import audit_row
from deskhand.application.ids import fresh_id
from deskhand.domain.actions import AnyAction, JavascriptAction, read_action_json
from deskhand.domain.actions.javascript import ScriptSpec
from deskhand.domain.agent import Agent
from deskhand.domain.checks import check, errors
from deskhand.domain.documents import read_procedure, slugify, to_document, write_yaml
from deskhand.domain.errors import DocumentError, RuleError
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.requests import Connection
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.javascript import JavascriptStep
from deskhand.domain.steps.procedure import ProcedureStep
from deskhand.ports.clock import Clock
from deskhand.ports.editor import Publication
from deskhand.ports.stores import ProcedureRow, Stale, Stores, VersionRow


@dataclass(frozen=True, slots=True)
class PublishResult:
    """A version that was published, and the warnings that did not keep it from being so."""

    version: int
    warnings: list[Problem]


class Authoring:
    """Use cases of people who write procedures."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock

    async def create(self, workspace: str, document: dict[str, Any], by: str) -> ProcedureRow:
        """Make a draft. Raises DocumentError without a name, Taken where the slug is in use."""
        now = self._clock.now()
        name, slug = _title(document)
        row = ProcedureRow(
            id=fresh_id("proc", self._clock),
            slug=slug,
            name=name,
            status="draft",
            draft=json.dumps({**document, "slug": slug}, ensure_ascii=False),
            revision=1,
            simulated_revision=None,
            active_version=None,
            created_at=now,
            updated_at=now,
            saved_by=by,
            saved_at=now,
        )
        await self._stores.procedures.create(workspace, row, audit_row(self._clock, by, "procedure.created", slug))
        return row

    async def save(self, workspace: str, slug: str, document: dict[str, Any], based_on: int, by: str) -> ProcedureRow:
        """Save the draft. Raises Stale where somebody else saved in the meantime."""
        row = await self._stores.procedures.get(workspace, slug)
        name, wanted = _title({"slug": slug, **document})
        if wanted != slug and row.active_version is not None:
            raise RuleError(
                phrase("The slug `{slug}` was published and cannot change: other documents name it.", slug=slug)
            )
        draft = json.dumps({**document, "slug": wanted}, ensure_ascii=False)
        return await self._stores.procedures.save_draft(
            workspace, slug, draft, name, based_on, self._clock.now(), by, wanted if wanted != slug else None
        )

    async def check(self, workspace: str, row: ProcedureRow) -> list[Problem]:
        """Everything that publishing the draft would say."""
        try:
            procedure = read_procedure(json.loads(row.draft))
        except Invalid as invalid:
            return invalid.problems
        around = await self.surroundings(workspace, procedure)
        return check(procedure, around, simulated=row.simulated_revision == row.revision)

    async def publish(
        self,
        workspace: str,
        slug: str,
        by: str,
        based_on: int | None = None,
        member: str | None = None,
        note: str = "",
    ) -> PublishResult:
        """Publish the draft as the next version. Raises Invalid with its errors, Stale, RuleError.

        member: who does so, where it is a member. note: what changed, in their words.
        """
        row = await self._stores.procedures.get(workspace, slug)
        if row.status == "archived":
            raise RuleError(phrase("`{slug}` is archived: restore it first.", slug=slug))
        procedure = read_procedure(json.loads(row.draft))
        around = await self.surroundings(workspace, procedure)
        problems = check(procedure, around, simulated=row.simulated_revision == row.revision)
        if errors(problems):
            raise Invalid(problems)
        for script in scripts_of(procedure):
            # before the version that names it: a page must never be sent to a module that is not there
            await self._stores.settings.put_script(workspace, script.sha256, script.module, self._clock.now())
        number = (row.active_version or 0) + 1
        version = VersionRow(
            procedure=row.id,
            slug=slug,
            version=number,
            document=json.dumps(to_document(procedure), ensure_ascii=False),
            pins=json.dumps(await self._pins(workspace, procedure, around, member), ensure_ascii=False),
            published_at=self._clock.now(),
            published_by=by,
        )
        revision = row.revision if based_on is None else based_on
        audit = audit_row(self._clock, by, "procedure.published", slug, {"version": number})
        written = Publication(note.strip(), await self._stores.editor.layout(workspace, row.id))
        await self._stores.procedures.publish(workspace, version, revision, audit, written)
        return PublishResult(number, problems)

    async def archive(self, workspace: str, slug: str, by: str) -> None:
        """Take a procedure out of use; runs that wait go on to their end."""
        await self._set_status(workspace, slug, "archived", by)

    async def restore(self, workspace: str, slug: str, by: str) -> None:
        """Bring an archived procedure back: active if it was ever published, else as a draft."""
        row = await self._stores.procedures.get(workspace, slug)
        if row.status != "archived":
            raise RuleError(phrase("`{slug}` is not archived.", slug=slug))
        await self._set_status(workspace, slug, "active" if row.active_version else "draft", by)

    async def changes(self, workspace: str, slug: str, older: int, newer: int | None) -> str:
        """What changed between two versions, or since one in the draft (None): a unified diff of the YAML."""
        before = await self.version(workspace, slug, older)
        if newer is None:
            row = await self._stores.procedures.get(workspace, slug)
            after, name = read_procedure(json.loads(row.draft)), "draft"
        else:
            after, name = await self.version(workspace, slug, newer), f"version {newer}"
        lines = difflib.unified_diff(
            write_yaml(before).splitlines(), write_yaml(after).splitlines(), f"version {older}", name, lineterm=""
        )
        return "\n".join(lines)

    async def version(self, workspace: str, slug: str, number: int) -> Procedure:
        """A published version."""
        row = await self._stores.procedures.version(workspace, slug, number)
        return Procedure.model_validate_json(row.document)

    async def surroundings(self, workspace: str, procedure: Procedure) -> Surroundings:
        """What the workspace has, for checks."""
        settings = self._stores.settings
        actions = [read_action_json(row.document) for row in await settings.documents(workspace, "action")]
        connections = [
            Connection.model_validate_json(row.document) for row in await settings.documents(workspace, "connection")
        ]
        agents = [Agent.model_validate_json(row.document) for row in await settings.documents(workspace, "agent")]
        _, active = await self._stores.procedures.active(workspace)
        about = await settings.workspace(workspace)
        return Surroundings(
            procedure=procedure,
            actions={action.slug: action for action in actions},
            procedures={row.slug: Procedure.model_validate_json(row.document) for row in active},
            connections={connection.slug: connection for connection in connections},
            internal_hosts=frozenset(about.internal_hosts),
            members={row.email: row.role for row in await self._stores.members.all(workspace)},
            audiences=frozenset(row.slug for row in await settings.documents(workspace, "audience")),
            sources=frozenset(row.slug for row in await self._stores.knowledge.sources(workspace)),
            topics=frozenset(row.slug for row in await settings.documents(workspace, "topic")),
            agents={agent.slug: agent for agent in agents},
        )

    async def _pins(
        self, workspace: str, procedure: Procedure, around: Surroundings, member: str | None
    ) -> dict[str, Any]:
        """The actions as they were checked, the versions of the procedures that it calls, who published it.

        Raises Stale.
        """
        actions: dict[str, AnyAction] = {
            step.action: around.actions[step.action]
            for step in procedure.steps
            if isinstance(step, CallStep) and step.action is not None
        }
        _, active = await self._stores.procedures.active(workspace)
        versions = {row.slug: row.version for row in active}
        called = {step.procedure for step in procedure.steps if isinstance(step, ProcedureStep)}
        if not called <= versions.keys():
            raise Stale("A procedure that this one calls was archived in the meantime: publish again to see which.")
        return {
            "actions": {slug: action.model_dump(mode="json") for slug, action in actions.items()},
            "procedures": {slug: versions[slug] for slug in sorted(called)},
            **({"publisher": member} if member else {}),
        }

    async def _set_status(self, workspace: str, slug: str, status: str, by: str) -> None:
        audit = audit_row(self._clock, by, f"procedure.{status}", slug)
        await self._stores.procedures.set_status(workspace, slug, status, self._clock.now(), audit)


def _title(document: dict[str, Any]) -> tuple[str, str]:
    """Name and slug of a document that may be incomplete."""
    name, slug = document.get("name"), document.get("slug")
    if not isinstance(name, str) or not name.strip():
        raise DocumentError("A procedure needs a `name`, even as a draft.")
    if slug is not None and (not isinstance(slug, str) or slugify(slug) != slug):
        raise DocumentError(
            phrase(
                "`slug` may hold lowercase letters, digits and hyphens only, like `{example}`.",
                example=slugify(str(slug)),
            )
        )
    made = slug or slugify(name)
    if not made:
        raise DocumentError("No slug can be made from this name: give a `slug` with lowercase letters and hyphens.")
    return name, made


def scripts_of(procedure: Procedure) -> list[ScriptSpec]:
    """The browser scripts that a procedure's own steps hold."""
    built = [step.build() for step in procedure.steps if isinstance(step, JavascriptStep)]
    return [action.script for action in built if isinstance(action, JavascriptAction)]
