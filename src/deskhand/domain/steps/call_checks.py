"""What is wrong with a request before it is ever sent: its address, its body, credentials in it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from deskhand.domain.addresses import address_of, host_is_listed
from deskhand.domain.credentials import is_credential
from deskhand.domain.errors import TemplateError
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.requests import Connection, HttpRequest, origin_is_templated
from deskhand.domain.steps.auth_checks import connection_auth_problem, request_auth_problems
from deskhand.domain.templates import Placeholder, json_tree, placeholders
from deskhand.domain.variables import CONTEXT

if TYPE_CHECKING:
    from deskhand.domain.actions import AnyAction
    from deskhand.domain.steps.base import StepBase, Surroundings


def request_problems(step: "StepBase", request: HttpRequest, around: "Surroundings") -> Iterator[Problem]:
    """Everything that is wrong with the request of a step."""
    try:
        list(request.placeholders())
    except TemplateError as error:
        yield step.problem("template", phrase("in the request: {why}", why=error.sentence), _broken_field(request))
        return
    if request.connection is None:
        yield from _origin_problems(step, request.url, around)
    elif around.workspace_known:
        yield from _connection_problems(step, request.connection, around)
    if request.body is not None and request.method == "GET":
        yield step.problem("body", "a GET request has no body: use POST, or put the values into `query`.", "body")
    if any(one.is_secret for text in (request.url, *request.query.values()) for one in placeholders(text)):
        yield step.problem(
            "secret-exposed", "a secret in a URL ends up in logs: send it in a header or the body.", "url"
        )
    yield from _literal_credentials(step, request)
    yield from request_auth_problems(step, request, around)


def action_problems(step: "StepBase", action: "AnyAction", around: "Surroundings") -> Iterator[Problem]:
    """Everything that is wrong with the request of an action that a step uses, told at the step."""
    for found in request_problems(step, action.http, around) if action.http else ():
        yield found.model_copy(
            update={
                "field": "action",
                "sentence": phrase("the action `{slug}`: {why}", slug=action.slug, why=found.sentence),
            }
        )
    yield from _action_placeholder_problems(step, action)


def _action_placeholder_problems(step: "StepBase", action: "AnyAction") -> Iterator[Problem]:
    declared = {variable.name: variable for variable in action.variables}
    try:
        used = list(action.placeholders())
        in_path = {one.path[0] for one in _path_placeholders(action) if one.default is None}
    except TemplateError:
        return  # told above
    unknown = {one.path[0] for one in used} - declared.keys() - CONTEXT - {"secrets"}
    for name in sorted(unknown):
        yield step.problem(
            "unknown-variable",
            phrase("the action `{slug}` uses `{name}` without declaring it.", slug=action.slug, name=name),
            "action",
        )
    for name in sorted(in_path & declared.keys()):
        if not declared[name].required and declared[name].default is None:
            yield step.problem(
                "optional-in-path",
                phrase(
                    "the action `{slug}` has the optional `{name}` in its address, which cannot be left out there: "
                    "make it required, or give it a default.",
                    slug=action.slug,
                    name=name,
                ),
                "action",
            )


def _path_placeholders(action: "AnyAction") -> Iterator[Placeholder]:
    """Placeholders of the address before its query: they cannot be left out."""
    if action.http is not None:
        yield from placeholders(action.http.url.partition("?")[0])


def _connection_problems(step: "StepBase", slug: str, around: "Surroundings") -> Iterator[Problem]:
    if slug not in around.connections:
        yield step.problem("unknown-connection", phrase("there is no connection `{slug}`.", slug=slug), "connection")
        return
    connection = around.connections[slug]
    if connection.kind != "http":
        yield step.problem(
            "connection-kind",
            phrase(
                "the connection `{slug}` leads to an MCP server, which takes no HTTP requests: call one of its tools.",
                slug=slug,
            ),
            "connection",
        )
    wrong = connection_problem(connection, around.internal_hosts)
    if wrong:
        code, sentence = wrong
        yield step.problem(code, sentence, "connection")


def connection_problem(connection: Connection, internal_hosts: frozenset[str]) -> tuple[str, str] | None:
    """The code and the sentence of what is wrong with a connection, or None."""
    if connection.kind == "mcp_stdio":
        wrong = _command_problem(connection)
    elif connection.command:
        wrong = "connection-kind", "only a connection of the kind `mcp_stdio` starts a program: leave `command` out."
    else:
        wrong = _base_url_problem(connection, internal_hosts)
    return wrong or connection_auth_problem(connection, internal_hosts)


def _command_problem(connection: Connection) -> tuple[str, str] | None:
    if connection.base_url:
        return "connection-kind", "a connection of the kind `mcp_stdio` has a `command` and no `base_url`."
    if not connection.command or not connection.command[0].strip():
        return "connection-kind", 'say which program is started: `command: ["npx", "-y", "some-mcp-server"]`.'
    if any("\0" in word for word in connection.command):
        return "connection-kind", "the command holds a NUL character."
    return None


def _base_url_problem(connection: Connection, internal_hosts: frozenset[str]) -> tuple[str, str] | None:
    url = connection.base_url
    parts = None if "{{" in url else address_of(url)
    if parts is None or parts.query or parts.fragment:
        return "url", phrase(
            "the base URL `{url}` is no web address: it should look like https://api.example.com/v1.", url=url
        )
    if parts.username or parts.password:
        return "literal-credential", "the base URL holds a credential in clear: use the connection's authentication."
    if parts.scheme == "http" and not host_is_listed(parts.hostname or "", parts.port, internal_hosts):
        return "plain-http", (
            phrase(
                "`http://{netloc}` is not encrypted: use https, or put the host on the workspace's allow-list.",
                netloc=parts.netloc,
            )
        )
    return None


def _broken_field(request: HttpRequest) -> str:
    try:
        if request.body is not None:
            json_tree(request.body)
    except TemplateError:
        return "body"
    return "url"


def _origin_problems(step: "StepBase", url: str, around: "Surroundings") -> Iterator[Problem]:
    if origin_is_templated(url):
        yield step.problem(
            "templated-origin",
            "the address's host comes from a variable, so a customer could choose whom we call: "
            "write the host out or use a connection.",
            "url",
        )
        return
    parts = address_of(url)
    if parts is None:
        yield step.problem(
            "url", phrase("`{url}` is no web address: it should look like https://api.example.com/…", url=url), "url"
        )
    elif parts.scheme == "http" and not host_is_listed(parts.hostname or "", parts.port, around.internal_hosts):
        yield step.problem(
            "plain-http",
            phrase(
                "`http://{netloc}` is not encrypted: use https, or put the host on the workspace's allow-list.",
                netloc=parts.netloc,
            ),
            "url",
        )


def _literal_credentials(step: "StepBase", request: HttpRequest) -> Iterator[Problem]:
    why = phrase("holds a credential in clear: store it as a secret and write `{{secrets.NAME}}`, or use a connection.")
    parts = address_of(request.url)
    if parts and (parts.username or parts.password):
        yield step.problem("literal-credential", phrase("the address {why}", why=why), "url")
    query = request.url.partition("?")[2].partition("#")[0]
    in_url = [("url", name, value) for name, value in parse_qsl(query)]
    fields = [
        *in_url,
        *(("headers", name, value) for name, value in request.headers.items()),
        *(("query", name, value) for name, value in request.query.items()),
    ]
    for where, name, value in fields:
        if is_credential(name, value):
            yield step.problem("literal-credential", phrase("`{name}` {why}", name=name, why=why), where)
    if request.body is not None:
        for name, value in _pairs(json_tree(request.body), ""):
            if is_credential(name, value):
                yield step.problem(
                    "literal-credential", phrase("`{name}` in the body {why}", name=name, why=why), "body"
                )


def _pairs(node: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _pairs(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _pairs(value, name)
    elif isinstance(node, str):
        yield name, node
