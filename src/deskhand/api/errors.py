"""Where errors become answers: the only file that decides HTTP statuses (RFC 9457 problems)."""

import json
import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.api.languages import told
from deskhand.api.models import rfc3339
from deskhand.api.wording import request_problems
from deskhand.application.accounts import NotInvited
from deskhand.application.attachments import FileTooLarge
from deskhand.application.authenticating import CannotAuthenticate
from deskhand.application.channels import NotSigned
from deskhand.application.completions import TooManyAtOnce
from deskhand.application.crossing import Crossed
from deskhand.application.granting import NoToken
from deskhand.application.identity import IdentityRefused
from deskhand.application.members import NotForThisRole
from deskhand.application.pace import TooFast
from deskhand.application.password_resets import LinkOver, NoMail
from deskhand.application.people import UnfitPassword
from deskhand.application.proving import WrongPassword
from deskhand.application.tries import TooManyTries
from deskhand.application.visitors import UnknownVisitor
from deskhand.domain.attachments import UnfitFile
from deskhand.domain.audience_reading import InvalidAudience
from deskhand.domain.contact import UnfitContact
from deskhand.domain.deciding import MayNotDecide
from deskhand.domain.edits import UnfitEdit
from deskhand.domain.errors import DeskhandError, DocumentError, RuleError, TemplateError
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.untrusted import Unreadable
from deskhand.domain.values import InvalidValue
from deskhand.ports.http import OutwardError, Refused
from deskhand.ports.stores import BadCursor, NotFound, Stale, StorageFailed, Taken, Unstorable
from deskhand.ports.turns import Conflict, DuplicateEvent, Entry
from deskhand.ports.vault import CannotUnseal

PROBLEM_JSON = "application/problem+json"

log = structlog.get_logger()


class Unauthenticated(DeskhandError):
    """Give a valid API key of your workspace: `Authorization: Bearer dh_…`."""


class Forbidden(DeskhandError):
    """Your API key's role does not allow this."""


class ForeignOrigin(DeskhandError):
    """This server answers its own machine only: use http://127.0.0.1 or http://localhost with its port."""


class SessionEnded(Unauthenticated):
    """You are not signed in any more: sign in again."""


class NeedsHttps(DeskhandError):
    """Passwords don't travel in clear: open this server over https, or on its own machine."""


class TooLarge(DeskhandError):
    """The request's body is larger than 1 MiB: send less at once."""

    def __init__(self, most: int = 1024 * 1024) -> None:
        super().__init__(
            phrase("The request's body is larger than {most} MiB: send less at once.", most=most // (1024 * 1024))
        )


class NotJson(DeskhandError):
    """The request's body must be JSON, with the header `Content-Type: application/json`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one class of errors is answered."""

    status: int
    name: str
    title: str


ANSWERS: dict[type[DeskhandError], Answer] = {
    BadCursor: Answer(400, "bad-cursor", "No such cursor"),
    Unauthenticated: Answer(401, "unauthenticated", "No valid API key"),
    WrongPassword: Answer(401, "wrong-password", "Not the right password"),
    NotSigned: Answer(401, "not-signed", "No valid signature"),
    UnknownVisitor: Answer(401, "unknown-visitor", "No valid visitor token"),
    IdentityRefused: Answer(401, "identity-refused", "Not proved who that is"),
    Forbidden: Answer(403, "forbidden", "Not allowed for this role"),
    MayNotDecide: Answer(403, "may-not-decide", "Somebody else decides"),
    NotForThisRole: Answer(403, "forbidden", "Not allowed for this role"),
    NotInvited: Answer(403, "not-invited", "Not invited"),
    LinkOver: Answer(403, "link-over", "The link is not valid any more"),
    NeedsHttps: Answer(403, "needs-https", "Not over plain http"),
    ForeignOrigin: Answer(403, "foreign-origin", "Not from here"),
    NotFound: Answer(404, "not-found", "Not found"),
    Taken: Answer(409, "taken", "Name is taken"),
    Stale: Answer(409, "stale", "Changed in the meantime"),
    Conflict: Answer(409, "conflict", "Changed in the meantime"),
    DuplicateEvent: Answer(409, "duplicate-event", "Known already"),
    Crossed: Answer(409, "crossed", "Somebody wrote in the meantime"),
    RuleError: Answer(409, "not-now", "Not allowed now"),
    NoMail: Answer(409, "no-mail", "No e-mail is sent from here"),
    FileTooLarge: Answer(413, "too-large", "Too large"),
    TooLarge: Answer(413, "too-large", "Too large"),
    NotJson: Answer(415, "not-json", "Not JSON"),
    UnfitEdit: Answer(422, "unfit-values", "The values do not fit"),
    Invalid: Answer(422, "invalid-procedure", "The procedure has problems"),
    InvalidAudience: Answer(422, "invalid-audience", "The audience has problems"),
    UnfitFile: Answer(415, "unfit-file", "No such files"),
    UnfitContact: Answer(422, "unfit-contact", "The contact cannot be kept so"),
    DocumentError: Answer(422, "unreadable-document", "The document cannot be read"),
    TemplateError: Answer(422, "unreadable-template", "The template cannot be filled in"),
    InvalidValue: Answer(422, "invalid-value", "The value does not fit"),
    Unreadable: Answer(422, "unreadable", "The request cannot be read"),
    UnfitPassword: Answer(422, "unfit-password", "The password cannot be used"),
    Unstorable: Answer(422, "unstorable", "The text cannot be kept"),
    Refused: Answer(422, "blocked", "Not let out"),
    CannotAuthenticate: Answer(409, "not-now", "Not allowed now"),
    CannotUnseal: Answer(409, "not-now", "Not allowed now"),
    OutwardError: Answer(502, "no-answer", "The other side could not be used"),
    NoToken: Answer(502, "no-answer", "The other side could not be used"),
    TooManyTries: Answer(429, "too-many", "Too many at once"),
    TooFast: Answer(429, "too-many", "Too many at once"),
    TooManyAtOnce: Answer(429, "too-many", "Too many at once"),
    StorageFailed: Answer(503, "storage-failed", "The database could not do it"),
}

_HEADERS: dict[int, dict[str, str]] = {
    401: {"WWW-Authenticate": 'Bearer realm="deskhand"'},
    413: {"Connection": "close"},
    503: {"Retry-After": "5"},
}
_NO_SUCH_ADDRESS = "There is no such address. /v1/openapi.json describes all that there are."


def answer_of(error: DeskhandError) -> Answer | None:
    """How the error is answered; None where it is none that a caller can mend."""
    return next((ANSWERS[cls] for cls in type(error).__mro__ if cls in ANSWERS), None)


def problem_of(error: DeskhandError) -> Response:
    """The answer to an error; one that nobody foresaw is told to the log, not to the caller."""
    answer = answer_of(error)
    if answer is None:
        return unexpected(error)
    problems = error.problems if isinstance(error, Invalid) else None
    more = {"entries": [_entry(one) for one in error.entries]} if isinstance(error, Crossed) else {}
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooManyTries | TooFast) else None
    return _problem(answer, error.sentence, problems=problems, more=more, headers=headers)


