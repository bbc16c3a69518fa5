"""What happens in the demo shop while it is open: orders looked up, refunded and cancelled."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from deskhand.demo.shop_data import Customer, Order, Product, ShopData

REFUND_DAYS = 30


class ShopError(Exception):
    """The shop cannot do that."""


class NotFound(ShopError):
    """The shop does not know it."""


class Conflict(ShopError):
    """The order's present state does not allow it."""


class Unusable(ShopError):
    """What was asked for makes no sense."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back for one order; `amount` is in the shop's currency."""

    refund_id: str
    order_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an order can be refunded, and why or why not."""

    refundable: bool
    reason: str


class Ledger:
    """The shop's present state, which begins as `data` and goes back to it with `reset`."""

    def __init__(self, data: ShopData) -> None:
        self.data = data
        self._products = {product.sku: product for product in data.products}
        self._customers = {customer.customer_id: customer for customer in data.customers}
        self.reset()

    def reset(self) -> None:
        """Forget every refund and cancellation."""
        self._orders = {order.order_id: order for order in self.data.orders}
        self._refunds: dict[str, Refund] = {}
        self._happenings: list[str] = []

    def happenings(self) -> tuple[str, ...]:
        """A sentence for every refund and cancellation since the shop opened, oldest first."""
        return tuple(self._happenings)

    def orders(self) -> tuple[Order, ...]:
        """Every order, in the order of their numbers."""
        return tuple(self._orders.values())

    def order(self, order_id: str) -> Order:
        """The order called that, whatever its letters' case and with or without `#`; NotFound."""
        try:
            return self._orders[order_id.strip().removeprefix("#").strip().upper()]
        except KeyError:
            raise NotFound(f"There is no order {order_id.strip()}.") from None

    def product(self, sku: str) -> Product:
        """The product with that article number, whatever its letters' case; NotFound."""
        try:
            return self._products[sku.strip().upper()]
        except KeyError:
            raise NotFound(f"There is no product {sku.strip()}.") from None

    def customer_with(self, email: str) -> Customer:
        """The customer with that address, whatever its letters' case; NotFound."""
        wanted = email.strip().casefold()
        for customer in self.data.customers:
            if customer.email.casefold() == wanted:
                return customer
        raise NotFound(f"There is no customer with the address {email.strip()}.")

    def customer_of(self, order: Order) -> Customer:
        """Who placed the order."""
        return self._customers[order.customer_id]

    def orders_of(self, customer: Customer) -> tuple[Order, ...]:
        """What the customer has ordered, in the order of the numbers."""
        return tuple(order for order in self.orders() if order.customer_id == customer.customer_id)

    def verdict(self, order: Order) -> Verdict:
        """Whether the order can be refunded today: delivered, at most 30 days ago, not refunded before."""
        if refund := self._refunds.get(order.order_id):
            return Verdict(False, f"Already refunded ({refund.refund_id}).")
        if order.state == "cancelled":
            return Verdict(False, "The order was cancelled; nothing was charged.")
        if order.delivered_on is None:
            more = " It can still be cancelled." if order.state == "processing" else ""
            return Verdict(False, f"Not delivered yet.{more}")
        until = order.delivered_on + timedelta(days=REFUND_DAYS)
        if self.data.today > until:
            return Verdict(False, f"Delivered on {order.delivered_on}, more than {REFUND_DAYS} days ago.")
        return Verdict(True, f"Delivered on {order.delivered_on}; refundable until {until}.")

    def refund(self, order: Order, reason: str, amount: Decimal | None = None) -> Refund:
        """Give the amount back, or the order's total: once per order; Conflict, Unusable."""
        verdict = self.verdict(order)
        if not verdict.refundable:
            raise Conflict(f"Order {order.order_id} cannot be refunded: {verdict.reason}")
        if amount is not None and amount > order.total:
            raise Unusable(f"amount: {amount} is more than the order's total of {order.total}.")
        refund = Refund(
            refund_id=f"R{5001 + len(self._refunds)}",
            order_id=order.order_id,
            amount=order.total if amount is None else amount,
        )
        self._refunds[order.order_id] = refund
        money = f"{refund.amount} {self.data.currency}"
        self._happenings.append(f"{refund.order_id}: {money} refunded as {refund.refund_id}: {reason}")
        return refund

    def cancel(self, order: Order, reason: str) -> Order:
        """The order, cancelled; Conflict unless it is still being processed."""
        if order.state != "processing":
            raise Conflict(f"Order {order.order_id} cannot be cancelled: it is {order.state}.")
        cancelled = replace(order, state="cancelled", eta=None)
        self._orders[order.order_id] = cancelled
        self._happenings.append(f"{order.order_id}: cancelled: {reason}")
        return cancelled
