"""The execution log: every call of an action as it went out and came back, without credentials."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.application.curl import as_curl
from deskhand.application.services import Services
from deskhand.domain import effects as f
from deskhand.domain.masking import masked_values
from deskhand.domain.requests import Connection
from deskhand.domain.stored import load
from deskhand.ports.stores import EffectRow, Page


@dataclass(frozen=True, slots=True)
class Execution:
    """One call."""

    id: str
    """The run and the call's number in it: `run_…/3`."""
    at: int
    action: str | None
    conversation: str | None
    run: str
    step: str
    kind: str
    status: str
    """`succeeded`, `failed`, `unknown`, `sent` (under way), `intended` (waits for an approval), `lapsed`."""
    test: bool
    request: dict[str, Any] | None
    """Without credentials; None once it was cleared away."""
    http_status: int | None
    response: Any
    milliseconds: int | None
    attempt: int
    """How often it was sent."""
    problem: str | None
    in_conversation: bool
    """Whether the answer went into the conversation."""
    curl: str | None
    """The request as a command, credentials left out."""


async def executions(services: Services, workspace: str, cursor: str | None, limit: int, **filters: Any) -> Page:
    """A page of the log, newest first."""
    page = await services.stores.conversations.executions(workspace, cursor=cursor, limit=limit, **filters)
    connections = await _connections(services, workspace)
    return Page([execution(row, connections) for row in page.items], page.cursor)


async def one_execution(services: Services, workspace: str, run: str, number: int) -> Execution:
    """One call, by its run and its number in it. Raises NotFound."""
    row = await services.stores.conversations.effect(workspace, run, number)
    return execution(row, await _connections(services, workspace))


async def _connections(services: Services, workspace: str) -> Mapping[str, Connection]:
    number = await services.stores.conversations.catalogue(workspace)
    return (await services.catalogues.at(workspace, number)).connections


def execution(row: EffectRow, connections: Mapping[str, Connection]) -> Execution:
    """A row of the journal as people may see it."""
    answer = json.loads(row.response) if row.response else {}
    pruned = bool(answer.get("pruned"))
    act = None if row.request in ("", "{}") else load(f.Perform, row.request).act
    sensitive = act.handling.sensitive if isinstance(act, f.CallHttp | f.CallTool | f.RunScript) else ()
    settled = row.status in ("succeeded", "failed") and not row.test
    return Execution(
        id=f"{row.run}/{row.seq}",
        at=row.started_at or row.at,
        action=row.action,
        conversation=row.conversation or None,
        run=row.run,
        step=row.step,
        kind=row.kind,
        status=row.status,
        test=row.test,
        request=None if act is None or pruned else dict(act.shown()),
        http_status=answer.get("status"),
        response=None if pruned else masked_values(answer.get("body"), sensitive),
        milliseconds=answer.get("ms"),
        attempt=answer.get("tries", 1),
        problem=answer.get("problem"),
        in_conversation=settled,
        curl=as_curl(act, connections) if isinstance(act, f.CallHttp) and not pruned else None,
    )
