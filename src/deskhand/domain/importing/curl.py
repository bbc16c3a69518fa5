"""A cURL command as an action. Nothing is executed and no file is read."""

import re
import shlex
from collections.abc import Callable, Collection, Sequence
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from pydantic import ValidationError

from deskhand.domain.actions import HttpAction
from deskhand.domain.addresses import address_of
from deskhand.domain.errors import DocumentError, TemplateError
from deskhand.domain.importing.clear import Plain, Secretary
from deskhand.domain.importing.imported import Imported, first_problem, slug_of, title_of
from deskhand.domain.importing.placeholders import declared
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import HttpRequest, as_method
from deskhand.domain.templates import json_tree

LONGEST = 100_000
"""Characters of a command."""

WITH_VALUE = {
    "-X": "request", "--request": "request", "-H": "header", "--header": "header", "-d": "data", "--data": "data",
    "--data-raw": "raw", "--data-binary": "data", "--data-ascii": "data", "--data-urlencode": "encoded",
    "--json": "json", "-u": "user", "--user": "user", "--url": "url", "-b": "cookie", "--cookie": "cookie",
    "-A": "agent", "--user-agent": "agent", "-e": "referer", "--referer": "referer", "--oauth2-bearer": "bearer",
    "-m": "time", "--max-time": "time", "--url-query": "query", "-F": "multipart", "--form": "multipart",
    "--form-string": "multipart", "-T": "upload", "--upload-file": "upload", "-K": "file", "--config": "file",
    "-o": "-", "--output": "-", "-w": "-", "--write-out": "-", "--connect-timeout": "-", "--retry": "-",
    "--retry-delay": "-", "--retry-max-time": "-", "-c": "-", "--cookie-jar": "-", "-D": "-", "--dump-header": "-",
    "--limit-rate": "-", "--max-redirs": "-", "--stderr": "-", "--trace": "-", "--trace-ascii": "-",
    "-x": "proxy", "--proxy": "proxy", "--resolve": "proxy", "--connect-to": "proxy", "--interface": "proxy",
    "--unix-socket": "proxy", "--cacert": "tls", "-E": "tls", "--cert": "tls", "--key": "tls", "--cert-type": "tls",
    "--ciphers": "tls", "--tls-max": "tls",
}  # fmt: skip
"""Options that take a value: what it is, or `-` where it says nothing about the request."""

_OF_THE_SHELL = re.compile(r"\$(?:[A-Z][A-Z0-9_]*|\{\w+\}|\([^)]*)")
"""What a shell fills in. Quotes do not count: after them nobody can tell."""

FLAGS = {"-G": "get", "--get": "get", "-I": "head", "--head": "head", "-k": "insecure", "--insecure": "insecure"}
REFUSED = {
    "multipart": "it sends files (`-F`): only JSON, forms and text can be sent.",
    "upload": "it sends a file (`-T`): only JSON, forms and text can be sent.",
    "file": "it reads options from a file (`-K`): write them into the command.",
    "proxy": "it goes through a proxy or to another address than the one in the URL, which no call here does.",
}
LEFT_OUT = {
    "insecure": "`-k` is left out: certificates are always checked.",
    "tls": "TLS options are left out: certificates are always checked, and none of our own is sent.",
}


def import_curl(command: str, slug: str | None = None, taken: Sequence[str] = ()) -> Imported:
    """The command's request as a draft action, its credentials as secrets. Raises DocumentError."""
    reader = _Reader()
    words = _words(command)
    reader.read(words)
    for one in dict.fromkeys(found for word in words for found in _OF_THE_SHELL.findall(word)):
        reader.notes.append(
            phrase("`{one}` stands as it is: what a shell would put in its place is not known here.", one=one[:40])
        )
    request = reader.request()
    if _address_of(request.url) is None:
        raise DocumentError(phrase("`{url}` is no web address.", url=request.url[:200]))
    host = urlsplit(request.url).hostname or "request"
    path = re.sub(r"\{\{.*?\}\}", "", urlsplit(request.url).path)
    own = slug or slug_of(f"{request.method.lower()} {path.strip('/') or host}", taken)
    secretary = Secretary(own)
    try:
        secretary.clean(request)
        if reader.user is not None and request.auth is None:  # a header that says who sends it goes first
            user, _, password = reader.user.partition(":")
            request.auth = secretary.basic(user, password)
    except ValidationError as error:
        raise DocumentError(first_problem(error)) from None
    return as_draft(request, own, title_of("", own.replace("-", " ")), secretary, [*reader.notes, *secretary.notes])


