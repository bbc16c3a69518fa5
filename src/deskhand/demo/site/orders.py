"""The page of a customer's orders."""

from html import escape

from deskhand.demo.shop_data import Order
from deskhand.demo.shop_ledger import Ledger
from deskhand.demo.site.layout import layout
from deskhand.demo.site.products import picture
from deskhand.demo.site.visit import Visit

_ON_ITS_WAY = ("processing", "shipped")


def orders_page(visit: Visit, ledger: Ledger) -> str:
    """The orders of whoever is signed in, the newest first, with what the chat can do about each."""
    if visit.customer is None:
        main = '<h1>Orders</h1>\n<p class="empty">Sign in at the top of the page, and your orders are here.</p>'
        return layout(visit, "Orders – Demo shop", main)
    cards = "\n".join(_card(order, ledger) for order in reversed(ledger.orders_of(visit.customer)))
    return layout(visit, "Orders – Demo shop", f'<h1>Orders</h1>\n<ul class="orders">\n{cards}\n</ul>')


def _card(order: Order, ledger: Ledger) -> str:
    verdict = ledger.verdict(order)
    wishes = []
    if order.state in _ON_ITS_WAY:
        wishes.append(_wish(order, "order-status-lookup", "Where is it?"))
    if verdict.refundable:
        wishes.append(_wish(order, "refund-request-handler", "Send it back"))
    items = "".join(
        f"<li>{picture(item.sku)}{item.quantity} × {escape(item.name)}</li>" for item in order.items
    )  # fmt: skip
    number = escape(order.order_id)
    return f"""<li class="order" id="{number}">
<h2>Order {number} <span class="state {order.state}">{order.state}</span></h2>
<p>Placed on {order.placed_on:%d %B}, {order.total} {ledger.data.currency}. {escape(verdict.reason)}</p>
<ul class="items">{items}</ul>
<p class="wishes">{"".join(wishes)}</p>
</li>"""


def _wish(order: Order, procedure: str, label: str) -> str:
    """A button that starts a procedure in the chat, which then knows the order's number."""
    return f'<button data-start="{procedure}" data-order="{escape(order.order_id)}">{label}</button>'
