"""An OpenAPI 3.0 or 3.1 description, or a Swagger 2.0 one, as actions and the connections that they need."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from pydantic import ValidationError

from deskhand.domain.actions import HttpAction
from deskhand.domain.addresses import address_of
from deskhand.domain.authentication import AnyAuth
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.fields import properties, variable
from deskhand.domain.importing.imported import Imported, Refused, description_of, first_problem, slug_of, title_of
from deskhand.domain.importing.references import Document, Unusable, literal
from deskhand.domain.importing.security import Security
from deskhand.domain.importing.swagger import METHODS, modernised
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import Connection, HttpRequest, as_method
from deskhand.domain.variables import Variable

MOST_VARIABLES = 300
"""Parameters and fields of one operation; a larger body is taken as a whole."""
SUPPORTED = ("get", "post", "put", "patch", "delete")
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_IN_PATH = re.compile(r"\{([^{}/]+)\}")
_JSON = re.compile(r"application/(?:[\w.+-]*\+)?json\b|\*/\*|application/\*", re.IGNORECASE)
_FORM = "application/x-www-form-urlencoded"
_BRACE = re.compile(r"[{}\s]")
_MEDIA_TYPE = re.compile(r"[\w.+*-]+/[\w.+*-]+(?:\s*;[\w.+*=\s\"-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which operations are wanted; all of them where nothing is named."""

    tags: Sequence[str] = ()
    ids: Sequence[str] = ()

    def takes(self, operation: dict[str, Any], method: str, path: str) -> bool:
        """Whether an operation is wanted; `GET /path` names one without an id."""
        if not self.tags and not self.ids:
            return True
        tags = operation.get("tags")
        tags = tags if isinstance(tags, list) else []
        names = {str(operation.get("operationId")), f"{method.upper()} {path}"}
        return any(tag in tags for tag in self.tags) or any(one in names for one in self.ids)

    def unmet(self, found: Iterable[tuple[str, str, dict[str, Any], dict[str, Any]]]) -> list[Refused]:
        """What was named and is not in the description."""
        offered = [(operation, method, path) for path, method, operation, _ in found] if self.tags or self.ids else []
        return [
            Refused(name, reason)
            for names, field, reason in (
                (self.tags, "tags", "no operation of the description has this tag."),
                (self.ids, "ids", "the description has no such operation."),
            )
            for name in names
            if not any(Choice(**{field: (name,)}).takes(*one) for one in offered)
        ]


@dataclass(frozen=True, slots=True)
class Found:
    """An operation of a description."""

    id: str
    method: str
    path: str
    tags: tuple[str, ...]
    summary: str


def operations(data: dict[str, Any]) -> list[Found]:
    """What a description offers. Raises DocumentError."""
    return [
        Found(
            str(operation.get("operationId") or f"{method.upper()} {path}"),
            method.upper(),
            path,
            tuple(str(tag) for tag in operation["tags"]) if isinstance(operation.get("tags"), list) else (),
            title_of(str(operation.get("summary") or ""), str(operation.get("operationId") or f"{method} {path}")),
        )
        for path, method, operation, _ in _operations(Document(_modern(data)))
    ]


def import_openapi(
    data: dict[str, Any], *, source: str | None = None, base_url: str | None = None, slug: str | None = None,
    choice: Choice | None = None, taken: Sequence[str] = (),
) -> Imported:  # fmt: skip
    """The chosen operations as actions; nothing is stored and nothing is called.

    source: the address that the description came from, against which relative servers are read. base_url: in place of
    the description's servers. slug: of the connection. taken: slugs that actions already have.
    Raises DocumentError where it is no description at all.
    """
    return _Import(Document(_modern(data)), source, base_url, slug, set(taken)).run(choice or Choice())


def _modern(data: dict[str, Any]) -> dict[str, Any]:
    version = data.get("openapi")
    if data.get("swagger") in ("2.0", 2.0, "2"):
        return modernised(data)
    if not isinstance(version, str | float) or not str(version).startswith("3."):
        raise DocumentError(
            "this is no OpenAPI 3 or Swagger 2.0 description: `openapi: 3.…` or `swagger: 2.0` is missing."
        )
    if not isinstance(data.get("paths", {}), dict):
        raise DocumentError("`paths` of the description is no mapping.")
    return data


