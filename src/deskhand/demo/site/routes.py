"""The shop's pages, and what their script asks for; none of this needs the shop's token."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from deskhand.demo.content import PAGES, text_of
from deskhand.demo.shop_ledger import Ledger
from deskhand.demo.shop_sample import VISITOR
from deskhand.demo.site.about import about_page
from deskhand.demo.site.articles import article_page
from deskhand.demo.site.cart import cart_page
from deskhand.demo.site.orders import orders_page
from deskhand.demo.site.products import products_page
from deskhand.demo.site.visit import COOKIE, Visit, policy, user_token, visit_of

FILES = Path(__file__).parent / "files"
_WITH_SWITCH = ("/", "/orders", "/cart", "/about", *(f"/{page}" for page in PAGES))
"""The pages that somebody can sign in on, and is led back to."""
_FRESH = {"Cache-Control": "no-store"}

router = APIRouter(include_in_schema=False)


async def _visit(request: Request) -> Visit:
    return visit_of(request)


async def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.ledger
    return ledger


Visiting = Annotated[Visit, Depends(_visit)]
Shop = Annotated[Ledger, Depends(_ledger)]
Target = Annotated[str, Query(alias="to")]


@router.get("/")
async def products(visit: Visiting, shop: Shop) -> HTMLResponse:
    """What the shop sells."""
    return _page(visit, products_page(visit, shop))


@router.get("/orders")
async def orders(visit: Visiting, shop: Shop) -> HTMLResponse:
    """The orders of whoever is signed in."""
    return _page(visit, orders_page(visit, shop))


@router.get("/cart")
async def cart(visit: Visiting) -> HTMLResponse:
    """The cart."""
    return _page(visit, cart_page(visit))


@router.get("/about")
async def about(visit: Visiting, shop: Shop) -> HTMLResponse:
    """What there is to try, and what has happened."""
    return _page(visit, about_page(visit, shop))


async def _article(name: str, visit: Visiting) -> HTMLResponse:
    return _page(visit, article_page(visit, PAGES[name], text_of(f"{name}.md")))


@router.get("/catalogue.json")
async def catalogue(shop: Shop) -> JSONResponse:
    """What the page's script knows of the products."""
    products: list[dict[str, Any]] = [
        {"sku": one.sku, "name": one.name, "price": str(one.price), "in_stock": one.in_stock, "sizes": one.sizes}
        for one in shop.data.products
    ]
    return JSONResponse({"currency": shop.data.currency, "products": products})


@router.get("/user-token")
async def token(visit: Visiting, shop: Shop) -> Response:
    """What proves to Deskhand who is signed in; 401 where nobody is."""
    if visit.customer is None or visit.chat is None:
        return PlainTextResponse("Nobody is signed in.", 401, _FRESH)
    orders = len(shop.orders_of(visit.customer))
    return PlainTextResponse(user_token(visit.chat, visit.customer, orders), headers=_FRESH)


@router.post("/sign-in")
async def sign_in(to: Target = "/") -> RedirectResponse:
    """Be the one customer who has an account to try; no real shop would do without a password."""
    answer = _back(to)
    answer.set_cookie(COOKIE, VISITOR, httponly=True, samesite="lax")
    return answer


@router.post("/sign-out")
async def sign_out(to: Target = "/") -> RedirectResponse:
    """Be a guest again."""
    answer = _back(to)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


def add_site(app: FastAPI) -> None:
    """Serve the pages and their files."""
    for page in PAGES:
        app.add_api_route(f"/{page}", partial(_article, page), include_in_schema=False)
    app.include_router(router)
    app.mount("/files", StaticFiles(directory=FILES), name="files")


def _page(visit: Visit, html: str) -> HTMLResponse:
    return HTMLResponse(html, headers={**_FRESH, "Content-Security-Policy": policy(visit.chat)})


def _back(to: str) -> RedirectResponse:
    return RedirectResponse(to if to in _WITH_SWITCH else "/", status_code=303)
