"""Requests as cURL commands, credentials left out."""

import shlex
from collections.abc import Mapping
from typing import Any

from deskhand.domain import effects as f
from deskhand.domain.authentication import BasicAuth, BodyAuth, HeaderAuth, QueryAuth
from deskhand.domain.requests import Connection

CREDENTIAL = "••••••"


def as_curl(act: f.CallHttp, connections: Mapping[str, Connection]) -> str:
    """The request as a cURL command; whoever runs it fills the credentials in."""
    shown = act.shown()
    connection = connections.get(act.request.connection or "")
    auth = act.request.auth or (connection.auth if connection else None)
    url = str(shown["url"])
    if isinstance(auth, QueryAuth):
        url += ("&" if "?" in url else "?") + f"{auth.name}={CREDENTIAL}"
    parts = ["curl", "-X", str(shown["method"]), shlex.quote(url)]
    headers: Any = shown.get("headers", {})
    for name, value in headers.items():
        parts += ["-H", shlex.quote(f"{name}: {value}")]
    match auth:
        case None | QueryAuth() | BodyAuth():
            pass
        case BasicAuth():
            parts += ["-u", shlex.quote(f"{auth.username}:{CREDENTIAL}")]
        case HeaderAuth():
            parts += ["-H", shlex.quote(f"{auth.name}: {CREDENTIAL}")]
        case _:
            parts += ["-H", shlex.quote(f"Authorization: Bearer {CREDENTIAL}")]
    if "body" in shown:
        parts += ["--data-raw", shlex.quote(str(shown["body"]))]
    command = " ".join(parts)
    return command + (f"  # with `{auth.name}` in the body" if isinstance(auth, BodyAuth) else "")
