"""Tools of an MCP server as actions."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from deskhand.domain.actions import McpAction
from deskhand.domain.actions.mcp import ToolCall
from deskhand.domain.importing.fields import properties, variable
from deskhand.domain.importing.imported import Imported, Refused, description_of, first_problem, slug_of, title_of
from deskhand.domain.importing.references import Document, Unusable, literal
from deskhand.domain.phrases import phrase
from deskhand.domain.templates import body_placeholders, json_source, json_tree
from deskhand.domain.variables import Variable


def import_tool(
    connection: str, name: str, title: str, description: str, schema: Mapping[str, Any], fingerprint: str,
    *, reads: bool | None = None, taken: Sequence[str] = (), slug: str | None = None,
) -> Imported:  # fmt: skip
    """A tool as an action, typed from its schema, and pinned to the tool as it is now.

    reads: what the server says of it. Nobody vouches for that, so the action changes things until a member says
    otherwise.
    """
    document = Document(dict(schema))
    try:
        variables, arguments = _variables(document)
        action = McpAction(
            kind="mcp",
            slug=slug or slug_of(name, taken),
            name=title_of(title, name),
            description=description_of([description, title], f"The tool {name} of {connection}"),
            variables=variables,
            call=ToolCall(connection=connection, tool=name, fingerprint=fingerprint, arguments=arguments),
        )
    except Unusable as reason:
        return Imported(refused=[Refused(name, phrase("{reason}.", reason=reason.args[0]))])
    except ValidationError as error:
        return Imported(refused=[Refused(name, first_problem(error))])
    trusted = "`{slug}`: the server says that it only reads; if you trust it, set `read_only`."
    return Imported([action], notes=[phrase(trusted, slug=action.slug)] if reads else [])


def typed_anew(action: McpAction, typed: McpAction) -> McpAction:
    """An action whose tool has changed, typed as the tool is now.

    What a member wrote for an argument that is still there stays: `{{identity}}` must not become something that a
    model chooses. So do the settings of a variable that still has its type.
    """
    own, fresh = json_tree(action.template), json_tree(typed.template)
    if fresh:
        own = {name: own.get(name, value) if isinstance(own, dict) else value for name, value in fresh.items()}
    used = {one.path[0] for one in body_placeholders(own)}
    known = {one.name: one for one in action.variables}
    variables = [_settled(known.get(one.name), one) for one in typed.variables if one.name in used]
    added = {one.name for one in variables}
    variables += [one for one in action.variables if one.name in used - added]
    call = action.call.model_copy(update={"fingerprint": typed.call.fingerprint, "arguments": json_source(own)})
    return action.model_copy(update={"call": call, "variables": variables, "enabled": True, "disabled_reason": ""})


def _settled(known: Variable | None, typed: Variable) -> Variable:
    if known is None or known.type != typed.type:
        return typed if known is None else typed.model_copy(update={"sensitive": known.sensitive or typed.sensitive})
    words = {"description": known.description or typed.description, "example": known.example or typed.example}
    kept = {"prompt": known.prompt, "default": known.default, "sensitive": known.sensitive or typed.sensitive}
    return typed.model_copy(update={**words, **kept, "allow_empty": known.allow_empty})


def _variables(document: Document) -> tuple[list[Variable], str]:
    found = properties(document, document.data)
    variables: list[Variable] = []
    pairs = []
    for name, schema in (found[0] if found else {}).items():
        one = variable(
            document, name, schema, required=name in (found[1] if found else set()),
            taken={known.name for known in variables}, suffix="argument",
        )  # fmt: skip
        variables.append(one)
        pairs.append(f"{json.dumps(literal(name))}: {{{{{one.name}}}}}")
    if found is None and document.data.get("type") not in (None, "object"):
        raise Unusable(phrase("its arguments are no object"))
    return variables, "{" + ", ".join(pairs) + "}"
