"""The page that somebody sees who opens the demo shop's address in a browser."""

from collections.abc import Iterable
from html import escape

from deskhand.demo.shop_ledger import Ledger

_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
caption { text-align: start; font-weight: 600; padding: .5rem 0 }
th, td { text-align: start; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8885 }
"""


def shop_page(ledger: Ledger) -> str:
    """A small HTML page with the customers, orders and products to try, and what has happened so far."""
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo shop</title>
<style>{_STYLE}</style>
<h1>Demo shop</h1>
<p>A made-up shop with an API, for trying Deskhand on. Nobody here exists and no money moves;
whatever happened is forgotten when the shop stops. The API is described in
<a href="/openapi.json">/openapi.json</a>, and every request needs the header
<code>Authorization: Bearer &lt;the shop's token&gt;</code>. Its agent answers from the pages
<a href="/help">Delivery and returns</a> and <a href="/care">Looking after your things</a>.</p>
{_table("Orders", ("Order", "Customer", "Total", "Status", "Refundable?"), _orders(ledger))}
{_table("Customers", ("Customer", "Name", "E-mail", "Orders"), _customers(ledger))}
{_table("Products", ("Article", "Name", "Price", "In stock"), _products(ledger))}
{_happenings(ledger)}
</html>
"""


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
