"""The session's cookie, and what tells that a request comes from the dashboard's own page."""

from urllib.parse import urlsplit

from fastapi import Request, Response

from deskhand.api.errors import ForeignOrigin, NeedsHttps
from deskhand.api.guarding import is_loopback
from deskhand.application.sessions import Browser

SECURE_COOKIE = "__Host-deskhand"
"""Over https: browsers take it from this host alone, and send it nowhere else."""
LOCAL_COOKIE = "deskhand_session"
"""Over plain http, on this machine alone."""
LONGEST_TOKEN = 200
KEPT = 400 * 24 * 3600
"""Seconds for which browsers are asked to keep it; the server ends the session earlier."""
MARK = "x-deskhand"
"""The header of the dashboard's requests; another origin's page cannot send it unasked."""
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def own_origin(request: Request) -> str:
    """Where people open this server: as the settings say, else as the request was addressed."""
    public: str | None = request.app.state.public_url
    if public:
        parts = urlsplit(public)
        return f"{parts.scheme}://{parts.netloc}".lower()
    return f"{request.url.scheme}://{request.headers.get('host', '')}".lower()


def token_in(request: Request) -> str | None:
    """The session's token; None where no cookie came that is for this place."""
    token = request.cookies.get(_name(request))
    return token if token and len(token) <= LONGEST_TOKEN else None


def put_token(request: Request, response: Response, token: str) -> None:
    """Have the browser keep the token."""
    secure = _is_secure(request)
    response.set_cookie(
        _name(request), token, max_age=KEPT, path="/", secure=secure, httponly=True, samesite="lax"
    )  # fmt: skip


def take_token(request: Request, response: Response) -> None:
    """Have the browser forget the token."""
    response.delete_cookie(_name(request), path="/", secure=_is_secure(request), httponly=True, samesite="lax")


def check_safe_place(request: Request) -> None:
    """Raises NeedsHttps where a password would travel in clear."""
    if not _is_secure(request) and not is_loopback(request.headers.get("host", "")):
        raise NeedsHttps


def check_own_page(request: Request) -> None:
    """Raises ForeignOrigin for a request that changes something and does not come from the dashboard."""
    if request.method not in _UNSAFE:
        return
    headers = request.headers
    foreign = any(origin.lower() != own_origin(request) for origin in headers.getlist("origin"))
    if headers.get(MARK) != "dashboard" or headers.get("sec-fetch-site", "same-origin") != "same-origin" or foreign:
        raise ForeignOrigin(
            "Who is signed in by a cookie changes things from the dashboard's own page only. "
            "Programs give an API key, or send the header `X-Deskhand: dashboard`."
        )


def browser_of(request: Request) -> Browser:
    """Where the request comes from."""
    return Browser(request.client.host if request.client else "", request.headers.get("user-agent", ""))


def _is_secure(request: Request) -> bool:
    return own_origin(request).startswith("https://")


def _name(request: Request) -> str:
    return SECURE_COOKIE if _is_secure(request) else LOCAL_COOKIE
