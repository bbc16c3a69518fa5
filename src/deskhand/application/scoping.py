"""What `{{` can complete at a step: variables, fields of answers, the built-in ones, secrets by name, filters."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.checking import surroundings
from deskhand.application.services import Services
from deskhand.domain.checks.case import Case
from deskhand.domain.checks.scope import DECLARED, Known, known_at
from deskhand.domain.documents.lenient import read_leniently
from deskhand.domain.masking import MASK
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.tool import ToolStep
from deskhand.domain.values import text_of
from deskhand.domain.variables import CONTEXT

MOST_FIELDS = 200
DEEPEST = 6
LONGEST_EXAMPLE = 80
"""Characters of a field's example."""

BUILT_IN: Mapping[str, str] = {
    "conversation.id": "This conversation",
    "conversation.channel": "Where it takes place: widget, api, …",
    "conversation.user_id": "The contact's id, as the page gave it",
    "message.content": "What the customer just wrote",
    "message.sentiment": "How it sounds: positive, neutral or negative",
    "contact.id": "The contact's id",
    "contact.first_name": "The contact's first name",
    "contact.last_name": "The contact's last name",
    "contact.email": "The contact's e-mail address",
    "contact.phone_number": "The contact's telephone number",
    "lead.email": "The e-mail address that the customer left",
    "lead.name": "The name that the customer left",
    "lead.phone": "The telephone number that the customer left",
    "lead.company": "The company that the customer left",
    "agent.id": "The agent that talks",
    "agent.name": "The agent's name",
    "agent.number": "The agent's number",
    "identity": "The customer whom an action verified",
    "facts": "What successful actions answered",
    "agent_id": "The agent that talks",
    "agent_name": "The agent's name",
    "agent_number": "The agent's number",
    "direction": "inbound or outbound",
    "medium": "web, phone, …",
    "current_datetime": "Now, in UTC",
}
"""The variables that every template sees, each in a few words."""

FILTERS: Mapping[str, str] = {
    'default("…")': "The text to use where there is no value",
    "string": "The value's text form",
}
ERROR_FIELDS: Mapping[str, Any] = {"status": 404, "message": "The server answered 404.", "body": None}


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of a variable that holds an object or a list."""

    path: str
    """With the variable's name in front: `order.items.0.sku`."""
    example: str


@dataclass(frozen=True, slots=True)
class InScope:
    """A variable, with the fields that its value is known to have."""

    known: Known
    fields: list[FieldOf] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that a template at one step can name."""

    step: str
    variables: list[InScope]
    secrets: list[str]


async def scope_at(
    services: Services, workspace: str, document: Mapping[str, Any], step: str, with_secrets: bool
) -> Scope:
    """What can be used at a step of a document, which may be incomplete; nothing of its own at an unknown step.

    with_secrets: whether the secrets' names are told, too.
    """
    secrets = [name for name, _ in await services.stores.settings.secrets(workspace)] if with_secrets else []
    procedure = read_leniently(document)
    if procedure is None or step not in procedure.by_id:
        return Scope(step, [], secrets)
    around, _ = await surroundings(services, workspace, procedure)
    found = [
        InScope(known, await _fields(services, workspace, procedure, known))
        for known in known_at(Case(procedure, around), step)
        if known.name not in CONTEXT
    ]
    return Scope(step, found, secrets)


async def _fields(services: Services, workspace: str, procedure: Procedure, known: Known) -> list[FieldOf]:
    if known.sensitive:
        return []
    if known.name == "error":
        return list(flattened("error", ERROR_FIELDS))[:MOST_FIELDS]
    for setter in known.set_by:
        one = procedure.by_id.get(setter) if setter != DECLARED else None
        value: Any = None
        if isinstance(one, CallStep | ToolStep):
            value = one.sample_response
            if value is None and isinstance(one, CallStep) and one.action:
                value = await _last_answer(services, workspace, one.action)
        if isinstance(value, dict | list):
            return list(flattened(known.name, value))[:MOST_FIELDS]
    return []


async def _last_answer(services: Services, workspace: str, action: str) -> Any:
    """What the action answered last, as its log shows it."""
    page = await services.stores.conversations.executions(workspace, action=action, status="succeeded", limit=1)
    for row in page.items:
        answer = json.loads(row.response) if row.response else {}
        return None if answer.get("pruned") else answer.get("body")
    return None


def flattened(name: str, value: Any, depth: int = 0) -> Iterator[FieldOf]:
    """The fields of a value with their paths and examples; of a list, those of its first entry."""
    items: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        items = [(key, item) for key, item in value.items() if key and "." not in key]
    elif isinstance(value, list) and value:
        items = [("0", value[0])]
    for key, item in items if depth < DEEPEST else ():
        path = f"{name}.{key}"
        if isinstance(item, dict | list) and item:
            yield from flattened(path, item, depth + 1)
        else:
            yield FieldOf(path, MASK if item == MASK else text_of(item)[:LONGEST_EXAMPLE])
