"""`deskhand import`: what others wrote becomes actions, from files, from the standard input, and by address."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.command import Server, Told
from tests.integration.cli.files import write

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Cli Shop"},
    "servers": [{"url": "https://cli-shop.example"}],
    "security": [{"own": []}],
    "components": {"securitySchemes": {"own": {"type": "http", "scheme": "bearer"}}},
    "paths": {
        "/orders": {"get": {"operationId": "cliListOrders", "tags": ["orders"], "summary": "All orders"}},
        "/things": {"get": {"operationId": "cliThings", "tags": ["other"]}},
        "/files": {
            "post": {
                "operationId": "cliUpload",
                "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {}}}},
            }
        },
    },
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "shop.yaml", DESCRIPTION)


def refused(told: Told) -> str:
    """What a command complained of that did nothing."""
    assert told.code != 0, told.out
    assert "Traceback" not in told.err
    return told.err


def test_operations_are_listed_and_nothing_is_imported(demo: Server, file: Path) -> None:
    told = demo.run("import", "openapi", file, "--list")

    assert told.code == 0
    assert [line.split() for line in told.lines[:2]] == [
        ["operation", "request", "tags", "what", "it", "does"],
        ["cliListOrders", "GET", "/orders", "orders", "All", "orders"],
    ]
    assert [one["id"] for one in demo.run("import", "openapi", file, "--list", "--json").json] == [
        "cliListOrders", "cliThings", "cliUpload",
    ]  # fmt: skip
    assert "cli-list-orders" not in demo.run("actions").out


def test_an_import_tells_what_it_stored_refused_and_wants(demo: Server, file: Path) -> None:
    told = demo.run("import", "openapi", file, "--tag", "orders", "--operation", "cliUpload", "--operation", "nope")

    assert told.code == 0
    assert told.lines == [
        "connection `cli-shop` (https://cli-shop.example) stored",
        "action `cli-list-orders` stored: All orders",
        "note: The connection `cli-shop` has to be filled in: store the secret `CLI_SHOP_TOKEN`.",
    ]
    assert told.err.splitlines() == [
        "cliUpload: its body is multipart/form-data, which cannot be sent: only JSON, forms and text.",
        "nope: the description has no such operation.",
    ]
    again = demo.run("import", "openapi", file, "--tag", "orders")
    assert "cli-list-orders: there is an action of that name already" in refused(again)
    replaced = demo.run("import", "openapi", file, "--tag", "orders", "--replace")
    assert replaced.lines == ["action `cli-list-orders` stored: All orders"]


def test_a_dry_import_stores_nothing(demo: Server) -> None:
    told = demo.run(
        "import", "openapi", "-", "--dry", "--base-url", "dry.example/v2", "--connection", "dry",
        "--operation", "cliThings", stdin=json.dumps(DESCRIPTION),
    )  # fmt: skip

    assert told.lines[:2] == [
        "connection `dry` (https://dry.example/v2) would be stored",
        "action `cli-things` would be stored: Cli things",
    ]
    assert "cli-things" not in demo.run("actions").out
    assert "dry.example" not in demo.run("connections").out


def test_a_description_that_cannot_be_read_is_told(demo: Server, tmp_path: Path) -> None:
    assert "line 1, column 5" in refused(demo.run("import", "openapi", "-", stdin="a: b: c"))
    assert "no OpenAPI 3 or Swagger 2.0" in refused(demo.run("import", "openapi", "-", stdin="a: b"))
    missing = tmp_path / "gone.yaml"
    assert str(missing) in refused(demo.run("import", "openapi", missing)).replace("\n", "")


def test_an_internal_address_is_not_fetched(demo: Server) -> None:
    told = demo.run("import", "openapi", "http://127.0.0.1:1/openapi.json")

    assert "127.0.0.1 is a loopback address; nothing is sent there" in refused(told).replace("\n", " ")


def test_a_command_becomes_a_draft_and_its_credential_is_not_shown(demo: Server) -> None:
    command = "curl https://cli.example/{{id}} -H 'Authorization: Bearer c4nary-value'"
    told = demo.run("import", "curl", command, "--slug", "cli-curl")

    assert told.lines[:2] == ["secret `CLI_CURL_TOKEN` stored", "action `cli-curl` stored: Cli curl"]
    assert told.lines[2].startswith("note: `cli-curl` is a draft")
    shown = demo.run("actions", "show", "cli-curl")
    assert "secret: CLI_CURL_TOKEN" in shown.out
    assert "c4nary" not in told.out + told.err + shown.out
    by_input = demo.run("import", "curl", "-", "--dry", "--json", stdin="curl https://cli.example/x").json
    assert by_input["actions"][0]["request"] == {"url": "https://cli.example/x"}
    assert "begin with `curl`" in refused(demo.run("import", "curl", "wget https://a.example"))


def test_a_definition_of_another_product_becomes_a_draft(demo: Server, tmp_path: Path) -> None:
    definition = {"name": "Cli definition", "type": "http", "method": "GET", "url": "https://cli.example/{{id}}"}
    told = demo.run("import", "json", write(tmp_path / "action.json", json.dumps(definition)))

    assert told.lines[0] == "action `cli-definition` stored: Cli definition"
    exported = demo.run("actions", "export", "cli-definition", "--form", "json").json
    assert {name: exported[name] for name in definition} == definition
    assert "the definition has no `url`" in refused(demo.run("import", "json", "-", stdin='{"name": "X"}'))
    assert "no JSON" in refused(demo.run("import", "json", "-", stdin="{"))


def test_a_connection_that_is_no_mcp_server_is_told(demo: Server) -> None:
    assert "`nobody`" in refused(demo.run("import", "mcp", "nobody"))