def as_draft(request: Plain, slug: str, name: str, secretary: Secretary, notes: list[str]) -> Imported:
    """A request that was read as an action that asks for a description. Raises DocumentError."""
    if _address_of(request.url) is None:
        raise DocumentError(phrase("`{url}` is no web address.", url=request.url[:200]))
    try:
        sent = HttpRequest(
            url=request.url, method=as_method(request.method), headers=request.headers, query=request.query,
            body=request.body, form=request.form, text=request.text, auth=request.auth,
        )  # fmt: skip
        action = HttpAction(slug=slug, name=name, draft=True, request=sent, variables=declared(sent))
    except ValidationError as error:
        raise DocumentError(first_problem(error)) from None
    asks = phrase(
        "`{slug}` is a draft: say in its description what it does and when to use it, then switch `draft` off.",
        slug=slug,
    )
    return Imported([action], notes=[*notes, asks], secrets=secretary.secrets)


def _address_of(url: str) -> SplitResult | None:
    """The parts of an address, whatever its placeholders stand for."""
    return address_of(re.sub(r"\{\{.*?\}\}", "x", url))


def _words(command: str) -> list[str]:
    """The words of a command as a shell would take them apart. Raises DocumentError."""
    if len(command) > LONGEST:
        raise DocumentError(phrase("the command has more than {most:,} characters.", most=LONGEST))
    joined = re.sub(r"[\\^]\r?\n", " ", command.strip().removeprefix("$ "))
    joined = re.sub(r"\$'((?:[^'\\]|\\.)*)'", lambda found: shlex.quote(_unescaped(found[1])), joined)
    try:
        words = shlex.split(joined)
    except ValueError as error:
        raise DocumentError(phrase("the command cannot be taken apart: {fault}.", fault=str(error).lower())) from None
    if not words or words[0].rsplit("/", 1)[-1] not in ("curl", "curl.exe"):
        raise DocumentError("this is no cURL command: it should begin with `curl`.")
    for sign in ("|", ";", "&&", ">", "<", "||"):
        if sign in words:
            words = words[: words.index(sign)]
    return words[1:]


