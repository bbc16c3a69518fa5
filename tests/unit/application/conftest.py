"""The desk with actions on a shop, for use cases that need a whole Deskhand around them."""

from tests.integration.actions.conftest import desk, shop

__all__ = ["desk", "shop"]
