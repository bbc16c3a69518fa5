"""Access tokens of OAuth 2.0: how one is asked for, and what the token server's answer means (RFC 6749)."""

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from deskhand.domain.authentication import OAuth, RefreshToken
from deskhand.domain.errors import DeskhandError
from deskhand.domain.masking import masked_text
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.ports.http import Answer, OutwardRequest

TIMEOUT = 20.0
"""Seconds that a token server may take."""
ASSUMED_LIFE = 300
"""Seconds that a token lives where its server does not say."""
LONGEST_LIFE = 30 * 86_400
EARLIEST = 60.0
"""Seconds before its end at which a token is renewed, or a tenth of its life where that is less."""

_USABLE = re.compile(r"[!-~]{1,16384}")
_NEW_REFRESH_TOKEN = re.compile(r"[ -~]{1,10000}")
_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,63}", re.IGNORECASE)


class NoToken(DeskhandError):
    """No access token could be had, so nothing was sent to the system itself."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token server gave."""

    access_token: str = field(repr=False)
    usable: int
    """Milliseconds until it should be renewed."""
    refresh_token: str | None = field(default=None, repr=False)
    """The one to use from now on, where it was changed."""


def token_request(auth: OAuth, secrets: Mapping[str, str]) -> OutwardRequest:
    """The request for an access token; secrets by name."""
    form = {"grant_type": "client_credentials"}
    if isinstance(auth, RefreshToken):
        form = {"grant_type": "refresh_token", "refresh_token": secrets[auth.refresh_secret]}
    elif auth.audience:
        form["audience"] = auth.audience
    if auth.scope:
        form["scope"] = auth.scope
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    secret = secrets[auth.secret] if auth.secret else None
    if secret is not None and auth.style == "header":
        pair = f"{quote_plus(auth.client_id)}:{quote_plus(secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form["client_id"] = auth.client_id
        form |= {} if secret is None else {"client_secret": secret}
    return OutwardRequest("POST", auth.token_url, headers, urlencode(form).encode(), timeout=TIMEOUT)


def read_grant(answer: Answer, auth: OAuth, secrets: Mapping[str, str]) -> Grant:
    """The tokens in an answer. Raises NoToken with what to do, without anything that is secret."""
    where = urlsplit(auth.token_url).netloc
    body = _object(answer)
    if not 200 <= answer.status < 300:
        refusal = _refusal(answer.status, body or {}, auth, where)
        raise NoToken(joined((refusal, _said(body or {}, secrets)), ""))
    if body is None:
        wrong = answer.problem or phrase("what it answered is no JSON object")
        raise NoToken(
            phrase(
                "No access token: {where} answered {status}, but {why:open}. Check `token_url`.",
                where=where,
                status=answer.status,
                why=wrong,
            )
        )
    token, kind = body.get("access_token"), body.get("token_type", "Bearer")
    if not isinstance(token, str) or not _USABLE.fullmatch(token):
        raise NoToken(
            phrase(
                "No access token: the answer of {where} holds no usable `access_token`. Check `token_url`.", where=where
            )
        )
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise NoToken(
            phrase(
                "No access token: {where} gives tokens that are not of the type Bearer, which cannot be used.",
                where=where,
            )
        )
    renewed = body.get("refresh_token")
    usable = isinstance(renewed, str) and _NEW_REFRESH_TOKEN.fullmatch(renewed)
    return Grant(token, _usable(body.get("expires_in")), renewed if usable else None)


def _usable(given: Any) -> int:
    try:
        seconds = float(given)
    except (TypeError, ValueError):
        seconds = ASSUMED_LIFE
    if math.isnan(seconds):
        seconds = ASSUMED_LIFE
    seconds = min(max(seconds, 0.0), LONGEST_LIFE)
    return round((seconds - min(EARLIEST, seconds / 10)) * 1000)


def _object(answer: Answer) -> dict[str, Any] | None:
    try:
        found = read_json(answer.body.decode())
    except (UnicodeDecodeError, Unreadable):
        return None
    return found if isinstance(found, dict) and not answer.problem else None


def _refusal(status: int, body: Mapping[str, Any], auth: OAuth, where: str) -> str:
    """What the token server's refusal means, and what to do."""
    code = body.get("error")
    match code:
        case "invalid_client":
            return phrase(
                "No access token: {where} does not take the client id or its secret (invalid_client). Check both, "
                "and whether it wants them in the {place} (`style`).",
                where=where,
                place=phrase("body") if auth.style == "header" else phrase("header"),
            )
        case "invalid_grant" if isinstance(auth, RefreshToken):
            return phrase(
                "No access token: {where} does not take the refresh token any more (invalid_grant). Agree to the "
                "access anew over there, and store the new refresh token in the secret `{secret}`.",
                where=where,
                secret=auth.refresh_secret,
            )
        case "invalid_scope":
            return phrase(
                "No access token: {where} does not give the scope `{scope}` (invalid_scope).",
                where=where,
                scope=auth.scope or "",
            )
        case "unauthorized_client" | "unsupported_grant_type":
            return phrase(
                "No access token: {where} does not let this client have tokens in this way ({code}).",
                where=where,
                code=code,
            )
    shown = f" ({code})" if isinstance(code, str) and _CODE.fullmatch(code) else ""
    hint = phrase(" Check `token_url`.") if status == 404 else ""
    return phrase(
        "No access token: {where} answered {status}{shown}.{hint}", where=where, status=status, shown=shown, hint=hint
    )


def _said(body: Mapping[str, Any], secrets: Mapping[str, str]) -> str:
    said = body.get("error_description")
    if not isinstance(said, str) or not said.strip():
        return ""
    words = " ".join(masked_text(said, [value for value in secrets.values() if value]).split())
    return phrase(" It said: {words}.", words=words[:200].rstrip("."))
