"""The page of what there is to try: the shop's customers, orders and products, and what has happened."""

from collections.abc import Iterable
from html import escape

from deskhand.demo.shop_ledger import Ledger
from deskhand.demo.site.layout import layout
from deskhand.demo.site.visit import Visit


def about_page(visit: Visit, ledger: Ledger) -> str:
    """Everything that the shop holds, so that one knows what to ask for."""
    main = f"""<h1>What there is to try</h1>
<p>A made-up shop with an API, for trying Deskhand on. Nobody here exists and no money moves. The API is described in
<a href="/openapi.json">/openapi.json</a>, and every request to it needs the header
<code>Authorization: Bearer &lt;the shop's token&gt;</code>. Its agent answers from the pages
<a href="/help">Delivery and returns</a> and <a href="/care">Looking after your things</a>.</p>
{_happenings(ledger)}
{_table("Orders", ("Order", "Customer", "Total", "Status", "Refundable?"), _orders(ledger))}
{_table("Customers", ("Customer", "Name", "E-mail", "Orders"), _customers(ledger))}
{_table("Products", ("Article", "Name", "Price", "In stock"), _products(ledger))}"""
    return layout(visit, "What there is to try – Demo shop", main)


def _orders(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    for order in ledger.orders():
        verdict = ledger.verdict(order)
        yield (
            order.order_id,
            ledger.customer_of(order).name,
            f"{order.total} {ledger.data.currency}",
            order.state,
            f"{'Yes' if verdict.refundable else 'No'}. {verdict.reason}",
        )


def _customers(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    for customer in ledger.data.customers:
        orders = ", ".join(order.order_id for order in ledger.orders_of(customer))
        yield (customer.customer_id, customer.name, customer.email, orders or "none")


def _products(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    for product in ledger.data.products:
        more = f", more on {product.restock_date}" if product.restock_date else ""
        price = f"{product.price} {ledger.data.currency}"
        yield (product.sku, product.name, price, f"{product.quantity}{more}")


def _happenings(ledger: Ledger) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in ledger.happenings())
    happened = f"<ol>{items}</ol>" if items else "<p>Nothing yet.</p>"
    return f"<h2>What has happened</h2>\n{happened}"


def _table(caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
    body = "\n".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in row)
