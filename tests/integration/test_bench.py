"""The benchmark's own side still runs; what it measures is said in `bench/`, never here."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.order_api import order_api
from tests.fake_model import MODEL, FakeModel, calls
from tests.forked import output

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def orders() -> Iterator[str]:
    """Where the API of orders is."""
    with order_api() as api:
        yield api


@pytest.mark.parametrize(
    ("arguments", "figures"),
    [
        (["bench.ours", "turns", "--count", "3", "--concurrency", "2"], {"turns_per_s", "p50_ms", "commits_per_turn"}),
        (["bench.ours", "turns", "--count", "3", "--client", "edge"], {"turns_per_s", "p50_ms", "commits_per_turn"}),
        (["bench.ours", "growth", "--count", "60"], {"growth_1000_over_10", "bytes_per_turn"}),
        (["bench.ours", "waiting", "--count", "20"], {"insert_us", "turn_ms_before", "turn_ms_after"}),
        (["bench.over_http", "--count", "3"], {"turns_per_s", "p50_ms", "rss_mb"}),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else "",
)
def test_each_measurement_gives_its_figures(
    tmp_path: Path, orders: str, arguments: list[str], figures: set[str]
) -> None:
    result = bench(*arguments, "--url", f"sqlite:///{tmp_path}/bench.db", "--api", orders)
    assert figures <= result.keys()
    assert all(result[name] > 0 for name in figures)


def bench(module: str, *arguments: object) -> dict[str, float]:
    """One line of JSON from a benchmark."""
    result: dict[str, float] = json.loads(output(module, *map(str, arguments)).splitlines()[-1])
    return result


def test_operations_of_descriptions_are_counted(tmp_path: Path) -> None:
    operation = {"operationId": "readOrder", "summary": "Read an order", "responses": {}}
    upload = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {}}}}, "responses": {}}
    paths = {"/orders/{id}": {"get": operation}, "/files": {"post": upload}}
    description = {
        "openapi": "3.1.0",
        "info": {"title": "Shop"},
        "servers": [{"url": "https://x.example"}],
        "paths": paths,
    }
    (tmp_path / "shop.json").write_text(json.dumps(description))

    result = bench("bench.openapi", tmp_path)

    assert (result["files"], result["operations"], result["imported"], result["refused"]) == (1, 2, 1, 1)
    assert result["crashed"] == result["lost"] == 0


def test_addresses_are_tried_in_every_way(tmp_path: Path) -> None:
    (tmp_path / "addresses.txt").write_text("http://127.0.0.1/\nhttp://[::ffff:10.0.0.1]/\n")

    result = bench("bench.edge", "--addresses", tmp_path / "addresses.txt")

    assert (result["addresses"], result["tried"], result["private_connections"]) == (2, 14, 0)
    assert result["public_attempts"] > 0  # the watch sees what is attempted


def test_the_cost_of_a_call_is_measured() -> None:
    result = bench("bench.call", "--calls", 8, "--rounds", 1)

    assert result["write_commits"] == 2
    assert {"ratio_1", "ratio_64", "transformer_ms"} <= result.keys()


def test_the_shops_policy_holds_for_its_recorded_tasks() -> None:
    retail = ROOT.parent / "shared" / "workloads" / "retail"
    if not retail.exists():
        pytest.skip("the retail workload is not beside the project")
    golden, gates = retail / "retail_tau2_golden_train.jsonl", retail / "retail_gate_cases_train.jsonl"

    result = bench(
        "bench.retail", "--server", retail / "server.py", "--golden", golden, "--gates", gates, "--limit", 12
    )

    assert result["tasks"] == result["tasks_equal"] == 12
    assert (result["refused"], result["allowed"]) == (result["refusals"], result["controls"]) == (10, 2)


def test_passages_are_searched_and_timed() -> None:
    measured = bench("bench.knowledge", "--passages", 60, "--questions", 5)

    assert (measured["passages"], measured["questions"]) == (60, 5)
    assert 0 < measured["p50_ms"] <= measured["p99_ms"]


def test_messages_are_matched_with_procedures_made_of_intents(tmp_path: Path) -> None:
    phrases = {
        "refund": ["i want my money back", "please refund my order", "refund these shoes", "reimburse me", "a refund"],
        "opening": ["when do you open", "are you open today", "opening hours", "until when are you open", "closed?"],
        "parcel": ["where is my parcel", "track my parcel", "parcel is late", "did you ship it", "has it been sent"],
    }
    intents = [{"intent": intent, "examples_train10": examples} for intent, examples in phrases.items()]
    (tmp_path / "intents.json").write_text(json.dumps(intents))
    said = [("may i have my money back", "refund"), ("where is the parcel", "parcel"), ("the sky is blue", None)]
    said += [("are you open now", "opening"), ("a poem about cheese", None)]
    (tmp_path / "test.jsonl").write_text("\n".join(json.dumps({"text": t, "intent": i}) for t, i in said))
    files = ("--intents", tmp_path / "intents.json", "--test", tmp_path / "test.jsonl")

    whole, fewer = bench("bench.trigger", *files), bench("bench.trigger", *files, "--examples", 5, "--leave-out", 1)

    assert (whole["messages"], whole["procedures"]) == (5, 3)
    assert whole["top1"] == whole["auroc"] == whole["oos_recall_at_5"] == 1
    assert fewer["procedures"] == 2
    assert fewer["top1"] == 1
    assert {"p50_ms", "learn_ms", "refused", "accepted"} <= whole.keys()


def said(who: str, text: str, *acts: list[object], **more: object) -> dict[str, object]:
    """A turn of a dialogue as the data writes it."""
    return {"s": who, "t": text, "acts": list(acts), **more}


def tables(folder: Path) -> tuple[Path, Path]:
    """A dialogue with a correction and a call, and what it is about."""

    def slot(name: str, description: str, *values: str) -> dict[str, object]:
        return {
            "name": name, "description": description, "is_categorical": bool(values), "possible_values": list(values),
        }  # fmt: skip

    intent = {
        "name": "BookTable", "description": "Book a table", "is_transactional": True,
        "required_slots": ["city", "time"], "optional_slots": {"guests": "2"},
    }  # fmt: skip
    slots = [
        slot("city", "City of the restaurant"),
        slot("time", "Time of the reservation"),
        slot("guests", "Number of people", "1", "2", "3"),
    ]
    schema = [{"service_name": "Tables_1", "description": "Tables", "slots": slots, "intents": [intent]}]
    booked = {"method": "BookTable", "parameters": {"city": "Oslo", "time": "19:30", "guests": "3"}}
    turns = [
        said("U", "A table in Rome, please", ["INFORM", "city", ["Rome"]], intent="BookTable", set={"city": ["Rome"]}),
        said("S", "When?", ["REQUEST", "time", []]),
        said("U", "half past 7 in the evening", ["INFORM", "time", ["half past 7 in the evening"]], intent="BookTable",
             set={"time": ["half past 7 in the evening"]}),
        said("S", "For 2 people in Rome?", ["CONFIRM", "guests", ["2"]]),
        said("U", "No, I meant Oslo", ["INFORM", "city", ["Oslo"]], intent="BookTable", set={"city": ["Oslo"]},
             corrected=["city"]),
        said("S", "For 3 people in Oslo?", ["CONFIRM", "guests", ["3"]]),
        said("U", "Yes", ["AFFIRM", "", []], intent="BookTable", set={"guests": ["3"]}),
        said("S", "Done.", call=booked),
    ]  # fmt: skip
    data, described = folder / "dialogues.jsonl", folder / "schema.json"
    data.write_text(json.dumps({"id": "1", "service": "Tables_1", "turns": turns}) + "\n")
    described.write_text(json.dumps(schema))
    return data, described


UNDERSTOOD = {
    "A table in Rome, please": {
        "kind": "start_procedure", "procedure": "tables-1-booktable", "values": {"city": "Rome"},
    },
    "half past 7 in the evening": {"kind": "set_variables", "values": {"time": "19:30"}},
    "No, I meant Oslo": {"kind": "correct_variable", "variable": "city", "value": "Oslo"},
}  # fmt: skip


async def test_a_model_may_follow_the_same_dialogues(tmp_path: Path) -> None:
    data, described = tables(tmp_path)
    async with FakeModel.running() as fake:
        fake.key = None
        fake.otherwise = lambda asked: calls(*filter(None, [UNDERSTOOD.get(fake.told()["message"])]))
        given = ("--data", data, "--schema", described, "--model", f"{fake.url}#{MODEL}")
        result = await asyncio.to_thread(bench, "bench.dialogues", *given)

    assert (result["corrections"], result["corrections_caught"]) == (1, 1)
    assert result["values_right"] == result["values"]
    assert fake.requests


def test_dialogues_are_followed_with_their_corrections_and_calls(tmp_path: Path) -> None:
    data, described = tables(tmp_path)
    result = bench("bench.dialogues", "--data", data, "--schema", described)

    assert (result["turns"], result["calls"], result["corrections"]) == (4, 1, 1)
    assert result["values"] == result["values_right"] == 7
    assert (result["corrections_caught"], result["reasks"]) == (1, 0)


ANSWERS = [
    {"text": "At 11:45AM please", "requested": ["time"], "slots": {"time": "11:45AM"}},
    {"text": "Jo Smith", "requested": ["first_name", "last_name"], "slots": {"first_name": "Jo", "last_name": "Smith"}},
    {"text": "Do you have parking?", "requested": ["people"], "slots": {}},
    {"text": "I like the garden", "requested": [], "slots": {}},
]


def test_asked_for_values_are_compared_with_what_was_labelled(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_text("\n".join(map(json.dumps, ANSWERS)))

    result = bench("bench.slots", tmp_path / "answers.jsonl")

    assert (result["asked"], result["exact"]) == (3, 3)
    assert (result["none_cases"], result["none_recognised"]) == (1, 1)


async def test_a_model_may_extract_the_same_values(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_text("\n".join(map(json.dumps, ANSWERS[:2])))
    async with FakeModel.running() as fake:
        fake.key = None
        fake.say(calls({"kind": "set_variables", "values": {"time": "11:45AM"}}))
        fake.say(calls({"kind": "set_variables", "values": {"first_name": "Jo", "last_name": "Jones"}}))
        model = f"{fake.url}#{MODEL}"
        result = await asyncio.to_thread(bench, "bench.slots", tmp_path / "answers.jsonl", "--model", model)

    assert (result["asked"], result["exact"]) == (3, 2)
