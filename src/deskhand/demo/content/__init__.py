"""What the demo shop knows and offers: pages, questions with answers, and procedures that come with them."""

from importlib.resources import files

PAGES = {"help": "Delivery and returns", "care": "Looking after your things"}
"""Pages of the shop that its agent answers from: their names, by the stems of their Markdown files."""
PROCEDURES = (
    "call-back", "care-guide", "gift-card", "orders-page", "recent-orders", "slipper-size", "talk-to-us", "what-to-ask"
)  # fmt: skip
SHOP = "https://shop.example"
"""The shop's address as procedures name it: it stands for where the shop is."""


def text_of(name: str) -> str:
    """A file of this folder, such as `help.md`."""
    return (files(__name__) / name).read_text(encoding="utf-8")
