"""The demo shop's server: `python -m deskhand.demo.shop --port 0 --token …`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from deskhand.demo.content import PAGES, text_of
from deskhand.demo.shop_answers import Answers
from deskhand.demo.shop_data import ShopData
from deskhand.demo.shop_ledger import Conflict, Ledger, NotFound, ShopError, Unusable
from deskhand.demo.shop_page import shop_page
from deskhand.demo.shop_pages import customers_page
from deskhand.demo.shop_rig import add_rig
from deskhand.demo.shop_routes import router
from deskhand.demo.shop_sample import sample
from deskhand.demo.shop_serving import address_of, listen, run

_STATUS: dict[type[ShopError], int] = {NotFound: 404, Conflict: 409, Unusable: 422}


def build_shop(token: str, data: ShopData | None = None, *, rig: bool = False) -> FastAPI:
    """The shop as an ASGI application; every request but those for its pages needs `token`, and `rig` adds `/_test`.

    Without `data` it opens with the sample, counted from today. An empty token is a ValueError.
    The rig's dropped connections need the server of `shop_serving`.
    """
    if not token:
        raise ValueError("The demo shop needs a token that is not empty.")
    app = FastAPI(title="Demo shop", docs_url=None, redoc_url=None, generate_unique_id_function=lambda r: r.name)
    app.state.token = token
    app.state.ledger = Ledger(data or sample(_today()))
    app.state.answers = Answers()
    app.state.rig = rig
    app.include_router(router)
    app.add_api_route("/", _index, response_class=HTMLResponse, include_in_schema=False)
    for page in PAGES:
        app.add_api_route(f"/{page}", partial(_page, page), response_class=HTMLResponse, include_in_schema=False)
    app.add_exception_handler(ShopError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    if rig:
        add_rig(app)
    return app


async def _index(request: Request) -> HTMLResponse:
    return HTMLResponse(shop_page(request.app.state.ledger))


async def _page(name: str) -> HTMLResponse:
    return HTMLResponse(customers_page(text_of(f"{name}.md")))


async def _refused(request: Request, error: Exception) -> JSONResponse:
    match error:
        case ShopError():
            return JSONResponse({"error": str(error)}, _STATUS[type(error)])
        case HTTPException():
            return JSONResponse({"error": error.detail}, error.status_code, error.headers)
        case RequestValidationError():
            return JSONResponse({"error": "; ".join(map(_complaint, error.errors()))}, 422)
        case _:
            raise error


def _complaint(error: dict[str, object]) -> str:
    where = ".".join(str(part) for part in error["loc"][1:])  # type: ignore[index]
    return f"{where}: {error['msg']}" if where else str(error["msg"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the shop on this machine until it is interrupted; its address is the first line printed."""
    parser = argparse.ArgumentParser(prog="python -m deskhand.demo.shop", description="A made-up shop with an API.")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on; 0 takes a free one")
    parser.add_argument("--token", required=True, help="what callers send as 'Authorization: Bearer'")
    parser.add_argument("--rig", action="store_true", help="add /_test: faults on purpose, for tests only")
    parser.add_argument("--today", type=date.fromisoformat, default=_today(), help="count its dates from this day")
    given = parser.parse_args(arguments)
    if not given.token:
        parser.error("--token: give a token that is not empty")
    try:
        listener = listen(given.port)
    except (OSError, OverflowError) as problem:
        parser.exit(1, f"The demo shop cannot listen on port {given.port}: {problem}; choose another one.\n")
    sys.stdout.write(f"listening on {address_of(listener)}\n")
    sys.stdout.flush()
    run(build_shop(given.token, sample(given.today), rig=given.rig), listener)


def _today() -> date:
    return datetime.now().astimezone().date()


if __name__ == "__main__":
    main()
