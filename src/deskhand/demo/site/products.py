"""The shop's first page: everything that it sells."""

import json
from html import escape

from deskhand.demo.shop_data import Product
from deskhand.demo.shop_ledger import Ledger
from deskhand.demo.site.layout import layout
from deskhand.demo.site.visit import Visit

_QUESTIONS = ("Where is my order?", "I want a refund", "I'd like a gift card", "Which size of slippers do I need?")


def products_page(visit: Visit, ledger: Ledger) -> str:
    """All products, each with a way into the cart."""
    cards = "\n".join(_card(product, ledger.data.currency) for product in ledger.data.products)
    asks = "".join(f'<button class="ask" data-say="{escape(one)}">{escape(one)}</button>' for one in _QUESTIONS)
    chat = f'<p class="asks" role="group" aria-label="Ask in the chat">{asks}</p>' if visit.chat else ""
    main = f"""<section class="hero">
<div>
<h1>Things for a quiet home</h1>
<p>Lamps, rugs and small things that last. We wrap, we deliver, and we take back.</p>
{chat}
</div>
<img src="/files/pictures/chr-01.svg" alt="" width="240" height="180">
<img src="/files/pictures/plnt-01.svg" alt="" width="240" height="180">
</section>
<h2>Products</h2>
<ul class="products">
{cards}
</ul>"""
    return layout(visit, "Demo shop", main)


def picture(sku: str) -> str:
    """A small drawing of a product, which its name stands beside."""
    return f'<img src="/files/pictures/{escape(sku.lower())}.svg" alt="" width="240" height="180">'


def _card(product: Product, currency: str) -> str:
    return f"""<li class="product">
<div class="picture">{picture(product.sku)}</div>
<h3>{escape(product.name)}</h3>
<p>{escape(product.description)}</p>
<p class="price">{product.price} {currency}</p>
{_button(product)}
</li>"""


def _button(product: Product) -> str:
    sku, name = escape(product.sku), escape(product.name)
    if not product.in_stock:
        when = f"Back on {product.restock_date:%d %B}" if product.restock_date else "Sold out"
        return f'<p class="sold-out">{when}</p>'
    if product.sizes:
        sizes = escape(json.dumps(product.sizes))
        return f'<button data-add="{sku}" data-sizes="{sizes}" data-name="{name}">Choose a size</button>'
    return f'<button data-add="{sku}" aria-label="Add to cart: {name}">Add to cart</button>'
