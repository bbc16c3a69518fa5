"""The OpenAPI description, with the problems that each operation can answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deskhand.api.chat_errors import ChatError
from deskhand.api.entries import Entry
from deskhand.api.errors import PROBLEM_JSON
from deskhand.api.streams import Hint
from deskhand.domain.problems import Problem

INTRODUCTION = (
    "The action layer of an AI customer-service agent: conversations, procedures, approvals.\n\n"
    "Every request but the one for health takes an API key, which names its workspace and has a role: `owner` and "
    "`admin` may do everything, `agent` reads, talks and decides approvals. Errors are problems (RFC 9457). Lists come "
    "in pages, newest first. An `event_id` makes an event idempotent."
)
TAGS = {
    "Conversations": "Talk with the agent, take over, read the log.",
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
    "Chat completions": "For front ends that were made for language models.",
    "Server": "Health and identity.",
}
PROBLEMS = {
    "400": "The cursor belongs to no page of this list.",
    "401": "No valid API key came with the request.",
    "403": "The key's role does not allow this, or the request comes from a foreign origin.",
    "404": "There is no such thing in this workspace.",
    "409": "It is not allowed now, or somebody else changed it in the meantime.",
    "413": "The body is larger than 1 MiB.",
    "415": "The body is no JSON.",
    "422": "The request, or the procedure in it, is not as it should be; `problems` says what and where.",
    "503": "The database could not do it; nothing was written.",
}
STREAMED: dict[str, type[BaseModel]] = {"follow_conversation": Entry, "follow_workspace": Hint}
"""What the events of a stream hold, by operation."""
AS_MODELS_PROBLEMS = {
    "400": "The request is not as it should be.",
    "401": "No valid API key came with the request.",
    "404": "There is no such agent or conversation in this workspace.",
    "413": "The body is larger than 1 MiB.",
    "429": "Too many requests at once.",
    "503": "The database could not do it; nothing was written.",
}
SIGNED = frozenset({"take_channel_event"})
"""Operations that take a signature in place of a key."""
AS_MODELS: dict[str, type[BaseModel]] = {"create_chat_completion": ChatError}
"""Operations whose errors have a form of their own."""
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


def describe(app: FastAPI) -> None:
    """Serve the description at /v1/openapi.json, and give it to `app.openapi()`."""
    app.openapi = lambda: description(app)  # type: ignore[method-assign]

    async def openapi(_: Request) -> Response:
        return JSONResponse(app.openapi())

    app.add_route("/v1/openapi.json", openapi, include_in_schema=False)


def description(app: FastAPI) -> dict[str, Any]:
    """The description; it is made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=INTRODUCTION,
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
            routes=app.routes,
        )
        app.openapi_schema = _finished(made)
    return app.openapi_schema


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
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": "An API key: `dh_…`."}}
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


def _finish(path: str, operation: dict[str, Any]) -> None:
    """Say of one operation what key it takes and what problems it can answer."""
    streamed = STREAMED.get(operation["operationId"])
    if streamed is not None:
        operation["responses"]["200"]["content"] = {"text/event-stream": _stream_of(streamed.__name__)}
    operation["responses"].pop("422", None)  # the framework's own form of it
    keyed = path != "/v1/health"
    signed = operation["operationId"] in SIGNED
    operation["security"] = [{"signature": []}] if signed else [{"key": []}] if keyed else []
    own = AS_MODELS.get(operation["operationId"])
    if own is not None:
        content = {"application/json": {"schema": {"$ref": _REFERENCE + own.__name__}}}
        told = {status: {"description": text, "content": content} for status, text in AS_MODELS_PROBLEMS.items()}
        operation["responses"].update(told)
        return
    for status in _statuses(path, operation) if keyed else ["403", "503"]:
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


def _statuses(path: str, operation: dict[str, Any]) -> list[str]:
    parameters = {parameter["name"]: parameter["in"] for parameter in operation.get("parameters", [])}
    body, writes = "requestBody" in operation, not operation["operationId"].startswith(("get_", "list_", "follow_"))
    return [
        *(["400"] if "cursor" in parameters else []),
        *("401", "403"),
        *(["404"] if "path" in parameters.values() else []),
        *(["409"] if writes else []),
        *(["413", "415"] if body else []),
        *(["422"] if body or "query" in parameters.values() else []),
        "503",
    ]
