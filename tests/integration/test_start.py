"""The first start, as somebody who has just installed Deskhand sees it."""

from pathlib import Path
from urllib.parse import urlsplit

import psutil
from httpx2 import get

from tests.integration.cli.command import serving

MEGABYTE = 1_000_000
MOST_RESIDENT = 150 * MEGABYTE
"""With the first page shown."""
MOST_AT_WORK = 160 * MEGABYTE


def test_the_demo_says_where_it_is_and_its_page_answers(tmp_path: Path) -> None:
    with serving(tmp_path / "not" / "there") as server:
        (first,) = server.said
        assert first == f"Deskhand is running at http://127.0.0.1:{server.port}\n"

        page = get(f"{server.address}/", trust_env=False)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "Deskhand" in page.text
        session = get(f"{server.address}/session.json", trust_env=False).json()
        assert session["demo"]
        assert "key" not in session
        shop = urlsplit(session["shop"])
        assert (shop.hostname, shop.scheme) == ("127.0.0.1", "http")

        listening = [one for one in psutil.Process(server.process.pid).net_connections() if one.status == "LISTEN"]
        assert {one.laddr.ip for one in listening} == {"127.0.0.1"}
        assert {one.laddr.port for one in listening} == {server.port, shop.port}


def test_it_needs_little_memory_at_the_start_and_a_refund_later(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert get(f"{server.address}/", trust_env=False).status_code == 200
        assert psutil.Process(server.process.pid).memory_info().rss < MOST_RESIDENT
        assert server.run("chat", stdin="I want a refund\nA1001\nIt arrived broken\n").code == 0
        (approval,) = server.run("approvals", "--json").json
        assert server.run("approvals", "approve", approval["id"]).code == 0

        assert psutil.Process(server.process.pid).memory_info().rss < MOST_AT_WORK
        assert server.complaints() == ""
