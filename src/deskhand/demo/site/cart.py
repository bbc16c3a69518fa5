"""The cart, which lives in the customer's browser: the shop's script fills the page."""

from deskhand.demo.site.layout import layout
from deskhand.demo.site.visit import Visit

_MAIN = """<h1>Cart</h1>
<p class="empty" id="cart-empty">Your cart is empty.</p>
<ul class="lines" id="cart-lines"></ul>
<p class="total" id="cart-total" hidden></p>
<template id="cart-line">
<li class="line"><img alt="" width="240" height="180"><span class="name"></span><span class="price"></span>
<button class="quiet">Remove</button></li>
</template>
<noscript><p>The cart needs JavaScript.</p></noscript>"""


def cart_page(visit: Visit) -> str:
    """The page; what is in the cart, the server does not know."""
    return layout(visit, "Cart – Demo shop", _MAIN)
