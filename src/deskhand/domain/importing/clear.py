"""Credentials that stand in clear in what is imported: they become secrets before anything is stored."""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from deskhand.domain.authentication import AnyAuth, BasicAuth, BearerAuth, HeaderAuth, QueryAuth
from deskhand.domain.credentials import credential_values, is_likely_credential
from deskhand.domain.errors import DocumentError, TemplateError
from deskhand.domain.phrases import phrase
from deskhand.domain.templates import json_tree

_BEARER = re.compile(r"bearer\s+(\S.*)", re.IGNORECASE)
_TEXT_OF_JSON = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?', re.DOTALL)
_BASIC = re.compile(r"basic\s+([A-Za-z0-9+/=_-]+)", re.IGNORECASE)


@dataclass(slots=True)
class Plain:
    """A request as somebody wrote it, credentials and all."""

    url: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    form: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    auth: AnyAuth | None = None


class Secretary:
    """Takes the credentials out of a request and keeps them as secrets."""

    def __init__(self, prefix: str) -> None:
        base = re.sub(r"[^A-Z0-9]+", "_", prefix.upper()).strip("_")[:40] or "IMPORTED"
        self._prefix = base if base[0].isalpha() else f"S_{base}"
        self.secrets: dict[str, str] = {}
        self.notes: list[str] = []

    def clean(self, request: Plain) -> None:
        """Replace every credential in clear by its secret's name."""
        self._address(request)
        for name, value in list(request.headers.items()):
            self._header(request, name, value)
        for name, value in list(request.query.items()):
            if is_likely_credential(name, value):
                del request.query[name]
                self._in_query(request, name, value)
        for name, value in list(request.form.items()):
            if is_likely_credential(name, value):
                request.form[name] = self._mark(name, value)
        if request.body is not None:
            request.body = self._body(request.body)
        if request.text is not None:
            request.text = credential_values(request.text, lambda value: self._mark("KEY", value))

    def basic(self, user: str, password: str) -> BasicAuth:
        """A user name and a password."""
        return BasicAuth(kind="basic", username=user, secret=self.keep("PASSWORD", password))

    def _address(self, request: Plain) -> None:
        try:
            parts = urlsplit(request.url)
        except ValueError:
            return  # told when the action is read
        if parts.username is not None or parts.password is not None:
            host = parts.netloc.rpartition("@")[2]
            request.url = urlunsplit(parts._replace(netloc=host))
            if request.auth is None:
                request.auth = self.basic(unquote(parts.username or ""), unquote(parts.password or ""))
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        hidden = [(name, value) for name, value in pairs if is_likely_credential(name, value)]
        if hidden:
            rest = "&".join(f"{_kept(name)}={_kept(value)}" for name, value in pairs if (name, value) not in hidden)
            request.url = urlunsplit(urlsplit(request.url)._replace(query=rest))
            for name, value in hidden:
                self._in_query(request, name, value)

    def _in_query(self, request: Plain, name: str, value: str) -> None:
        if request.auth is None:
            request.auth = QueryAuth(kind="query", name=name, secret=self.keep(name, value))
        else:  # an address holds one credential at most, and only as the authentication
            self.notes.append(
                phrase("`{name}` is left out of the address: it takes no second credential.", name=name[:60])
            )

    def _header(self, request: Plain, name: str, value: str) -> None:
        if "{{" in value or not is_likely_credential(name, value):
            return
        bearer, basic = _BEARER.fullmatch(value.strip()), _BASIC.fullmatch(value.strip())
        if name.lower() == "authorization" and request.auth is None:
            del request.headers[name]
            decoded = _decoded(basic[1]) if basic else None
            if bearer:
                request.auth = BearerAuth(kind="bearer", secret=self.keep("TOKEN", bearer[1]))
            elif decoded is not None:
                request.auth = self.basic(*decoded)
            else:
                request.auth = HeaderAuth(kind="header", name=name, secret=self.keep("AUTHORIZATION", value))
            return
        request.headers[name] = self._mark(name, value)

    def _body(self, template: str) -> str:
        try:
            tree = json_tree(template)
        except TemplateError:
            return template  # told when the action is read
        for name, value in _pairs(tree, ""):
            if is_likely_credential(name, value):
                template = _replaced(template, value, json.dumps(self._mark(name, value)))
        if any(is_likely_credential(name, value) for name, value in _pairs(json_tree(template), "")):
            raise DocumentError("a credential in the body cannot be taken out: write {{secrets.NAME}} in its place.")
        return template

    def _mark(self, name: str, value: str) -> str:
        return f"{{{{secrets.{self.keep(name, value)}}}}}"

    def keep(self, what: str, value: str) -> str:
        """Keep a credential; gives its secret's name."""
        known = next((name for name, kept in self.secrets.items() if kept == value), None)
        if known is not None:
            return known
        ending = re.sub(r"[^A-Z0-9]+", "_", what.upper()).strip("_")[:18] or "KEY"
        name, number = f"{self._prefix}_{ending}", 1
        while name in self.secrets:
            number += 1
            name = f"{self._prefix}_{ending}_{number}"
        self.secrets[name] = value
        return name


def _kept(text: str) -> str:
    return quote(text, safe='{}|."() ~').replace(" ", "%20") if "{{" in text else quote(text, safe="~")


def _decoded(text: str) -> tuple[str, str] | None:
    try:
        user, sign, password = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if sign else None


def _replaced(template: str, value: str, mark: str) -> str:
    """A body with this text as another one, however it is escaped; names of fields stay."""

    def one(found: re.Match[str]) -> str:
        try:
            same = not found[2] and json.loads(found[1], strict=False) == value
        except ValueError:
            same = False
        return mark if same else found[0]

    return _TEXT_OF_JSON.sub(one, template)


def _pairs(node: Any, name: str) -> list[tuple[str, str]]:
    if isinstance(node, dict):
        return [pair for key, value in node.items() for pair in _pairs(value, key)]
    if isinstance(node, list):
        return [pair for value in node for pair in _pairs(value, name)]
    return [(name, node)] if isinstance(node, str) else []
