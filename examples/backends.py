"""Stand-in systems that the templates of actions can be tried against, all in one server on this machine.

    python examples/backends.py [--port 9200] [--fail 503]

Prints its address, and the credential that each system takes. Data live in memory and are gone at the end. With
`--fail` every system answers that status, so that you see what customers are told then.
"""

import argparse
import base64
import secrets
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import parse_qs

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

TOKEN, KEY = "backend-token", "backend-key"
ZENDESK_USER = "agent@example.com/token"
SALESFORCE_CLIENT = "consumer-key"

CUSTOMERS: dict[str, dict[str, Any]] = {
    "12345": {"pin": "5678", "name": "John Smith", "orders": ["ORD-789", "ORD-790", "ORD-791"]},
    "67890": {"pin": "4321", "name": "Ada Lovelace", "orders": ["ORD-800"]},
}
ORDERS: dict[str, dict[str, Any]] = {
    "ORD-789": {"status": "shipped", "age_hours": 72, "total": 49.9},
    "ORD-790": {"status": "delivered", "age_hours": 400, "total": 18.5},
    "ORD-791": {"status": "pending", "age_hours": 3, "total": 120.0},
    "ORD-800": {"status": "delivered", "age_hours": 90, "total": 7.25},
}
PRODUCTS = {
    "PROD-12345": {"sku": "PROD-12345", "quantity": 7, "restock_date": None},
    "PROD-20000": {"sku": "PROD-20000", "quantity": 0, "restock_date": "2026-12-15"},
    "PROD-30000": {"sku": "PROD-30000", "quantity": 0, "restock_date": None},
}
ACCOUNTS = {
    "jane@example.com": {
        "id": "cust_abc123", "name": "Jane Smith", "plan": "Pro", "conversations_used": 3250,
        "conversations_limit": 5000, "account_status": "active",
    },
}  # fmt: skip
RECORDS = {
    "003-7781": {
        "attributes": {"type": "Account"}, "Id": "001Dn00000TbQxYIAV", "Name": "Acme Ltd", "Type": "Customer - Direct",
        "Customer_Number__c": "003-7781", "Phone": "+44 20 7946 0000", "CreatedDate": "2019-05-02T09:12:44.000+0000",
    },
}  # fmt: skip
TIMES = ("09:00", "11:30", "14:30")
FULL_DAY = "2026-12-24"