def _unescaped(text: str) -> str:
    known: dict[str, str] = {"n": "\n", "t": "\t", "r": "\r"}

    def one(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if code[0] in "ux" and len(code) > 1 else known.get(code, code)

    return re.sub(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", one, text)


class _Reader:
    def __init__(self) -> None:
        self.method: str | None = None
        self.urls: list[str] = []
        self.headers: dict[str, str] = {}
        self.data: list[str] = []
        self.query: list[str] = []
        self.notes: list[str] = []
        self.user: str | None = None
        self.is_json = self.in_query = False

    def read(self, words: list[str]) -> None:
        """Take the options one after the other. Raises DocumentError."""
        rest = iter(words)
        for word in rest:
            flags, name, value = _option(word)
            for sign in flags:
                self.flag(FLAGS.get(f"-{sign}", ""))
            if not word.startswith("-") or word == "-":
                self.urls.append(word)
            elif name in WITH_VALUE:
                if value is None:
                    value = next(rest, None)
                if value is None:
                    raise DocumentError(phrase("`{name}` needs a value.", name=name))
                self.take(WITH_VALUE[name], value)
            else:
                self.flag(FLAGS.get(name, ""))

    def take(self, kind: str, value: str) -> None:
        """One option with its value."""
        if kind in REFUSED:
            raise DocumentError(REFUSED[kind])
        if kind in LEFT_OUT:
            self.notes.append(LEFT_OUT[kind])
        simple: dict[str, Callable[[str], object]] = {
            "request": lambda text: setattr(self, "method", text.upper()),
            "url": self.urls.append,
            "header": self.header,
            "raw": self.data.append,
            "data": self.from_data,
            "encoded": lambda text: self.data.append(_encoded(text)),
            "json": self.json,
            "user": lambda text: setattr(self, "user", text),
            "bearer": lambda text: self.headers.__setitem__("Authorization", f"Bearer {text}"),
            "cookie": lambda text: self.headers.__setitem__("Cookie", text),
            "agent": lambda text: self.headers.__setitem__("User-Agent", text),
            "referer": lambda text: self.headers.__setitem__("Referer", text),
            "query": lambda text: self.query.append(_encoded(text)),
        }
        if kind in simple:
            simple[kind](value)

    def flag(self, kind: str) -> None:
        """One option without a value."""
        if kind == "get":
            self.in_query = True
        elif kind == "head":
            self.method = "HEAD"
        elif kind in LEFT_OUT:
            self.notes.append(LEFT_OUT[kind])

    def header(self, line: str) -> None:
        """`Name: value`."""
        if line.startswith("@"):
            raise DocumentError("it reads headers from a file: write them into the command.")
        name, sign, value = line.partition(":")
        if sign and value.strip():
            self.headers[name.strip()] = value.strip()

    def from_data(self, text: str) -> None:
        """`-d`, which names a file where it begins with `@`."""
        if text.startswith("@"):
            raise DocumentError(
                phrase("it reads its body from the file `{text}`: write the body into the command.", text=text[1:80])
            )
        self.data.append(text)

    def json(self, text: str) -> None:
        """`--json`."""
        self.from_data(text)
        self.is_json = True

    def request(self) -> Plain:
        """The whole request. Raises DocumentError."""
        if len(self.urls) != 1:
            raise DocumentError(
                "the command has no address." if not self.urls else "the command has several addresses."
            )
        url = self.urls[0] if "://" in self.urls[0] else f"https://{self.urls[0]}"
        found = Plain(url, headers=self.headers)
        data = "" if self.is_json else "&"
        joined = data.join(self.data)
        if self.in_query:
            self.query.append(joined)
            joined = ""
        for pair in "&".join(self.query).split("&") if any(self.query) else ():
            name, _, value = pair.partition("=")
            found.query[_once(_decoded(name), found.query)] = _decoded(value)
        found.method = self.method or ("POST" if joined else "GET")
        if found.method not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            raise DocumentError(
                phrase("{method} requests cannot be sent: use GET, POST, PUT, PATCH or DELETE.", method=found.method)
            )
        if joined:
            self._body(found, joined)
        return found

    def _body(self, found: Plain, text: str) -> None:
        name = next((one for one in found.headers if one.lower() == "content-type"), None)
        kind = "application/json" if self.is_json else found.headers.get(name or "", "").lower()
        if "json" in kind or (not kind and _is_json(text)):
            found.body = text
        elif kind in ("", "application/x-www-form-urlencoded") and "=" in text:
            for field, value in parse_qsl(text, keep_blank_values=True):
                found.form[_once(field, found.form)] = value
        else:
            found.text = text
            return
        if name is not None and kind in ("application/json", "application/x-www-form-urlencoded"):
            del found.headers[name]  # it is set with the body


def _once(name: str, known: Collection[str]) -> str:
    """The name, which must not be among those that are known. Raises DocumentError."""
    if name in known:
        raise DocumentError(
            phrase("it sends `{name}` several times: leave one, or make it a list in the action.", name=name[:60])
        )
    return name


def _option(word: str) -> tuple[str, str, str | None]:
    """Flags before the option, its name, and its value where all are one word: `-sXPOST`, `--request=POST`."""
    if word.startswith("--") or not word.startswith("-"):
        name, sign, value = word.partition("=")
        return "", name, value if sign else None
    at = next((at for at, sign in enumerate(word) if at and f"-{sign}" in WITH_VALUE), len(word) - 1)
    return word[1:at], f"-{word[at:][:1]}", word[at + 1 :] or None


def _encoded(text: str) -> str:
    name, sign, value = text.partition("=")
    if "@" in (name if sign else text):
        raise DocumentError("it reads data from a file: write the data into the command.")
    return f"{name}={value if '{{' in value else quote(value, safe='')}" if sign else quote(text, safe="")


def _decoded(text: str) -> str:
    return parse_qsl(f"x={text}", keep_blank_values=True)[0][1]


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json_tree(text)
    except TemplateError:
        return False
    return True
