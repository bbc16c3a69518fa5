"""`deskhand templates` against the example's systems, as the README beside them tells it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cli.command import PATIENCE, Server, serving

BACKENDS = Path(__file__).parents[3] / "examples" / "backends.py"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of these tests' own: what a template switches on would answer the customers of others."""
    with serving(tmp_path_factory.mktemp("templates")) as server:
        yield server


@pytest.fixture
def backends() -> Iterator[str]:
    """The address of the systems, in a process of their own."""
    command = [sys.executable, str(BACKENDS), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("listening on ").strip()
        process.terminate()
        process.wait(PATIENCE)


def test_a_template_is_used_and_tried(desk: Server, backends: str) -> None:
    assert desk.run("hosts", "allow", backends.removeprefix("http://")).code == 0
    used = desk.run("templates", "use", "verified-orders", "--base-url", backends)
    assert (used.code, used.err) == (0, "")
    assert used.lines == [
        f"connection `{used.lines[0].split('`')[1]}` ({backends}) stored",
        "action `verify-customer` stored: Verify the customer",
        "action `look-up-orders` stored: Look orders up",
        "procedure `my-orders` stored as a draft",
        "note: Store the secret `SHOP_TOKEN`.",
        "note: Look at the draft `my-orders` and publish it.",
    ]
    assert desk.run("secrets", "put", "SHOP_TOKEN", stdin="backend-token\n").code == 0

    tried = desk.run("actions", "try", "verify-customer", "customer_id=12345", "phone_pin=5678")

    assert tried.code == 0, tried.out
    assert "Thank you, John Smith. I've verified that it's you." in tried.out


def test_templates_are_listed(desk: Server) -> None:
    listed = desk.run("templates")

    assert "verified-orders" in listed.out
    assert "verify-customer, look-up-orders" in listed.out


def test_what_is_filled_in_needs_a_value(desk: Server) -> None:
    told = desk.run("templates", "use", "zendesk-ticket", "--fill-in", "username")

    assert told.code == 2
    assert "write NAME=VALUE" in told.err


def test_what_is_filled_in_reaches_the_connection(desk: Server) -> None:
    used = desk.run("templates", "use", "zendesk-ticket", "--fill-in", "username=jo@example.com/token")

    assert used.code == 0, used.err
    assert desk.run("connections", "show", "zendesk").json["auth"]["username"] == "jo@example.com/token"
