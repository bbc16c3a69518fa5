"""What the demo shop's API takes and answers."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from deskhand.demo.shop_data import Customer, Order, OrderState, Product
from deskhand.demo.shop_ledger import Ledger, Refund

Money = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class View(BaseModel):
    """A part of the API; unknown fields in a request are refused, so that a typing error refunds nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(View):
    """Why the shop did not do it."""

    error: str


class RefundRequest(View):
    """Asks for money back; `amount` in the shop's currency, the order's total when left out."""

    reason: Reason
    amount: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = None


class CancelRequest(View):
    """Asks to cancel an order."""

    reason: Reason


class PersonView(View):
    """Who placed an order."""

    name: str
    email: str


class ItemView(View):
    """One line of an order; `price` is for one piece."""

    sku: str
    name: str
    quantity: int
    price: Money


class OrderView(View):
    """An order, and whether it can be refunded today."""

    order_id: str
    customer: PersonView
    items: tuple[ItemView, ...]
    total: Money
    currency: str
    placed_on: date
    delivered_on: date | None
    status: OrderState
    refundable: bool
    refund_reason: str


class StatusView(View):
    """How far an order has come; `eta` is an ISO date, or words where there is none."""

    state: OrderState
    eta: str
    carrier: str | None
    tracking: str | None


class OrderSummary(View):
    """An order in a customer's list."""

    order_id: str
    status: OrderState
    total: Money
    currency: str
    placed_on: date


class CustomerView(View):
    """A customer with their orders."""

    customer_id: str
    name: str
    email: str
    orders: tuple[OrderSummary, ...]


class ProductView(View):
    """Something the shop sells."""

    sku: str
    name: str
    description: str
    price: Money
    currency: str
    in_stock: bool
    sizes: tuple[int, ...]


class ProductList(View):
    """The whole catalogue."""

    products: tuple[ProductView, ...]


class AvailabilityView(View):
    """How many pieces there are, and when more come; no date where none are expected or needed."""

    sku: str
    in_stock: bool
    quantity: int
    restock_date: date | None


class RefundView(View):
    """A refund that was made."""

    refund_id: str
    order_id: str
    amount: Money
    currency: str
    status: Literal["issued"] = "issued"


def order_view(ledger: Ledger, order: Order) -> OrderView:
    """The order as the API shows it."""
    customer = ledger.customer_of(order)
    verdict = ledger.verdict(order)
    return OrderView(
        order_id=order.order_id,
        customer=PersonView(name=customer.name, email=customer.email),
        items=tuple(
            ItemView(sku=item.sku, name=item.name, quantity=item.quantity, price=item.price) for item in order.items
        ),
        total=order.total,
        currency=ledger.data.currency,
        placed_on=order.placed_on,
        delivered_on=order.delivered_on,
        status=order.state,
        refundable=verdict.refundable,
        refund_reason=verdict.reason,
    )


def status_view(order: Order) -> StatusView:
    """How far the order has come."""
    return StatusView(state=order.state, eta=_eta(order), carrier=order.carrier, tracking=order.tracking)


def _eta(order: Order) -> str:
    if order.state == "cancelled":
        return "none, the order was cancelled"
    day = order.delivered_on or order.eta
    return day.isoformat() if day else "not known yet"


def customer_view(ledger: Ledger, customer: Customer) -> CustomerView:
    """The customer with what they ordered."""
    return CustomerView(
        customer_id=customer.customer_id,
        name=customer.name,
        email=customer.email,
        orders=tuple(
            OrderSummary(
                order_id=order.order_id,
                status=order.state,
                total=order.total,
                currency=ledger.data.currency,
                placed_on=order.placed_on,
            )
            for order in ledger.orders_of(customer)
        ),
    )


def product_view(ledger: Ledger, product: Product) -> ProductView:
    """The product as the catalogue shows it."""
    return ProductView(
        sku=product.sku,
        name=product.name,
        description=product.description,
        price=product.price,
        currency=ledger.data.currency,
        in_stock=product.in_stock,
        sizes=product.sizes,
    )


def availability_view(product: Product) -> AvailabilityView:
    """Whether the product can be sent today."""
    return AvailabilityView(
        sku=product.sku,
        in_stock=product.in_stock,
        quantity=product.quantity,
        restock_date=product.restock_date,
    )


def refund_view(ledger: Ledger, refund: Refund) -> RefundView:
    """The refund as the API shows it."""
    return RefundView(
        refund_id=refund.refund_id,
        order_id=refund.order_id,
        amount=refund.amount,
        currency=ledger.data.currency,
    )
