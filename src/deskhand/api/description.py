"""The OpenAPI description, with the problems that each operation can answer."""

import json
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deskhand.api.chat_errors import ChatError
from deskhand.api.cookies import LOCAL_COOKIE, SECURE_COOKIE
from deskhand.api.entries import Entry
from deskhand.api.errors import PROBLEM_JSON
from deskhand.api.models import Problem
from deskhand.api.streams import Hint
from deskhand.api.widget.models import PublicEntry
from deskhand.domain.actions import json_schema as action_schema
from deskhand.domain.documents import json_schema as procedure_schema

INTRODUCTION = (
    "The action layer of an AI customer-service agent: conversations, procedures, approvals.\n\n"
    "Nearly every request takes an API key, which names its workspace and has a role: `owner` and `admin` may do "
    "everything, `agent` reads, talks and decides approvals. The dashboard sends the cookie of a member who is signed "
    "in, with the header `X-Deskhand: dashboard`. Errors are problems (RFC 9457). Lists come "
    "in pages, newest first. An `event_id` makes an event idempotent."
)
TAGS = {
    "Conversations": "Talk with the agent, take over, read the log.",
    "Inbox": "The queues that members work from.",
    "Reports": "What runs, reactions, escalations, questions, calls and approvals come to.",
    "Editor": "What writing a procedure needs: checks, what is known where, trying out, previews, tests.",
    "Streams": "Server-sent events: what happens, as it happens.",
    "Procedures": "Write, check, simulate, publish.",
    "Approvals": "What waits for a member's decision.",
    "Runs": "What procedures did.",
    "Contacts": "Who the customers are.",
    "Configuration": "Connections, actions, secrets, API keys.",
    "Knowledge": "What the agent knows: sources, topics, trying a question.",
    "Records": "Tickets, leads, e-mail, the audit trail.",
    "Webhooks": "Who is told of what happens.",
    "Channels": "Platforms that customers write over.",
    "Widget": "What the chat on a company's pages talks to, as its visitor. No key opens it, and none is needed.",
    "Chat completions": "For front ends that were made for language models.",
    "Members": "People: signing in, one's profile and sessions, members, invitations.",
    "Server": "Health.",
}
PROBLEMS = {
    "400": "The cursor belongs to no page of this list.",
    "401": "No valid API key came with the request, and no session's cookie; or the password is not the right one.",
    "403": "The role does not allow this, or the request comes from a foreign origin.",
    "404": "There is no such thing in this workspace.",
    "409": "It is not allowed now, or somebody else changed it in the meantime.",
    "413": "The body is larger than 1 MiB.",
    "415": "The body is no JSON.",
    "422": "The request, or the procedure in it, is not as it should be; `problems` says what and where.",
    "429": "Too much in a short time; `Retry-After` says when to try again.",
    "503": "The database could not do it; nothing was written.",
}
OPEN = frozenset(
    {
        *("get_health", "get_ways_in", "sign_in", "sign_in_to_demo", "sign_up", "sign_out"),
        *("get_offer", "accept_invitation", "begin_session"),
        *("ask_for_reset", "get_reset", "reset_password"),
    }
)
"""Operations that take neither a key nor a session."""
VISITED = "/v1/widget/"
"""How addresses begin that take a visitor's token in place of a key."""
WITH_PASSWORD = frozenset({"sign_in", "sign_up", "accept_invitation"})
"""Those of them that a wrong password is refused with."""
GUESSED_AT = WITH_PASSWORD | {"get_offer", "change_me", "ask_for_reset", "get_reset", "reset_password"}
"""Operations that are answered only so often."""
STREAMED: dict[str, type[BaseModel]] = {
    "follow_conversation": Entry,
    "follow_workspace": Hint,
    "follow_own_conversation": PublicEntry,
}
"""What the events of a stream hold, by operation."""
AS_MODELS_PROBLEMS = {
    "400": "The request is not as it should be.",
    "401": "No valid API key came with the request.",
    "404": "There is no such agent or conversation in this workspace.",
    "413": "The body is larger than 1 MiB.",
    "429": "Too many requests at once.",
    "503": "The database could not do it; nothing was written.",
}
TABLES: dict[str, tuple[str, ...]] = {
    "export_conversations": ("text/csv",),
    "export_contacts": ("text/csv",),
    "export_leads": ("text/csv",),
    "export_tickets": ("text/csv",),
    "export_audit": ("text/csv", "application/jsonl"),
    "get_transcript": ("text/plain",),
    "get_attachment": ("application/octet-stream",),
    "get_own_attachment": ("application/octet-stream",),
}
"""What files hold, by operation."""
SIGNED = frozenset({"take_channel_event"})
"""Operations that take a signature in place of a key."""
AS_MODELS: dict[str, type[BaseModel]] = {"create_chat_completion": ChatError}
"""Operations whose errors have a form of their own."""
DOCUMENTS = {"ProcedureDocument": procedure_schema, "ActionDefinition": action_schema}
"""What requests hold as a free document, described for whoever writes one."""
_REFERENCE = "#/components/schemas/"
_FASTAPI_OWN = ("HTTPValidationError", "ValidationError")
_PROBLEM_DETAILS = {
    "title": "ProblemDetails",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:deskhand:problem:not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for people: what is wrong, and what to do."},
        "problems": {"type": "array", "items": {"$ref": _REFERENCE + "Problem"}},
        "reference": {"type": "string", "description": "Leads to the line in the server's log."},
    },
}


