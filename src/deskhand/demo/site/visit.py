"""Who looks at the shop's pages, and how the shop proves it to the chat."""

import time
from dataclasses import dataclass

from starlette.requests import Request

from deskhand.demo.shop_data import Customer
from deskhand.demo.shop_ledger import Ledger
from deskhand.demo.shop_sample import VISITOR

COOKIE = "demo_shop_customer"
TOKEN_SECONDS = 3600
"""How long a user token is good; the chat asks for a fresh one by itself."""


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat in the shop's pages."""

    server: str
    """Where Deskhand is, without a slash at its end."""
    agent: str
    """The public name of the agent."""
    secret: str
    """The workspace's identity secret. It never leaves the shop's server."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at a page."""

    path: str
    customer: Customer | None
    order_id: str | None
    """Of the customer's newest order."""
    chat: Chat | None


def visit_of(request: Request) -> Visit:
    """Who sends the request: the shop's one customer with an account to try, or a guest."""
    ledger: Ledger = request.app.state.ledger
    known = (one for one in ledger.data.customers if one.customer_id == VISITOR == request.cookies.get(COOKIE))
    customer = next(known, None)
    orders = ledger.orders_of(customer) if customer else ()
    newest = orders[-1].order_id if orders else None
    return Visit(request.url.path, customer, newest, request.app.state.chat)


def user_token(chat: Chat, customer: Customer, orders: int) -> str:
    """What proves to Deskhand who the customer is: signed by the shop's server, and good for an hour."""
    import jwt  # with all that it brings: most starts need none of it

    claims = {
        "sub": customer.customer_id,
        "name": customer.name,
        "email": customer.email,
        "attributes": {"orders": orders},
        "exp": int(time.time()) + TOKEN_SECONDS,
    }
    return jwt.encode(claims, chat.secret, algorithm="HS256")


def policy(chat: Chat | None) -> str:
    """The pages' Content-Security-Policy: scripts and calls of the shop and of Deskhand, and nothing inline."""
    servers = f"'self' {chat.server}" if chat else "'self'"
    return (
        f"default-src 'none'; script-src {servers}; connect-src {servers}; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
