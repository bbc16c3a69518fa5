"""What the demo shop holds: products, customers and orders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

OrderState = Literal["processing", "shipped", "delivered", "cancelled"]


@dataclass(frozen=True, slots=True)
class Product:
    """Something the shop sells; `price` is in the shop's currency."""

    sku: str
    name: str
    description: str
    price: Decimal
    quantity: int
    restock_date: date | None = None
    sizes: tuple[int, ...] = ()
    """Those to choose from, where there is a choice."""

    @property
    def in_stock(self) -> bool:
        """Whether at least one piece can be sent today."""
        return self.quantity > 0


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who has an account with the shop."""

    customer_id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order; `price` is what one piece cost when it was ordered."""

    sku: str
    name: str
    quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer bought, and how far it has come."""

    order_id: str
    customer_id: str
    items: tuple[Item, ...]
    placed_on: date
    state: OrderState
    delivered_on: date | None = None
    eta: date | None = None
    carrier: str | None = None
    tracking: str | None = None

    @property
    def total(self) -> Decimal:
        """What the order cost, in the shop's currency."""
        return sum((item.price * item.quantity for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class ShopData:
    """The whole shop as it is when it opens; `today` is the date that the refund rule counts from."""

    today: date
    products: tuple[Product, ...]
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    currency: str = "EUR"