def describe(app: FastAPI, made: Callable[[], dict[str, Any]]) -> None:
    """Serve a description at /v1/openapi.json, and give it to `app.openapi()`."""
    app.openapi = made  # type: ignore[method-assign]

    def openapi(_: Request) -> Response:  # in a thread: making it takes a second or two
        return JSONResponse(made())

    app.add_route("/v1/openapi.json", openapi, include_in_schema=False)


def description(app: FastAPI) -> dict[str, Any]:
    """The description of an application's routes."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        description=INTRODUCTION,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
        routes=app.routes,
    )
    return _finished(made)


def _finished(made: dict[str, Any]) -> dict[str, Any]:
    components = made["components"]
    schemas = components["schemas"]
    for name in _FASTAPI_OWN:
        schemas.pop(name, None)
    schemas["ProblemDetails"] = _PROBLEM_DETAILS
    models: list[type[BaseModel]] = [Problem, *STREAMED.values(), *AS_MODELS.values()]
    for model in models:
        schema = model.model_json_schema(ref_template=_REFERENCE + "{model}")
        for name, part in {**schema.pop("$defs", {}), model.__name__: schema}.items():
            schemas.setdefault(name, part)
    for name, made_schema in DOCUMENTS.items():
        _add_document(schemas, name, made_schema())
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": "An API key: `dh_…`."}}
    cookies = f"`{SECURE_COOKIE}` over https, `{LOCAL_COOKIE}` on the server's own machine"
    components["securitySchemes"]["visitor"] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A visitor's token, from `POST /v1/widget/sessions`. `X-Deskhand-User` proves who they are.",
    }
    components["securitySchemes"]["session"] = {
        "type": "apiKey",
        "in": "cookie",
        "name": SECURE_COOKIE,
        "description": f"A member who is signed in: {cookies}.",
    }
    by = "HMAC-SHA256 of the message, with the channel's secret."
    components["securitySchemes"]["signature"] = {
        "type": "apiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": by,
    }
    for path, operations in made["paths"].items():
        for operation in operations.values():
            _finish(path, operation)
    return made


def _add_document(schemas: dict[str, Any], name: str, schema: dict[str, Any]) -> None:
    """Add a document's schema with its parts; a part whose name is taken gets the document's in front."""
    schema.pop("$schema", None)
    parts = schema.pop("$defs", {})
    names = {part: part if schemas.get(part, of) == of else f"{name}{part}" for part, of in parts.items()}
    text = json.dumps({names[part]: of for part, of in parts.items()} | {name: schema})
    for part, known in names.items():
        text = text.replace(f'"#/$defs/{part}"', f'"{_REFERENCE}{known}"')
    schemas.update(json.loads(text))


def _finish(path: str, operation: dict[str, Any]) -> None:
    """Say of one operation what key it takes and what problems it can answer."""
    streamed = STREAMED.get(operation["operationId"])
    if streamed is not None:
        operation["responses"]["200"]["content"] = {"text/event-stream": _stream_of(streamed.__name__)}
    if operation["operationId"] in TABLES:
        files = {form: {"schema": {"type": "string"}} for form in TABLES[operation["operationId"]]}
        operation["responses"]["200"]["content"] = files
    operation["responses"].pop("422", None)  # the framework's own form of it
    signed, is_open = operation["operationId"] in SIGNED, operation["operationId"] in OPEN
    visited = path.startswith(VISITED) and not is_open
    taken: list[dict[str, list[str]]] = [{"visitor": []}] if visited else [{"key": []}, {"session": []}]
    operation["security"] = [{"signature": []}] if signed else [] if is_open else taken
    own = AS_MODELS.get(operation["operationId"])
    if own is not None:
        content = {"application/json": {"schema": {"$ref": _REFERENCE + own.__name__}}}
        told = {status: {"description": text, "content": content} for status, text in AS_MODELS_PROBLEMS.items()}
        operation["responses"].update(told)
        return
    for status in sorted({*_statuses(operation), *(["401", "429"] if path.startswith(VISITED) else [])}):
        operation["responses"][status] = {
            "description": PROBLEMS[status],
            "content": {PROBLEM_JSON: {"schema": {"$ref": _REFERENCE + "ProblemDetails"}}},
        }


def _stream_of(model: str) -> dict[str, Any]:
    """The schema of server-sent events whose data are JSON."""
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": _REFERENCE + model},
    }
    properties = {"event": {"type": "string"}, "id": {"type": "string"}, "data": data}
    return {"schema": {"type": "string"}, "itemSchema": {"type": "object", "properties": properties}}


def _statuses(operation: dict[str, Any]) -> list[str]:
    name = operation["operationId"]
    parameters = {parameter["name"]: parameter["in"] for parameter in operation.get("parameters", [])}
    body, writes = "requestBody" in operation, not name.startswith(("get_", "list_", "follow_"))
    return [
        *(["400"] if "cursor" in parameters else []),
        *(["401"] if name not in OPEN or name in WITH_PASSWORD else []),
        "403",
        *(["404"] if "path" in parameters.values() else []),
        *(["409"] if writes else []),
        *(["413", "415"] if body else []),
        *(["422"] if body or "query" in parameters.values() else []),
        *(["429"] if name in GUESSED_AT else []),
        "503",
    ]
