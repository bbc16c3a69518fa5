"""The dashboard's page, its files, and what it is told at the start."""

import secrets
from dataclasses import dataclass
from mimetypes import guess_type
from os.path import isfile  # a name that is too long for a file is simply none
from pathlib import Path
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, FastAPI, Header, Request
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from deskhand.api.cookies import token_in
from deskhand.api.guarding import dashboard_policy
from deskhand.api.models import Shown
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import NotFound

DASHBOARD = Path(__file__).parents[1] / "dashboard"
NONCE = "__NONCE__"
"""What the built page has where each answer needs a number of its own."""
VISIT = "__SESSION__"
"""What it has where each answer says whether the browser brought a session: one that did not need not ask who it is."""
_NO_SCREENS = ("v1", "scripts", "assets", "talk", "widget")

router = APIRouter(tags=["Page"], include_in_schema=False)
screens = APIRouter(tags=["Page"], include_in_schema=False)


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What the page is told."""

    demo: bool = False
    shop: str | None = None
    """Where the demo shop is."""
    dashboard: Path = DASHBOARD
    """The dashboard's built files."""


class Session(Shown):
    """What kind of server this is."""

    demo: bool
    shop: str | None


@router.get("/session.json")
async def session(request: Request, sec_fetch_site: Annotated[str | None, Header()] = None) -> Session:
    """What kind of server this is; where the demo's shop is, only its own page learns."""
    page: PageSettings = request.app.state.page
    own = sec_fetch_site in (None, "same-origin", "none")
    return Session(demo=page.demo, shop=page.shop if own else None)


@screens.get("/{path:path}")
def dashboard(request: Request, path: str, accept: Annotated[str, Header()] = "*/*") -> Response:
    """A file of the dashboard, or its page: which screen an address means is the page's own business."""
    page: PageSettings = request.app.state.page
    if _is_file(page.dashboard, path):
        return FileResponse(page.dashboard / path)
    if path.partition("/")[0] in _NO_SCREENS or not ("text/html" in accept or not path):
        raise NotFound(phrase("There is nothing at /{path}.", path=path[:200]))
    index = page.dashboard / "index.html"
    if not index.is_file():
        raise NotFound("This installation has no dashboard: its files are missing. `make setup` builds them.")
    nonce = secrets.token_urlsafe(16)
    session = "none" if token_in(request) is None else "begun"
    html = index.read_text(encoding="utf-8").replace(NONCE, nonce).replace(VISIT, session)
    return HTMLResponse(html, headers={"Content-Security-Policy": dashboard_policy(nonce)})


def _is_file(folder: Path, path: str) -> bool:
    """Whether this is a file that anybody may have, at the top of the folder."""
    plain = path and "/" not in path and not path.startswith(".") and path != "index.html"
    return bool(plain) and isfile(folder / path)


class _Assets(StaticFiles):
    """Built files, as the build has compressed them for whoever takes that.

    They hold no secret that compressing beside a stranger's text could give away; answers of the API may.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        takes = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if takes and await to_thread.run_sync(isfile, f"{self.directory}/{path}.gz"):
            answer = await super().get_response(f"{path}.gz", scope)
            answer.headers["Content-Encoding"] = "gzip"
            answer.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
        else:
            answer = await super().get_response(path, scope)
        answer.headers["Vary"] = "Accept-Encoding"
        return answer


def serve_page(app: FastAPI) -> None:
    """Serve the page and its files; comes last, for every other address is the dashboard's."""
    page: PageSettings = app.state.page
    app.include_router(router)
    app.mount("/assets", _Assets(directory=page.dashboard / "assets", check_dir=False), name="assets")
    app.include_router(screens)
