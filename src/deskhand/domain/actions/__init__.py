"""One file per action kind; `Action` is the union of them."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag, TypeAdapter

from deskhand.domain.actions.base import ActionBase, ApprovalLevel
from deskhand.domain.actions.button import ButtonAction
from deskhand.domain.actions.form import FormAction
from deskhand.domain.actions.http import HttpAction
from deskhand.domain.actions.javascript import JavascriptAction
from deskhand.domain.actions.mcp import McpAction


def _kind(given: Any) -> str:
    """The kind of an action; documents without one are HTTP requests."""
    kind = given.get("kind", "http") if isinstance(given, dict) else getattr(given, "kind", "http")
    return str(kind)


AnyAction = HttpAction | McpAction | FormAction | ButtonAction | JavascriptAction

Action = Annotated[
    Annotated[HttpAction, Tag("http")]
    | Annotated[McpAction, Tag("mcp")]
    | Annotated[FormAction, Tag("form")]
    | Annotated[ButtonAction, Tag("button")]
    | Annotated[JavascriptAction, Tag("javascript")],
    Discriminator(_kind),
]
"""An action of any kind."""

ACTION_KINDS: dict[str, type[ActionBase]] = {
    "http": HttpAction,
    "mcp": McpAction,
    "form": FormAction,
    "button": ButtonAction,
    "javascript": JavascriptAction,
}

_ADAPTER: TypeAdapter[AnyAction] = TypeAdapter(Action)


def document_of(action: ActionBase) -> dict[str, Any]:
    """The action as people write it: nothing that is left at its default."""
    written = action.model_dump(mode="json", exclude_defaults=True)
    rules = written.get("preconditions", [])
    # what tells the kinds apart is written even where it is the model's default
    kinds = [{"kind": rule.kind, **data} for rule, data in zip(action.preconditions, rules, strict=False)]
    whole = {"kind": action.model_dump(include={"kind"})["kind"], **written}
    return {**whole, "preconditions": kinds} if kinds else whole


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an action's document."""
    return _ADAPTER.json_schema()


def read_action(data: Any) -> AnyAction:
    """An action from its document. Raises pydantic's ValidationError."""
    return _ADAPTER.validate_python(data)


def read_action_json(text: str) -> AnyAction:
    """An action from its stored form."""
    return _ADAPTER.validate_json(text)


__all__ = [
    "ACTION_KINDS", "Action", "ActionBase", "AnyAction", "ApprovalLevel", "ButtonAction", "FormAction", "HttpAction",
    "JavascriptAction", "McpAction", "document_of", "json_schema", "read_action", "read_action_json",
]  # fmt: skip
