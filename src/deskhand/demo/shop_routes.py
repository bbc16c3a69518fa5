"""The demo shop's API, one function per endpoint."""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from deskhand.demo.shop_answers import Answer, Answers
from deskhand.demo.shop_ledger import Ledger
from deskhand.demo.shop_views import (
    AvailabilityView,
    CancelRequest,
    CustomerView,
    OrderView,
    Problem,
    ProductList,
    ProductView,
    RefundRequest,
    RefundView,
    StatusView,
    availability_view,
    customer_view,
    order_view,
    product_view,
    refund_view,
    status_view,
)

Responses = dict[int | str, dict[str, Any]]
_BEARER = HTTPBearer(auto_error=False, description="The token that the shop was started with")
_UNKNOWN: Responses = {404: {"model": Problem}}
_REFUSED: Responses = {404: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}}


async def _signed_in(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
) -> None:
    token: str = request.app.state.token
    if credentials is None or not secrets.compare_digest(credentials.credentials.encode(), token.encode()):
        raise HTTPException(
            401,
            "Send the header 'Authorization: Bearer <the shop's token>'.",
            headers={"WWW-Authenticate": "Bearer"},
        )


async def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.ledger
    return ledger


async def _answers(request: Request) -> Answers:
    answers: Answers = request.app.state.answers
    return answers


Shop = Annotated[Ledger, Depends(_ledger)]
Memory = Annotated[Answers, Depends(_answers)]
Email = Annotated[str, Query(min_length=1, max_length=254)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)]

router = APIRouter(dependencies=[Depends(_signed_in)], responses={401: {"model": Problem}})


@router.get("/orders/{order_id}", responses=_UNKNOWN)
async def get_order(shop: Shop, order_id: str) -> OrderView:
    """Look up an order: its items, total and status, and whether it can be refunded."""
    return order_view(shop, shop.order(order_id))


@router.get("/orders/{order_id}/status", responses=_UNKNOWN)
async def get_order_status(shop: Shop, order_id: str) -> StatusView:
    """Say how far an order has come and when it is expected."""
    return status_view(shop.order(order_id))


@router.post("/orders/{order_id}/refunds", status_code=201, response_model=RefundView, responses=_REFUSED)
async def refund_order(shop: Shop, memory: Memory, order_id: str, body: RefundRequest, key: Key = None) -> Answer:
    """Give a customer the money for an order back, wholly or in part, once."""
    order = shop.order(order_id)
    return memory.once(
        key,
        (f"refund {order.order_id}", body),
        lambda: refund_view(shop, shop.refund(order, body.reason, body.amount)),
    )


@router.post("/orders/{order_id}/cancel", response_model=OrderView, responses=_REFUSED)
async def cancel_order(shop: Shop, memory: Memory, order_id: str, body: CancelRequest, key: Key = None) -> Answer:
    """Cancel an order that has not been sent yet."""
    order = shop.order(order_id)
    return memory.once(
        key,
        (f"cancel {order.order_id}", body),
        lambda: order_view(shop, shop.cancel(order, body.reason)),
    )


@router.get("/customers", responses=_UNKNOWN)
async def find_customer(shop: Shop, email: Email) -> CustomerView:
    """Find the customer with an e-mail address, with what they ordered."""
    return customer_view(shop, shop.customer_with(email))


@router.get("/products")
async def list_products(shop: Shop) -> ProductList:
    """List everything the shop sells."""
    return ProductList(products=tuple(product_view(shop, product) for product in shop.data.products))


@router.get("/products/{sku}", responses=_UNKNOWN)
async def get_product(shop: Shop, sku: str) -> ProductView:
    """Look up a product by its article number."""
    return product_view(shop, shop.product(sku))


@router.get("/products/{sku}/availability", responses=_UNKNOWN)
async def get_availability(shop: Shop, sku: str) -> AvailabilityView:
    """Say whether a product is in stock, and when more of it comes."""
    return availability_view(shop.product(sku))
