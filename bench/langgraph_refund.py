"""The peer: the same refund procedure as a LangGraph graph with its own durable checkpointers.

    python -m bench.langgraph_refund --url DATABASE --api HOST:PORT [--durability sync|async] …

Both sides send their calls with the same HTTP client. Prints one line of JSON.
"""

import argparse
import json
import operator
import os
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypedDict

import uvloop

os.environ.setdefault("LANGSMITH_TRACING", "false")
os.environ.setdefault("LANGCHAIN_TRACING_V2", "false")

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from bench.bare_client import CLIENTS
from bench.measure import Latencies, fresh_database, measure
from bench.order_api import as_json
from deskhand.ports.http import OutwardRequest


class State(TypedDict, total=False):
    messages: Annotated[list[dict[str, str]], operator.add]
    order_id: str
    reason: str
    order: dict[str, Any]
    approved: bool
    ticket: str


def _says(who: str, text: str) -> dict[str, list[dict[str, str]]]:
    return {"messages": [{"role": who, "content": text}]}


class Peer:
    """The graph and the API that it calls."""

    def __init__(self, api: str, client: str) -> None:
        self.api = api
        self.http = CLIENTS[client]()
        self.allowed = frozenset({api})

    async def call(self, method: str, path: str, body: Any = None, key: str | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        content = None if body is None else json.dumps(body).encode()
        request = OutwardRequest(method, f"http://{self.api}{path}", headers, content, idempotent=method == "GET")
        return as_json((await self.http.send("ws", request, self.allowed)).body)

    def graph(self) -> StateGraph[Any]:
        async def hello(state: State) -> dict[str, Any]:
            return _says("assistant", "I can help with your refund.")

        async def ask_order(state: State) -> dict[str, Any]:
            answer = interrupt({"ask": "What is your order number?"})
            while not re.fullmatch(r"A\d{3,10}", answer):
                answer = interrupt({"ask": "That is no order number, please try again."})
            return {"order_id": answer, **_says("user", answer)}

        async def ask_reason(state: State) -> dict[str, Any]:
            answer = interrupt({"ask": "Why do you want a refund?"})
            return {"reason": answer, **_says("user", answer)}

        async def look_up(state: State) -> dict[str, Any]:
            return {"order": await self.call("GET", f"/orders/{state['order_id']}")}

        def refundable(state: State) -> str:
            order = state["order"]
            return "approval" if order["refundable"] and order["total"] < 500 else "finish"

        async def approval(state: State) -> dict[str, Any]:
            return {"approved": bool(interrupt({"approve": state["order"]}))}

        def approved(state: State) -> str:
            return "ticket" if state["approved"] else "finish"

        async def ticket(state: State, config: RunnableConfig) -> dict[str, Any]:
            body = {"order_id": state["order_id"], "reason": state["reason"], "amount": state["order"]["total"]}
            made = await self.call("POST", "/tickets", body, config["configurable"]["thread_id"])
            return {"ticket": made["ticket"]}

        async def finish(state: State) -> dict[str, Any]:
            return _says("assistant", f"Done: {state.get('ticket', 'not refundable')}")

        graph = StateGraph(State)
        nodes = {
            "hello": hello, "ask_order": ask_order, "ask_reason": ask_reason, "look_up": look_up,
            "approval": approval, "ticket_node": ticket, "finish": finish,
        }  # fmt: skip
        for name, node in nodes.items():
            graph.add_node(name, node)
        graph.add_edge(START, "hello")
        graph.add_edge("hello", "ask_order")
        graph.add_edge("ask_order", "ask_reason")
        graph.add_edge("ask_reason", "look_up")
        graph.add_conditional_edges("look_up", refundable, ["approval", "finish"])
        graph.add_conditional_edges("approval", approved, {"ticket": "ticket_node", "finish": "finish"})
        graph.add_edge("ticket_node", "finish")
        graph.add_edge("finish", END)
        return graph


@asynccontextmanager
async def checkpointer(url: str, concurrency: int) -> AsyncIterator[Any]:
    """LangGraph's asynchronous saver for the database, set up; SQLite's `synchronous` stays at FULL."""
    if url.startswith("sqlite"):
        from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

        async with AsyncSqliteSaver.from_conn_string(url.removeprefix("sqlite:///")) as saver:
            await saver.setup()
            await saver.conn.execute("pragma synchronous=FULL")
            yield saver
        return
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    from psycopg.rows import dict_row
    from psycopg_pool import AsyncConnectionPool

    options = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    size = min(concurrency, 16)
    async with AsyncConnectionPool(url, min_size=size, max_size=size, kwargs=options, open=False) as pool:
        saver = AsyncPostgresSaver(pool)  # type: ignore[arg-type]
        await saver.setup()
        yield saver


async def refunds(given: argparse.Namespace) -> dict[str, Any]:
    """Refund conversations through LangGraph."""
    async with fresh_database(given.url), checkpointer(given.url, given.concurrency) as saver:
        peer = Peer(given.api, given.client)
        graph = peer.graph().compile(checkpointer=saver)

        async def conversation(number: int, latencies: Latencies) -> None:
            config = {"configurable": {"thread_id": uuid.uuid4().hex}}
            inputs = [
                _says("user", "I want a refund"),
                Command(resume=f"A{100 + number}"),
                Command(resume="It arrived broken"),
                Command(resume=True),
            ]
            out: dict[str, Any] = {}
            for each in inputs:
                out = await latencies.time(graph.ainvoke(each, config, durability=given.durability))
            assert str(out["ticket"]).startswith("T-A"), out

        try:
            return await measure(conversation, given.count, given.concurrency)
        finally:
            await peer.http.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--durability", choices=["sync", "async"], default="async")
    parser.add_argument("--client", choices=sorted(CLIENTS), default="bare")
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    given = parser.parse_args()
    print(json.dumps(uvloop.run(refunds(given))), flush=True)


if __name__ == "__main__":
    main()
