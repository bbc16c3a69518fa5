"""What completes after `{{`: the built-in names are those that templates see."""

from deskhand.application.scoping import BUILT_IN, flattened
from deskhand.domain.variables import CONTEXT


def test_every_built_in_name_is_offered() -> None:
    assert {name.partition(".")[0] for name in BUILT_IN} == CONTEXT


def test_an_answer_is_offered_field_by_field_and_a_list_by_its_first_entry() -> None:
    answer = {"order": {"items": [{"sku": "A1"}, {"sku": "A2"}], "total": 5.5}, "a.b": 1, "note": None, "tags": []}
    assert [(one.path, one.example) for one in flattened("found", answer)] == [
        ("found.order.items.0.sku", "A1"), ("found.order.total", "5.5"), ("found.note", ""), ("found.tags", "[]"),
    ]  # fmt: skip


def test_a_bottomless_answer_ends_somewhere() -> None:
    deep: dict[str, object] = {}
    for _ in range(50):
        deep = {"in": deep, "out": 1}
    assert len(list(flattened("found", deep))) < 10