@dataclass
class Memory:
    """What the systems remember."""

    fail: int | None = None
    """The status that everything is answered with, to see what becomes of it."""
    lose_answers: bool = False
    """Whether the first answer to each call that changes something is lost on its way."""
    late: bool = False
    """Whether orders do not show their refunds yet."""
    refunds: dict[str, int] = field(default_factory=dict)
    """How often each order was refunded."""
    tickets: list["Ticket"] = field(default_factory=list)
    booked: list["Booking"] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    """The access tokens that Salesforce gave out."""
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)

    def once(self, key: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What was answered to this Idempotency-Key before; where it is new, what is made now."""
        known = key in self.answered
        if not known:
            self.answered[key] = make()
        if self.lose_answers and not known:
            raise HTTPException(502, "The answer was lost.")
        return self.answered[key]

    def free(self, day: str) -> list[str]:
        """The times of a day that nobody has."""
        taken = {one.time for one in self.booked if one.day == day}
        return [] if day == FULL_DAY else [one for one in TIMES if one not in taken]


class Verification(BaseModel):
    """What proves a customer."""

    customer_id: str
    phone_pin: str


class Refund(BaseModel):
    """Why an order is refunded."""

    reason: str


class Booking(BaseModel):
    """An appointment."""

    day: str
    time: str
    email: str


class Comment(BaseModel):
    """What a ticket says."""

    body: str


class Ticket(BaseModel):
    """A ticket as it is asked for."""

    subject: str
    comment: Comment
    priority: str = "normal"
    external_id: str | None = None


class NewTicket(BaseModel):
    """The envelope of a ticket."""

    ticket: Ticket


IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key")]


def bearer(authorization: Annotated[str, Header()] = "") -> None:
    """Systems that take a bearer token."""
    if authorization != f"Bearer {TOKEN}":
        raise HTTPException(401, "The token is missing or wrong.")


def api_key(x_api_key: Annotated[str, Header()] = "") -> None:
    """The inventory's key."""
    if x_api_key != KEY:
        raise HTTPException(401, "The key is missing or wrong.")


def basic(authorization: Annotated[str, Header()] = "") -> None:
    """The ticket system's user and token."""
    if authorization != _basic(ZENDESK_USER, TOKEN):
        raise HTTPException(401, "User or token are wrong.")


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def accounts(app: FastAPI) -> None:
    """A company's own list of accounts."""

    @app.get("/customers", dependencies=[Depends(bearer)])
    def account(email: str) -> dict[str, Any]:
        if email not in ACCOUNTS:
            raise HTTPException(404, "There is no such account.")
        return ACCOUNTS[email]


def salesforce(app: FastAPI, memory: Memory) -> None:
    """A CRM that gives out access tokens, and records by an external id."""

    @app.post("/services/oauth2/token")
    async def token(request: Request, authorization: Annotated[str, Header()] = "") -> Response:
        form = parse_qs((await request.body()).decode())
        if form.get("grant_type") != ["client_credentials"] or authorization != _basic(SALESFORCE_CLIENT, TOKEN):
            return JSONResponse({"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
        memory.tokens.add(fresh := secrets.token_urlsafe(16))
        return JSONResponse({"access_token": fresh, "token_type": "Bearer", "instance_url": str(request.base_url)})

    @app.get("/services/data/v62.0/sobjects/Account/Customer_Number__c/{number}")
    def record(number: str, authorization: Annotated[str, Header()] = "") -> Response:
        if authorization.removeprefix("Bearer ") not in memory.tokens:
            return JSONResponse([{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}], 401)
        if number not in RECORDS:
            return JSONResponse([{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}], 404)
        return JSONResponse(RECORDS[number])


def zendesk(app: FastAPI, memory: Memory) -> None:
    """A ticket system."""

    @app.post("/api/v2/tickets", status_code=201, dependencies=[Depends(basic)])
    @app.post("/api/v2/tickets.json", status_code=201, dependencies=[Depends(basic)])
    def ticket(wanted: NewTicket, idempotency_key: IdempotencyKey) -> dict[str, Any]:
        if wanted.ticket.priority not in ("low", "normal", "high", "urgent"):
            raise HTTPException(422, "Priority is invalid.")

        def make() -> dict[str, Any]:
            memory.tickets.append(wanted.ticket)
            about = wanted.ticket.model_dump(exclude={"comment"})
            return {"ticket": {"id": 35430 + len(memory.tickets), "status": "new", **about}}

        return memory.once(idempotency_key, make)


def inventory(app: FastAPI) -> None:
    """What is in stock."""

    @app.get("/products/{sku}/availability", dependencies=[Depends(api_key)])
    def availability(sku: str) -> dict[str, Any]:
        if sku not in PRODUCTS:
            raise HTTPException(404, "There is no such product.")
        return PRODUCTS[sku]


def shop(app: FastAPI, memory: Memory) -> None:
    """Customers, their orders, and money back."""

    @app.post("/auth/verify", dependencies=[Depends(bearer)])
    def verify(wanted: Verification) -> dict[str, Any]:
        customer = CUSTOMERS.get(wanted.customer_id)
        if customer is None or customer["pin"] != wanted.phone_pin:
            return {"verified": False}
        return {"verified": True, "customer_name": customer["name"]}

    @app.get("/customers/{customer_id}/orders", dependencies=[Depends(bearer)])
    def orders(customer_id: str) -> dict[str, Any]:
        if customer_id not in CUSTOMERS:
            raise HTTPException(404, "There is no such customer.")
        return {"orders": [{"id": one, "status": ORDERS[one]["status"]} for one in CUSTOMERS[customer_id]["orders"]]}

    @app.get("/orders/{order_id}", dependencies=[Depends(bearer)])
    def order(order_id: str) -> dict[str, Any]:
        owner = next((who for who, about in CUSTOMERS.items() if order_id in about["orders"]), None)
        if owner is None:
            raise HTTPException(404, "There is no such order.")
        refunded = order_id in memory.refunds and not memory.late
        return {"id": order_id, "customer_id": owner, "refunded": refunded, **ORDERS[order_id]}

    @app.post("/orders/{order_id}/refunds", status_code=201, dependencies=[Depends(bearer)])
    def refund(order_id: str, wanted: Refund, idempotency_key: IdempotencyKey) -> dict[str, Any]:
        def make() -> dict[str, Any]:
            memory.refunds[order_id] = memory.refunds.get(order_id, 0) + 1
            amount = ORDERS[order_id]["total"]
            return {"number": f"RF-{len(memory.answered) + 1}", "amount": amount, "reason": wanted.reason}

        return memory.once(idempotency_key, make)


def calendar(app: FastAPI, memory: Memory) -> None:
    """Free times and appointments."""

    @app.get("/slots", dependencies=[Depends(bearer)])
    def slots(day: str) -> dict[str, Any]:
        return {"slots": [{"time": one} for one in memory.free(day)]}

    @app.post("/appointments", status_code=201, dependencies=[Depends(bearer)])
    def book(wanted: Booking, idempotency_key: IdempotencyKey) -> dict[str, Any]:
        if idempotency_key not in memory.answered and wanted.time not in memory.free(wanted.day):
            raise HTTPException(409, "That time is taken.")

        def make() -> dict[str, Any]:
            memory.booked.append(wanted)
            return {"number": f"AP-{len(memory.booked)}", **wanted.model_dump()}

        return memory.once(idempotency_key, make)


def backends(memory: Memory) -> FastAPI:
    """All systems, over what they remember."""
    app = FastAPI(title="Backends", docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def fail(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        return await go_on(request) if memory.fail is None else JSONResponse({"error": "On purpose."}, memory.fail)

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": error.detail}, error.status_code)

    accounts(app)
    inventory(app)
    for system in (salesforce, zendesk, shop, calendar):
        system(app, memory)
    return app


def main() -> None:
    """Serve on this machine until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--fail", type=int, metavar="STATUS", help="answer everything with this status")
    given = parser.parse_args()
    with socket.create_server(("127.0.0.1", given.port)) as listener:
        print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}")
        print(f"token and client secret: {TOKEN}   inventory key: {KEY}", flush=True)
        uvicorn.Server(uvicorn.Config(backends(Memory(given.fail)), log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
