"""Errors as clients of language models expect them: `{"error": {"message", "type", "code"}}`."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError

from deskhand.api.bodies import KeyedRoute
from deskhand.api.errors import answer_of
from deskhand.api.models import Shown
from deskhand.api.wording import request_problems
from deskhand.domain.errors import DeskhandError

_STATUSES = {403: 401, 409: 400, 415: 400, 422: 400}
"""Statuses that such clients know, in place of those that they do not know or would answer by asking again."""
_TYPES = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
_CODES = {"unauthenticated": "invalid_api_key", "too-many": "rate_limit_exceeded", "conflict": "rate_limit_exceeded"}


class ChatProblem(Shown):
    """What went wrong."""

    message: str
    type: str
    code: str
    param: str | None = None


class ChatError(Shown):
    """What went wrong, as clients of language models expect it."""

    error: ChatProblem


def problem_of(error: DeskhandError | RequestValidationError) -> tuple[int, ChatProblem] | None:
    """Status and problem of an error; None for one that nobody foresaw."""
    if isinstance(error, RequestValidationError):
        message = " ".join(problem.sentence for problem in request_problems(error))
        return 400, ChatProblem(message=message, type="invalid_request_error", code="invalid_request")
    answer = answer_of(error)
    if answer is None:
        return None
    status = 429 if answer.name == "conflict" else _STATUSES.get(answer.status, answer.status)
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    code = getattr(error, "code", None) or _CODES.get(answer.name, answer.name.replace("-", "_"))
    return status, ChatProblem(message=error.sentence, type=kind, code=code)


class ChatRoute(KeyedRoute):
    """A route whose errors are told as clients of language models expect them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with its errors in that form."""
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except (DeskhandError, RequestValidationError) as error:
                found = problem_of(error)
                if found is None:
                    raise
            status, problem = found
            headers = {"Retry-After": "1"} if status in (429, 503) else {}
            body = json.dumps({"error": problem.model_dump()}).encode()
            return Response(body, status, headers, "application/json")

        return told
