"""What is wrong with the authentication of a connection or a request, before anything is sent."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from deskhand.domain.addresses import address_of, host_is_listed
from deskhand.domain.authentication import AnyAuth, BodyAuth, ClientCredentials, HeaderAuth, QueryAuth, RefreshToken
from deskhand.domain.errors import TemplateError
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.requests import Connection, HttpRequest
from deskhand.domain.templates import json_tree

if TYPE_CHECKING:
    from deskhand.domain.steps.base import StepBase, Surroundings


def auth_problem(auth: AnyAuth, internal_hosts: frozenset[str]) -> tuple[str, str] | None:
    """The code and the sentence of what is wrong with an authentication by itself, or None."""
    if not isinstance(auth, ClientCredentials | RefreshToken):
        return None
    parts = address_of(auth.token_url)
    if parts is None:
        return "url", phrase("`token_url` is no web address: `{url}`.", url=auth.token_url)
    if parts.scheme == "http" and not host_is_listed(parts.hostname or "", parts.port, internal_hosts):
        return "plain-http", (
            phrase(
                "`token_url` sends credentials to `http://{netloc}`, which is not encrypted: "
                "use https, or put the host on the workspace's allow-list.",
                netloc=parts.netloc,
            )
        )
    return None


def connection_auth_problem(connection: Connection, internal_hosts: frozenset[str]) -> tuple[str, str] | None:
    """The same for the authentications of a connection, and whether its kind can carry them."""
    for auth in (connection.auth, connection.test_auth):
        if auth is None:
            continue
        if connection.kind == "mcp_stdio":
            return "authentication", "a program on this machine takes no authentication: leave `auth` out."
        if connection.kind == "mcp" and isinstance(auth, BodyAuth):
            return "authentication", "an MCP server takes no credential in the body: use `bearer` or `header`."
        wrong = auth_problem(auth, internal_hosts)
        if wrong:
            return wrong
    return None


def request_auth_problems(step: "StepBase", request: HttpRequest, around: "Surroundings") -> Iterator[Problem]:
    """What is wrong with how a request proves who sends it: by itself, or by its connection."""
    auth = request.auth
    if auth is not None:
        wrong = auth_problem(auth, around.internal_hosts)
        if wrong:
            code, sentence = wrong
            yield step.problem(code, sentence, "auth")
    connection = around.connections.get(request.connection or "")
    placed = auth or (connection.auth if connection else None)
    problem = placed and _clash(placed, request)
    if problem:
        yield step.problem("authentication", problem, "connection" if auth is None else "auth")


def _clash(auth: AnyAuth, request: HttpRequest) -> str | None:
    """Why the credential cannot go where it should."""
    match auth:
        case BodyAuth():
            return _no_room_in_body(auth, request)
        case QueryAuth():
            given = {*request.query, *(pair.partition("=")[0] for pair in request.url.partition("?")[2].split("&"))}
            if auth.name in given:
                return phrase(
                    "the query has `{name}` already, which is where the credential goes: leave it out.", name=auth.name
                )
        case HeaderAuth() if _has_header(request, auth.name):
            return phrase(
                "the header `{name}` is written out, but the authentication sets it: leave one of both out.",
                name=auth.name,
            )
        case _ if not isinstance(auth, HeaderAuth) and _has_header(request, "Authorization"):
            return "the header `Authorization` is written out, but the authentication sets it: leave one of both out."
    return None


def _no_room_in_body(auth: BodyAuth, request: HttpRequest) -> str | None:
    if request.method == "GET":
        return phrase(
            "the credential goes into the body as `{name}`, but a GET request has none: use POST.", name=auth.name
        )
    if request.form:
        fields: object = request.form
    else:
        try:
            fields = None if request.body is None or request.text is not None else json_tree(request.body)
        except TemplateError:
            return None  # told elsewhere
    if not isinstance(fields, dict):
        return phrase(
            "the credential goes into the body as `{name}`: write the body as a JSON object, at least `{{}}`.",
            name=auth.name,
        )
    if auth.name in fields:
        return phrase(
            "the body has a field `{name}` already, which is where the credential goes: leave it out.", name=auth.name
        )
    return None


def _has_header(request: HttpRequest, name: str) -> bool:
    return any(one.lower() == name.lower() for one in request.headers)
