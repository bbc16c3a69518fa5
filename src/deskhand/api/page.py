"""The page, its files, and what it is told at the start."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from deskhand.api.models import Shown
from deskhand.ports.stores import NotFound

STATIC = Path(__file__).parent / "static"

router = APIRouter(tags=["Page"], include_in_schema=False)


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What the page is told."""

    key: str | None = None
    """An API key, for the local demo alone."""
    demo: bool = False
    shop: str | None = None
    """Where the demo shop is."""


class Session(Shown):
    """What the page begins with; without a key it asks for one."""

    key: str | None
    demo: bool
    shop: str | None


@router.get("/")
async def index() -> Response:
    """The page."""
    if not (STATIC / "index.html").is_file():
        raise NotFound("This installation has no page: its files are missing.")
    return FileResponse(STATIC / "index.html")


@router.get("/session.json")
async def session(request: Request, sec_fetch_site: Annotated[str | None, Header()] = None) -> Session:
    """What the page begins with: a key only for the local demo's own page."""
    page: PageSettings = request.app.state.page
    own = sec_fetch_site in (None, "same-origin", "none")
    trusted = page.demo and own and request.app.state.loopback_only
    return Session(key=page.key if trusted else None, demo=page.demo, shop=page.shop if own else None)


def serve_page(app: FastAPI) -> None:
    """Serve the page and its files."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
