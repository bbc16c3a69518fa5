"""What all pages of the shop have in common."""

from html import escape

from deskhand.demo.site.visit import Visit

_PAGES = {"/": "Products", "/orders": "Orders", "/help": "Delivery and returns", "/care": "Care"}


def layout(visit: Visit, title: str, main: str) -> str:
    """A whole page around what it is about."""
    first_name = visit.customer.name.split()[0] if visit.customer else ""
    data = f' data-customer="{escape(first_name)}" data-order="{escape(visit.order_id or "")}"' if first_name else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<title>{escape(title)}</title>
<link rel="icon" href="/files/icon.svg">
<link rel="stylesheet" href="/files/shop.css">
<script type="module" src="/files/shop.js"></script>
{_chat(visit)}</head>
<body{data}>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><img src="/files/icon.svg" alt="" width="36" height="36">Demo shop</a>
<nav aria-label="Pages">{_links(visit)}</nav>
{_switch(visit, first_name)}
<a class="cart" href="/cart"{_here(visit, "/cart")}>Cart <span id="cart-count"></span></a>
</header>
<main id="main">
{main}
</main>
<footer>
<p>The demo shop is made up: nobody here exists, nothing can be bought, and what happened is forgotten when it stops.
<a href="/about">What there is to try</a></p>
</footer>
</body>
</html>
"""


def _chat(visit: Visit) -> str:
    """The chat's script, with nothing but the agent's name; the shop's own script tells it the rest."""
    if visit.chat is None:
        return ""
    src, agent = f"{visit.chat.server}/widget.js", visit.chat.agent
    return f'<script defer src="{escape(src)}" data-agent="{escape(agent)}"></script>\n'


def _links(visit: Visit) -> str:
    return "".join(f'<a href="{path}"{_here(visit, path)}>{escape(name)}</a>' for path, name in _PAGES.items())


def _here(visit: Visit, path: str) -> str:
    return ' aria-current="page"' if visit.path == path else ""


def _switch(visit: Visit, first_name: str) -> str:
    """Who is signed in, with a button that changes it."""
    said, path, wish = ("Guest", "/sign-in", "Sign in as Mia")
    if first_name:
        said, path, wish = (f"Signed in as {escape(first_name)}", "/sign-out", "Sign out")
    return (
        f'<form class="who" method="post" action="{path}?to={escape(visit.path)}">'
        f"<span>{said}</span> <button>{wish}</button></form>"
    )
