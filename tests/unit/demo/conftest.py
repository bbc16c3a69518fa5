"""The demo shop, served on loopback with its test rig, opened afresh for every test."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx2
import pytest

from deskhand.demo.shop import build_shop
from deskhand.demo.shop_sample import sample
from deskhand.demo.shop_serving import serving

TODAY = date(2026, 3, 2)
TOKEN = "shop-token"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(build_shop(TOKEN, sample(TODAY), rig=True)) as url:
        yield url


@pytest.fixture
def shop(address: str) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx2.Client(base_url=address, headers=headers, trust_env=False) as client:
        client.post("/_test/reset").raise_for_status()
        yield client


@pytest.fixture
def calls(shop: httpx2.Client) -> Callable[[], list[dict[str, Any]]]:
    """What the shop was asked since the test began."""
    return lambda: shop.get("/_test/calls").json()


@pytest.fixture
def fault(shop: httpx2.Client) -> Callable[..., None]:
    """Have the shop misbehave."""

    def add(**what: object) -> None:
        shop.post("/_test/faults", json=what).raise_for_status()

    return add
