HELLO = {"id": "hello", "kind": "message", "text": "Hello"}


def test_what_was_never_simulated_is_doubtful(checked) -> None:
    (problem,) = checked(HELLO, simulated=False)

    assert (problem.severity, problem.code, problem.step) == ("warning", "never-simulated", None)


def test_what_was_simulated_is_fine(checked) -> None:
    assert checked(HELLO, simulated=True) == []
