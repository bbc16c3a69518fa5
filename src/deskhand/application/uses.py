"""What uses an action or a connection: who removes or changes one wants to know first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from deskhand.domain.actions import AnyAction, read_action_json
from deskhand.domain.agent import Agent
from deskhand.ports.stores import Stores

User = Literal["action", "agent", "procedure"]

_NAMING = {"action": ("action", "actions", "fetch"), "connection": ("connection",)}
"""By what is used: the fields of documents that name it."""


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that uses another."""

    kind: User
    slug: str
    name: str


async def uses_of(stores: Stores, workspace: str, kind: Literal["action", "connection"], slug: str) -> list[Use]:
    """What names an action or a connection: other actions, agents, and procedures, drafts and published ones."""
    found = [
        Use("action", one.slug, one.name)
        for one in await _actions(stores, workspace)
        if (kind, slug) != ("action", one.slug) and names(one.model_dump(mode="json"), kind, slug)
    ]
    if kind == "action":
        agents = [Agent.model_validate_json(row.document) for row in await _documents(stores, workspace, "agent")]
        found += [Use("agent", one.slug, one.name) for one in agents if slug in one.actions]
    return found + await _procedures(stores, workspace, kind, slug)


def names(document: Any, kind: str, slug: str) -> bool:
    """Whether a document names an action or a connection somewhere."""
    return any(slug in given for field in _NAMING[kind] for given in _values(document, field))


async def _procedures(stores: Stores, workspace: str, kind: str, slug: str) -> list[Use]:
    _, versions = await stores.procedures.active(workspace)
    published = {row.slug for row in versions if names(json.loads(row.document), kind, slug)}
    return [
        Use("procedure", row.slug, row.name)
        for row in await stores.procedures.all(workspace)
        if row.slug in published or names(json.loads(row.draft), kind, slug)
    ]


async def _actions(stores: Stores, workspace: str) -> list[AnyAction]:
    return [read_action_json(row.document) for row in await _documents(stores, workspace, "action")]


async def _documents(stores: Stores, workspace: str, kind: str) -> list[Any]:
    return list(await stores.settings.documents(workspace, kind))


def _values(node: Any, field: str) -> Iterator[list[Any]]:
    """All that stands in this field, wherever it is, as lists; built-in acts of `internal` steps are no actions."""
    if isinstance(node, list):
        for one in node:
            yield from _values(one, field)
    if not isinstance(node, dict):
        return
    if field in node and not (field == "action" and node.get("kind") == "internal"):
        yield node[field] if isinstance(node[field], list) else [node[field]]
    for one in node.values():
        yield from _values(one, field)
