"""The examples do what their README says."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deskhand.application.simulation import Report
from deskhand.cli.main import app
from deskhand.domain.checks import check
from deskhand.domain.documents import parse_yaml, read_procedure
from deskhand.domain.requests import Connection
from deskhand.domain.steps.base import Surroundings

EXAMPLES = Path(__file__).parents[2] / "examples"
README = (EXAMPLES / "README.md").read_text()
PROCEDURES = sorted(file for file in EXAMPLES.rglob("*.yaml") if not file.name.endswith(".inputs.yaml"))
OFFLINE = re.findall(r"^\.venv/bin/deskhand ((?:validate|simulate) .*)$", README, re.MULTILINE)

WAYS = {
    "cancel-order.inputs.yaml": ("completed", "done"),
    "cancel-order.declined.inputs.yaml": ("completed", "kept"),
    "cancel-order.rejected.inputs.yaml": ("escalated", "cancel"),
    "cancel-order.too-late.inputs.yaml": ("completed", "too_late"),
    "cancel-order.unknown-order.inputs.yaml": ("completed", "done"),
    "cancel-order.somebody-elses.inputs.yaml": ("completed", "done"),
    "cancel-order.unknown-email.inputs.yaml": ("escalated", "unknown_customer"),
    "cancel-order.shop-unavailable.inputs.yaml": ("escalated", "shop_unavailable"),
    "cancel-order.not-cancelled.inputs.yaml": ("escalated", "not_cancelled"),
}
"""How each file of answers ends, and at which step."""


def simulated(inputs: str) -> Report:
    procedure = EXAMPLES / f"{inputs.split('.')[0]}.yaml"
    told = CliRunner().invoke(app, ["simulate", str(procedure), "--inputs", str(EXAMPLES / inputs), "--json"])
    assert told.exit_code == 0, told.output
    return Report.model_validate_json(told.stdout)


@pytest.mark.parametrize("file", PROCEDURES, ids=lambda file: file.stem)
def test_an_example_has_neither_errors_nor_warnings(file: Path) -> None:
    procedure = read_procedure(parse_yaml(file.read_text(), file.name))

    assert (
        check(
            procedure,
            Surroundings(
                procedure, connections={"retail": Connection(slug="retail", base_url="https://retail.example")}
            ),
            simulated=True,
        )
        == []
    )


@pytest.mark.parametrize("command", OFFLINE)
def test_a_command_of_the_readme_works(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES.parent)

    told = CliRunner().invoke(app, shlex.split(command))

    assert told.exit_code == 0, told.output


@pytest.mark.parametrize("inputs", sorted(file.name for file in EXAMPLES.glob("*.inputs.yaml")))
def test_a_file_of_answers_goes_the_way_it_is_for(inputs: str) -> None:
    report = simulated(inputs)

    assert (report.outcome, report.steps[-1]) == WAYS[inputs]
    assert report.unused == ()
    assert f"| `{inputs}` |" in README


def test_all_files_of_answers_together_go_through_every_step() -> None:
    visited = {step for inputs in WAYS for step in simulated(inputs).steps}

    assert visited == set(read_procedure(parse_yaml((EXAMPLES / "cancel-order.yaml").read_text())).by_id)


def test_the_readme_has_commands_and_no_file_that_is_not_there() -> None:
    assert len(OFFLINE) == 2
    named = set(re.findall(r"[\w.-]+\.yaml", README))
    folders = (EXAMPLES, EXAMPLES / "shop-page", EXAMPLES.parent / "src/deskhand/demo/content")
    assert {name for name in named if not any((folder / name).exists() for folder in folders)} == set()
