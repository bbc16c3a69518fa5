"""Stand-in systems that the templates of actions can be tried against, all in one server on this machine.

    python examples/backends.py [--port 9200]

Prints its address, and the credential that each system takes. Data live in memory and are gone at the end.
"""

import argparse
import base64
import socket
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

TOKEN, KEY = "backend-token", "backend-key"
ZENDESK_USER = "agent@example.com/token"

CUSTOMERS: dict[str, dict[str, Any]] = {
    "12345": {"pin": "5678", "name": "John Smith", "orders": ["ORD-789", "ORD-790"]},
    "67890": {"pin": "4321", "name": "Ada Lovelace", "orders": ["ORD-800"]},
}
STATES = {"ORD-789": "shipped", "ORD-790": "delivered", "ORD-800": "pending"}
PRODUCTS = {
    "PROD-12345": {"sku": "PROD-12345", "quantity": 7, "restock_date": None},
    "PROD-20000": {"sku": "PROD-20000", "quantity": 0, "restock_date": "2026-12-15"},
}
ACCOUNTS = {
    "jane@example.com": {
        "id": "cust_abc123", "name": "Jane Smith", "plan": "Pro", "conversations_used": 3250,
        "conversations_limit": 5000, "account_status": "active",
    },
}  # fmt: skip
RECORDS = {"003-7781": {"id": "003-7781", "name": "Acme Ltd", "tier": "Gold", "since": 2019}}


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


class Ticket(BaseModel):
    """A ticket as it is asked for."""

    subject: str
    description: str
    priority: str = "normal"


class NewTicket(BaseModel):
    """The envelope of a ticket."""

    ticket: Ticket


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
    expected = base64.b64encode(f"{ZENDESK_USER}:{TOKEN}".encode()).decode()
    if authorization != f"Basic {expected}":
        raise HTTPException(401, "User or token are wrong.")


def backends() -> FastAPI:
    """All systems, with data of their own."""
    app = FastAPI(title="Backends", docs_url=None, redoc_url=None)
    refunds: dict[str, int] = {}
    taken: set[tuple[str, str]] = {("2026-12-01", "09:00")}
    booked: dict[str, dict[str, Any]] = {}
    tickets: list[Ticket] = []
    app.state.refunds, app.state.booked, app.state.tickets = refunds, booked, tickets

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
        return {"orders": [{"id": one, "status": STATES[one]} for one in CUSTOMERS[customer_id]["orders"]]}

    @app.get("/orders/{order_id}", dependencies=[Depends(bearer)])
    def order(order_id: str) -> dict[str, Any]:
        owner = next((who for who, about in CUSTOMERS.items() if order_id in about["orders"]), None)
        if owner is None:
            raise HTTPException(404, "There is no such order.")
        return {"id": order_id, "status": STATES[order_id], "customer_id": owner}

    @app.post("/orders/{order_id}/refunds", status_code=201, dependencies=[Depends(bearer)])
    def refund(order_id: str, wanted: Refund) -> dict[str, Any]:
        refunds[order_id] = refunds.get(order_id, 0) + 1
        return {"number": f"RF-{len(refunds)}", "amount": 49.9, "currency": "EUR"}

    @app.get("/customers", dependencies=[Depends(bearer)])
    def account(email: str) -> dict[str, Any]:
        if email not in ACCOUNTS:
            raise HTTPException(404, "There is no such account.")
        return ACCOUNTS[email]

    @app.get("/customers/{customer_id}", dependencies=[Depends(bearer)])
    def record(customer_id: str) -> dict[str, Any]:
        if customer_id not in RECORDS:
            raise HTTPException(404, "There is no such record.")
        return RECORDS[customer_id]

    @app.get("/products/{sku}/availability", dependencies=[Depends(api_key)])
    def availability(sku: str) -> dict[str, Any]:
        if sku not in PRODUCTS:
            raise HTTPException(404, "There is no such product.")
        return PRODUCTS[sku]

    @app.get("/slots", dependencies=[Depends(bearer)])
    def slots(day: str) -> dict[str, Any]:
        return {"slots": [{"time": one} for one in ("09:00", "11:30", "14:30") if (day, one) not in taken]}

    @app.post("/appointments", status_code=201, dependencies=[Depends(bearer)])
    def book(wanted: Booking, idempotency_key: Annotated[str, Header()]) -> dict[str, Any]:
        if idempotency_key in booked:
            return booked[idempotency_key]
        if (wanted.day, wanted.time) in taken:
            raise HTTPException(409, "That time is taken.")
        taken.add((wanted.day, wanted.time))
        booked[idempotency_key] = {"number": f"AP-{len(booked) + 1}", **wanted.model_dump()}
        return booked[idempotency_key]

    @app.post("/api/v2/tickets", status_code=201, dependencies=[Depends(basic)])
    def ticket(wanted: NewTicket) -> dict[str, Any]:
        tickets.append(wanted.ticket)
        return {"ticket": {"id": 35430 + len(tickets), **wanted.ticket.model_dump(), "status": "new"}}

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": error.detail}, error.status_code)

    return app


def main() -> None:
    """Serve on this machine until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=9200)
    port = parser.parse_args().port
    with socket.create_server(("127.0.0.1", port)) as listener:
        print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}")
        print(f"token: {TOKEN}   inventory key: {KEY}   Zendesk: {ZENDESK_USER} with {TOKEN}", flush=True)
        uvicorn.Server(uvicorn.Config(backends(), log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
