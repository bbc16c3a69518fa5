"""What tests of knowledge do again and again over the API."""

from typing import Any

import httpx2

DELIVERY = [
    {"question": "How long does delivery take?", "answer": "Two to three working days."},
    {"question": "Which countries do you deliver to?", "answer": "All of Europe."},
]


async def put(client: httpx2.AsyncClient, slug: str, status: int = 200, **fields: Any) -> dict[str, Any]:
    """Store a source; gives the answer."""
    answer = await client.put(f"/v1/sources/{slug}", json={"name": slug.title(), **fields})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def faq(client: httpx2.AsyncClient, slug: str, question: str, answer: str, **fields: Any) -> dict[str, Any]:
    """Store a source of one question."""
    return await put(client, slug, kind="faq", questions=[{"question": question, "answer": answer}], **fields)


async def answer(client: httpx2.AsyncClient, text: str, **fields: Any) -> str | None:
    """What the agent would say."""
    found = (await search(client, text, **fields))["answer"]
    return None if found is None else str(found["text"])


async def search(client: httpx2.AsyncClient, text: str, **fields: Any) -> dict[str, Any]:
    """What is found."""
    told = await client.post("/v1/knowledge/search", json={"text": text, **fields})
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json()
    return found


async def crawl(client: httpx2.AsyncClient, slug: str) -> dict[str, Any]:
    """Fetch a page now; gives the source."""
    told = await client.post(f"/v1/sources/{slug}/crawl")
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json()
    return found