def _entry(entry: Entry) -> dict[str, Any]:
    shown = {name: getattr(entry, name) for name in ("seq", "kind", "visible_to", "run")}
    return {**shown, "at": rfc3339(entry.at), "body": json.loads(entry.body)}


def unexpected(error: BaseException) -> Response:
    """The answer to what should not have happened: a reference that leads to the log's line."""
    reference = uuid.uuid4().hex[:12]
    log.error("unexpected error", reference=reference, exc_info=error)
    answer = Answer(500, "unexpected", "Something went wrong here")
    detail = phrase(
        "This is a fault of the server, not of the request. Its log says more under the reference {reference}.",
        reference=reference,
    )
    return _problem(answer, detail, reference=reference)


def _problem(
    answer: Answer,
    detail: str,
    *,
    problems: list[Problem] | None = None,
    reference: str | None = None,
    headers: dict[str, str] | None = None,
    more: dict[str, Any] | None = None,
) -> Response:
    body: dict[str, Any] = {
        "type": f"urn:deskhand:problem:{answer.name}",
        "title": told(answer.title),
        "status": answer.status,
        "detail": told(detail),
    }
    if problems is not None:
        body["problems"] = [{**one.model_dump(mode="json"), "sentence": told(one.sentence)} for one in problems]
    if reference is not None:
        body["reference"] = reference
    body |= more or {}
    return Response(
        json.dumps(body).encode(),
        status_code=answer.status,
        media_type=PROBLEM_JSON,
        headers=_HEADERS.get(answer.status, {}) | (headers or {}),
    )


async def _on_deskhand_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DeskhandError)
    return problem_of(error)


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = request_problems(error)
    if any(one["loc"][0] == "path" for one in error.errors()):
        return problem_of(NotFound(phrase("There is nothing at this address: {why}", why=problems[0].sentence)))
    detail = joined(problem.sentence for problem in problems)
    return _problem(Answer(422, "invalid-request", "The request is not as it should be"), detail, problems=problems)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return problem_of(NotFound(_NO_SUCH_ADDRESS))
    if error.status_code == 405:
        allowed = ", ".join(_methods(request)) if "Allow" in headers else "GET"
        detail = phrase("This address takes {allowed}, not {method}.", allowed=allowed, method=request.method)
        return _problem(Answer(405, "method", "Method not allowed"), detail, headers={"Allow": allowed})
    title = HTTPStatus(error.status_code).phrase
    return _problem(Answer(error.status_code, "http", title), f"{title}.", headers=headers)


def _methods(request: Request) -> list[str]:
    """The methods that the request's address takes; the framework names those of one route only."""
    scopes = {method: {**request.scope, "method": method} for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
    routes = request.app.router.routes
    return [name for name, scope in scopes.items() if any(one.matches(scope)[0] is Match.FULL for one in routes)]


class Failsafe:
    """The outermost layer: whatever nobody foresaw becomes a problem with a reference, and a line in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except DeskhandError as error:
            answer = problem_of(error)
        except Exception as error:
            answer = unexpected(error)
        else:
            return
        if not started:
            await answer(scope, receive, send)


def install(app: FastAPI) -> None:
    """Make the application answer every error as a problem."""
    app.add_exception_handler(DeskhandError, _on_deskhand_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
