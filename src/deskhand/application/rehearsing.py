"""Simulating a draft or a document with what the workspace has: its actions, connections and active procedures."""

import json
from collections.abc import Mapping
from typing import Any

from deskhand.application.catalogue import Snapshot
from deskhand.application.services import Services
from deskhand.application.simulation import Report, Script, simulate
from deskhand.domain.actions import AnyAction
from deskhand.domain.checks import check, errors
from deskhand.domain.documents import read_procedure
from deskhand.domain.problems import Invalid
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.steps.procedure import ProcedureStep

UNFINISHED = ("waiting", "endless")
"""Outcomes that say nothing about how the procedure ends."""


async def rehearse_draft(services: Services, workspace: str, slug: str, script: Script) -> Report:
    """Simulate a stored draft; it counts as simulated once it came to an end. Raises NotFound or Invalid."""
    row = await services.stores.procedures.get(workspace, slug)
    report = await rehearse(services, workspace, json.loads(row.draft), script)
    if report.outcome not in UNFINISHED:
        await services.stores.procedures.simulated(workspace, slug, row.revision)
    return report


async def rehearse(services: Services, workspace: str, document: Mapping[str, Any], script: Script) -> Report:
    """Simulate a document that need not be stored.

    Raises Invalid with what keeps it from running, and RuleError for an unknown agent.
    """
    published, snapshot, actions = await prepared(services, workspace, document)
    snapshot.check_agent(script.agent)
    return simulate(published, script, snapshot.connections, actions, snapshot.agents)


async def prepared(
    services: Services, workspace: str, document: Mapping[str, Any]
) -> tuple[Published, Snapshot, Mapping[str, AnyAction]]:
    """A document as it would run if it were published now, and the workspace's actions. Raises Invalid."""
    procedure = read_procedure(document)
    around = await services.authoring.surroundings(workspace, procedure)
    wrong = errors(check(procedure, around, simulated=True))
    if wrong:
        raise Invalid(wrong)
    snapshot = await services.catalogues.at(workspace)
    return as_published(procedure, around.actions, snapshot.active), snapshot, around.actions


def as_published(procedure: Procedure, actions: Mapping[str, AnyAction], active: Mapping[str, Published]) -> Published:
    """The procedure as if it were published now, with what it would be pinned to; what is not there is left out."""
    called = {step.procedure for step in procedure.steps if isinstance(step, ProcedureStep)} & active.keys()
    return Published(procedure, 0, actions=actions, procedures={slug: active[slug] for slug in called})
