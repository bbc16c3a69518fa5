def steps(count: int):
    return [{"id": f"s{number}", "kind": "message", "text": "Hello"} for number in range(count)]


def test_twenty_steps_are_fine(checked) -> None:
    assert checked(*steps(20)) == []


def test_more_than_twenty_steps_are_doubtful(checked) -> None:
    (problem,) = checked(*steps(21))

    assert (problem.severity, problem.code, problem.step) == ("warning", "many-steps", None)
    assert problem.sentence.startswith("there are 21 steps")
