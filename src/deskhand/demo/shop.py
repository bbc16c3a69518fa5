"""The demo shop's server: `python -m deskhand.demo.shop --port 0 --token …`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from deskhand.demo.shop_answers import Answers
from deskhand.demo.shop_data import ShopData
from deskhand.demo.shop_ledger import Conflict, Ledger, NotFound, ShopError, Unusable
from deskhand.demo.shop_routes import router
from deskhand.demo.shop_sample import sample
from deskhand.demo.shop_serving import HOST, address_of, listen, run
from deskhand.demo.site.routes import add_site
from deskhand.demo.site.visit import Chat

_STATUS: dict[type[ShopError], int] = {NotFound: 404, Conflict: 409, Unusable: 422}


def build_shop(token: str, data: ShopData | None = None, *, rig: bool = False, chat: Chat | None = None) -> FastAPI:
    """The shop as an ASGI application; every request but those for its pages needs `token`, and `rig` adds `/_test`.

    Without `data` it opens with the sample, counted from today. An empty token is a ValueError.
    The rig's dropped connections need the server of `shop_serving`. The chat can be put into the state later, too.
    """
    if not token:
        raise ValueError("The demo shop needs a token that is not empty.")
    app = FastAPI(title="Demo shop", docs_url=None, redoc_url=None, generate_unique_id_function=lambda r: r.name)
    app.state.token = token
    app.state.ledger = Ledger(data or sample(_today()))
    app.state.answers = Answers()
    app.state.rig = rig
    app.state.chat = chat
    app.include_router(router)
    add_site(app)
    # a stranger's page whose name leads to this machine must not get at what the shop signs
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    app.add_exception_handler(ShopError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    if rig:
        from deskhand.demo.shop_rig import add_rig

        add_rig(app)
    return app


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
