"""`deskhand contacts` and `deskhand audiences`, against a running demo."""

import json
from pathlib import Path

import pytest
import yaml

from tests.integration.cli.command import Server


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    rows = [f"import-{n},Imported{n},person{n}@import.example,{'business' if n % 2 else 'free'}" for n in range(1200)]
    bad = ["import-x,Wrong,nonsense,free", "too,few"]
    file.write_text("\n".join(["id,first_name,email,plan", *rows, *bad]) + "\n", encoding="utf-8")
    return file


def test_a_file_of_contacts_is_brought_in_and_its_bad_lines_are_told(demo: Server, people: Path) -> None:
    told = demo.run("contacts", "import", people)

    assert (told.code, told.out) == (1, "1200 created, 0 updated, 0 unchanged, 2 refused\n")
    assert told.err.splitlines() == [
        f"{people}:1203: It has 2 cells, but there are 4 columns.",
        f"{people}:1202: `nonsense` is no e-mail address: write it like ada@example.com.",
    ]
    again = demo.run("contacts", "import", "-", "--json", stdin='{"id": "import-7", "last_name": "Seven"}\n')
    assert again.json == {"created": 0, "updated": 1, "unchanged": 0, "refused": 0}


def test_contacts_are_found_shown_and_erased(demo: Server) -> None:
    line = json.dumps({"id": "shown", "first_name": "Zoë", "last_name": "Quux", "phone_number": "+49 30 1234"})
    assert demo.run("contacts", "import", "-", stdin=line).code == 0

    [listed] = demo.run("contacts", "--search", "quux", "--json").json
    shown = demo.run("contacts", "show", listed["id"]).json
    assert (shown["external_id"], shown["first_name"]) == ("shown", "Zoë")
    assert "Zoë Quux" in demo.run("contacts", "list", "--search", "Quux 1234").out

    assert demo.run("contacts", "remove", listed["id"]).out == f"{listed['id']}: erased.\n"
    assert demo.run("contacts", "--search", "quux").out == "No contacts.\n"
    gone = demo.run("contacts", "show", listed["id"])
    assert (gone.code, gone.err) == (1, "deskhand: There is no such thing in this workspace.\n")


def test_audiences_are_stored_tried_and_removed(demo: Server, tmp_path: Path) -> None:
    file = tmp_path / "vip.yaml"
    rule = {"variable": "contact.attributes.seats", "operator": "at_least", "value": 10}
    file.write_text(yaml.safe_dump({"slug": "vip", "name": "VIPs", "rule": rule}), encoding="utf-8")

    assert demo.run("audiences", "put", file).out == f"{file}: `vip` is stored.\n"
    assert "vip" in demo.run("audiences").out
    assert demo.run("audiences", "show", "vip").json == {"slug": "vip", "name": "VIPs", "rule": rule}
    inside = demo.run("audiences", "test", "vip", "contact.attributes.seats=12")
    assert (inside.code, inside.out) == (0, "in `vip`: The rule holds.\n")
    outside = demo.run("audiences", "test", "vip", "contact.attributes.seats=9", "medium=web")
    words = "`contact.attributes.seats` is `9`, but must be at least 10."
    assert (outside.code, outside.out) == (1, f"not in `vip`: {words}\n")

    line = json.dumps({"id": "vip", "attributes": {"seats": 11}})
    demo.run("contacts", "import", "-", stdin=line)
    [contact] = [one for one in demo.run("contacts", "--search", "vip", "--json").json if one["external_id"] == "vip"]
    assert demo.run("audiences", "test", "vip", "--contact", contact["id"], "--json").json["matches"]
    assert demo.run("audiences", "remove", "vip").out == "`vip` is removed.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("test", "vip", "seats"), "`seats`: write it like contact.attributes.plan=business."),
        (("test", "nobody"), "deskhand: There is no audience `nobody`."),
        (("show", "nobody"), "deskhand: There is no audience `nobody`."),
        (("remove", "nobody"), "deskhand: There is no audience `nobody`."),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(demo: Server, words: tuple[str, ...], sentence: str) -> None:
    told = demo.run("audiences", *words)
    assert (told.code, told.err) == (1, sentence + "\n")


def test_an_audience_that_is_wrong_is_not_stored(demo: Server, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("slug: wrong\nname: Wrong\nrule: {variable: contact.emial, operator: exists}\n", encoding="utf-8")

    told = demo.run("audiences", "put", file)

    assert told.code == 1
    assert "did you mean `contact.email`?" in told.err