def _operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Path, method, operation and path item of every operation."""
    for path, given in document.data.get("paths", {}).items():
        try:
            item = document.resolved(given)
        except Unusable:
            item = {}
        for method in METHODS:
            if isinstance(item.get(method), dict):
                yield str(path), method, item[method], item


class _Import:
    def __init__(
        self, document: Document, source: str | None, base_url: str | None, slug: str | None, taken: set[str]
    ) -> None:
        self.document = document
        self.source = source
        self.base_url = base_url
        about = document.data.get("info")
        self.title = str(about.get("title") or "") if isinstance(about, dict) else ""
        self.slug = slug or slug_of(self.title, (), "api")
        self.security = Security(document, self.slug)
        self.taken = taken
        self.found = Imported()
        self.connections: dict[tuple[str, str], Connection] = {}

    def run(self, choice: Choice) -> Imported:
        for path, method, operation, item in _operations(self.document):
            if not choice.takes(operation, method, path):
                continue
            name = str(operation.get("operationId") or f"{method.upper()} {path}")
            try:
                self.found.actions.append(self._action(path, method, operation, item))
            except Unusable as reason:
                self.found.refused.append(Refused(name, phrase("{reason}.", reason=reason.args[0])))
            except ValidationError as error:
                self.found.refused.append(Refused(name, first_problem(error)))
            except RecursionError:
                self.found.refused.append(Refused(name, "its schemas are nested too deeply."))
        self.found.connections = list(self.connections.values())
        self.found.refused += choice.unmet(_operations(self.document))
        return self.found

    def _action(self, path: str, method: str, operation: dict[str, Any], item: dict[str, Any]) -> HttpAction:
        if method not in SUPPORTED:
            raise Unusable(phrase("{method} requests cannot be sent", method=method.upper()))
        auth, secret_headers, notes = self.security.of(operation)
        connection = self._connection(operation, item, auth)
        sent = _Request(self.document)
        sent.parameters(path, [*_listed(item.get("parameters")), *_listed(operation.get("parameters"))])
        sent.body(method, operation.get("requestBody"))
        name = str(operation.get("operationId") or f"{method} {path}")
        slug = slug_of(name, self.taken)
        summary = str(operation.get("summary") or "")
        action = HttpAction(
            slug=slug,
            name=title_of(summary, name),
            description=description_of(
                [summary, str(operation.get("description") or "")], f"{method.upper()} {path}"
            ),
            variables=sent.variables,
            irreversible=method == "delete",
            request=HttpRequest(
                url=sent.url,
                method=as_method(method),
                connection=connection,
                headers={**sent.headers, **secret_headers},
                query=sent.query,
                body=sent.json,
                form=sent.form,
                text=sent.text,
            ),
        )  # fmt: skip
        self.taken.add(slug)
        self.found.notes += [f"{slug}: {note}" for note in (*sent.notes, *notes)]
        return action

    def _connection(self, operation: dict[str, Any], item: dict[str, Any], auth: AnyAuth | None) -> str:
        url = self._server(operation, item)
        key = url, "" if auth is None else auth.model_dump_json()
        known = self.connections.get(key)
        if known is None:
            slugs = {one.slug for one in self.connections.values()}
            known = Connection(slug=slug_of(self.slug, slugs), name=self.title[:100], base_url=url, auth=auth)
            self.connections[key] = known
        return known.slug

    def _server(self, operation: dict[str, Any], item: dict[str, Any]) -> str:
        url = self.base_url
        if url is None:
            given = (operation.get("servers"), item.get("servers"), self.document.data.get("servers"))
            servers = next((one for one in given if isinstance(one, list) and one), [{"url": "/"}])
            url = _joined(self.source, _filled(self.document.resolved(servers[0])))
        if "://" not in url or address_of(url) is None or _BRACE.search(url):
            raise Unusable(phrase("the description does not say where the service is: give its base URL"))
        return url.split("?")[0].split("#")[0].rstrip("/")


class _Request:
    """The parts of one operation's request, with the variables that they need."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.variables: list[Variable] = []
        self.url = ""
        self.query: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.json: str | None = None
        self.form: dict[str, str] = {}
        self.text: str | None = None
        self.notes: list[str] = []

    def parameters(self, path: str, given: list[Any]) -> None:
        """Path, query and header parameters; the operation's own go before those of its path."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for one in given:
            parameter = self.document.resolved(one)
            found[str(parameter.get("in")), str(parameter.get("name"))] = parameter
        places: dict[str, str] = {}
        for name in dict.fromkeys(_IN_PATH.findall(path)):
            parameter = found.get(("path", name), {})
            places[name] = self._add(parameter, name, required=True, flat=True)
        self.url = _IN_PATH.sub(lambda match: f"{{{{{places[match[1]]}}}}}", path.split("?")[0].split("#")[0])
        if "{" in _IN_PATH.sub("", path):
            raise Unusable(phrase("its path `{path}` cannot be read", path=path[:120]))
        for (place, name), parameter in found.items():
            required = parameter.get("required") is True
            if place == "query":
                self.query[name] = f"{{{{{self._add(parameter, name, required, flat=not _repeats(parameter))}}}}}"
            elif place == "header" and name.lower() not in _IGNORED_HEADERS:
                self.headers[name] = f"{{{{{self._add(parameter, name, required, flat=True)}}}}}"
            elif place == "cookie":
                if required:
                    raise Unusable(phrase("it needs the cookie `{name}`, and no cookies are sent", name=name))
                self.notes.append(phrase("the cookie `{name}` is left out.", name=name))

    def body(self, method: str, given: Any) -> None:
        """The request's body: JSON, a form, or text."""
        if given is None or method == "get":
            return
        wanted = self.document.resolved(given)
        content = wanted.get("content")
        # a media type becomes a header, which is a template: what is none must not get there
        given = {str(kind): media for kind, media in content.items()} if isinstance(content, dict) else {}
        kinds = {kind: media for kind, media in given.items() if _MEDIA_TYPE.fullmatch(kind)}
        required = wanted.get("required") is True
        if not kinds:
            if given and required:
                raise Unusable(
                    phrase("its body is {types}, which is no media type", types=" or ".join(list(given)[:3])[:120])
                )
            return
        as_json = next((kind for kind in kinds if _JSON.match(kind)), None)
        as_text = next((kind for kind in kinds if kind.startswith("text/") or kind.endswith("xml")), None)
        if as_json is not None:
            self._json(self.document.resolved(kinds[as_json]), required)
            if not as_json.lower().startswith("application/json") and "*" not in as_json:
                self.headers["Content-Type"] = as_json
        elif _FORM in kinds:
            self._form(self.document.resolved(kinds[_FORM]))
        elif as_text is not None:
            self.text = f"{{{{{self._add(self.document.resolved(kinds[as_text]), 'body', required, flat=True)}}}}}"
            self.headers["Content-Type"] = as_text
        elif required:
            raise Unusable(
                phrase(
                    "its body is {types}, which cannot be sent: only JSON, forms and text",
                    types=" or ".join(list(kinds)[:3]),
                )
            )
        else:
            self.notes.append(phrase("its body ({types}) is left out.", types=", ".join(list(kinds)[:3])))

    def _json(self, media: dict[str, Any], required: bool) -> None:
        fields = properties(self.document, media.get("schema"))
        if fields is None or len(fields[0]) > MOST_VARIABLES:
            self.json = f"{{{{{self._add(media, 'body', required, flat=False)}}}}}"
            return
        pairs = []
        for name, schema in fields[0].items():
            whole = self.document.resolved(schema)
            if whole.get("readOnly") is True:
                continue
            inner = self._add({"schema": schema}, name, required and name in fields[1], flat=False)
            pairs.append(f"{json.dumps(literal(name))}: {{{{{inner}}}}}")
        self.json = "{" + ", ".join(pairs) + "}"

    def _form(self, media: dict[str, Any]) -> None:
        fields = properties(self.document, media.get("schema"))
        if fields is None:
            raise Unusable(phrase("its form has no fields that are known beforehand"))
        for name, schema in fields[0].items():
            whole = self.document.resolved(schema)
            if whole.get("readOnly") is not True:
                flat = whole.get("type") != "array"
                self.form[name] = f"{{{{{self._add({'schema': schema}, name, name in fields[1], flat)}}}}}"

    def _add(self, given: dict[str, Any], name: str, required: bool, flat: bool) -> str:
        if len(self.variables) > MOST_VARIABLES:
            raise Unusable(phrase("it has more than {most} parameters and fields", most=MOST_VARIABLES))
        schema = given.get("schema")
        if schema is None and isinstance(given.get("content"), dict):
            schema = next((self.document.resolved(one).get("schema") for one in given["content"].values()), None)
        examples = given.get("examples")
        shown = (
            [self.document.resolved(one).get("value") for one in examples.values()]
            if isinstance(examples, dict)
            else []
        )
        one = variable(
            self.document,
            name,
            schema if schema is not None else {"type": "string"},
            required=required,
            about=str(given.get("description") or ""),
            example=next((value for value in (given.get("example"), *shown) if value is not None), None),
            taken={known.name for known in self.variables},
            flat=flat,
        )
        self.variables.append(one)
        return one.name


def _repeats(parameter: dict[str, Any]) -> bool:
    """Whether a list in the query repeats the name, which is what we can send; else it is taken as text."""
    return parameter.get("style", "form") == "form" and parameter.get("explode", True) is True


def _joined(source: str | None, url: str) -> str:
    """A server's address as it is meant where the description came from an address itself."""
    try:
        return urljoin(source, url) if source else url
    except ValueError:  # brackets that hold no address
        raise Unusable(phrase("its server's address `{url}` cannot be read", url=url[:120])) from None


def _filled(server: dict[str, Any]) -> str:
    """A server's address, its variables at their defaults."""
    url = str(server.get("url") or "/")
    variables = server.get("variables")
    for name, one in (variables if isinstance(variables, dict) else {}).items():
        if isinstance(one, dict):
            url = url.replace(f"{{{name}}}", str(one.get("default", "")))
    return url


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
