"""The widget's own files, for pages of every origin, and the full page that has nothing but the chat."""

import gzip
import hashlib
import json
import secrets
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import HTMLResponse, Response

from deskhand.api.cookies import own_origin
from deskhand.api.page import PageSettings
from deskhand.application.visitors import Visitors
from deskhand.domain.sentences import in_language
from deskhand.ports.stores import NotFound

router = APIRouter(tags=["Page"], include_in_schema=False)

_SCRIPT = "text/javascript; charset=utf-8"
_TYPES = {
    "widget.js": _SCRIPT,
    "widget.mjs": _SCRIPT,
    "widget.d.ts": "application/typescript; charset=utf-8",
    "widget.tgz": "application/gzip",
}
_KEPT = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="/icon.svg">
<style nonce="{nonce}">
h1 {{ position: absolute; clip-path: inset(50%); }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<noscript>{noscript}</noscript>
</main>
<script type="module" nonce="{nonce}">
import {{ mount }} from "/widget.mjs";
mount({options});
</script>
</body>
</html>
"""
_GONE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style nonce="{nonce}">
:root {{ color-scheme: light dark; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif; }}
main {{ max-width: 32rem; padding: 1.5rem; text-align: center; }}
h1 {{ font-size: 1.375rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"""
_WORDS = {
    "en": {
        "noscript": "This chat needs JavaScript: please switch it on in your browser.",
        "title": "There is no chat here",
        "text": "The address may have been mistyped, or the chat has moved. "
        "Please go back to the website that you came from, and try from there.",
    },
    "de": {
        "noscript": "Dieser Chat braucht JavaScript: Bitte schalten Sie es in Ihrem Browser ein.",
        "title": "Hier gibt es keinen Chat",
        "text": "Vielleicht ist die Adresse falsch geschrieben, oder der Chat ist umgezogen. "
        "Bitte gehen Sie zurück auf die Website, von der Sie kommen, und versuchen Sie es von dort.",
    },
}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    compressed: bytes
    etag: str


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> _File:
    """A file of the widget, compressed once. changed: when it was, so that another build is read anew."""
    content = path.read_bytes()
    return _File(content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()[:32])


@router.api_route("/widget.js", methods=["GET", "HEAD"])
@router.api_route("/widget.mjs", methods=["GET", "HEAD"])
@router.api_route("/widget.d.ts", methods=["GET", "HEAD"])
@router.api_route("/widget.tgz", methods=["GET", "HEAD"])
def get_widget(
    request: Request,
    accept_encoding: Annotated[str, Header()] = "",
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """The widget, as its build made it; a browser that has it already is told so."""
    page: PageSettings = request.app.state.page
    name = request.url.path[1:]
    path = page.dashboard / "widget" / name
    try:
        file = _read(path, path.stat().st_mtime_ns)
    except OSError:
        raise NotFound("This installation has no widget: its files are missing. `make setup` builds them.") from None
    zipped = "gzip" in accept_encoding and not name.endswith(".tgz")
    tag = f'"{file.etag}{"-gzip" if zipped else ""}"'
    headers = {**_KEPT, "ETag": tag, **({"Content-Encoding": "gzip"} if zipped else {})}
    if tag in (one.strip().removeprefix("W/") for one in if_none_match.split(",")):
        return Response(status_code=304, headers={**_KEPT, "ETag": tag})
    return Response(file.compressed if zipped else file.content, media_type=_TYPES[name], headers=headers)


@router.get("/talk/{agent:path}")
async def talk(request: Request, agent: str, accept_language: Annotated[str, Header()] = "") -> Response:
    """A page with nothing but the chat, at an address of its own."""
    visitors: Visitors = request.app.state.services.visitors
    language, nonce = "de" if accept_language.lower().startswith("de") else "en", secrets.token_urlsafe(16)
    words = {"language": language, "nonce": nonce, **_WORDS[language]}
    headers = {"Content-Security-Policy": _policy(nonce, own_origin(request))}
    try:
        _, found = await visitors.agent(agent)
    except NotFound:
        return HTMLResponse(_GONE.format(**words), status_code=404, headers=headers)
    # nothing in the name needs escaping: it is made of letters, digits, `_`, `.` and `-`
    options = json.dumps({"agent": agent, "mode": "page", "target": "main"})
    title = escape(in_language(found.widget.title, language) or found.name)
    html = _PAGE.format(**{**words, "title": title}, options=options)
    return HTMLResponse(html, headers=headers)


def _policy(nonce: str, origin: str) -> str:
    """The page's Content-Security-Policy: own scripts alone, what components show, and no page around it."""
    shown = "https:" if origin.startswith("https:") else "https: http:"
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        f"connect-src 'self'; img-src 'self' {shown} data: blob:; media-src {shown} blob:; font-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
