from collections.abc import Iterator
from typing import Any

import pytest

from deskhand.adapters.edge.rest import Declined, RestClient, Unreachable
from deskhand.cli import following
from deskhand.cli.following import Entry, Following


class Streams(RestClient):
    """A server that answers each new connection with the next of these."""

    def __init__(self, *answers: list[int] | Exception) -> None:
        super().__init__("http://127.0.0.1:1", None)
        self.answers = list(answers)
        self.paths: list[str] = []

    def follow(self, path: str) -> Any:
        self.paths.append(path)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Entries(answer)


class Entries:
    def __init__(self, numbers: list[int]) -> None:
        self._numbers = numbers

    def __iter__(self) -> Iterator[tuple[str, Entry]]:
        for number in self._numbers:
            yield "writing", {"text": f"Entry {number} is being wr"}
            yield "entry", {"seq": number}

    def close(self) -> None:
        """There is nothing to close."""


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PAUSES", (0.0, 0.0))


def test_a_broken_stream_goes_on_after_the_last_entry() -> None:
    shown: list[int] = []
    grown: list[str] = []
    server = Streams([1, 2], Unreachable(), [3], [], [4], Declined(404, {"detail": "It is gone."}))
    one = Following(server, "conv_1", lambda entry: shown.append(entry["seq"]), grown.append)
    one.start()

    one.wait_for(4)
    with pytest.raises(Declined, match="It is gone"):
        one.wait_for(5)

    one.close()
    assert shown == [1, 2, 3, 4]
    assert grown == [f"Entry {number} is being wr" for number in shown]
    after = [path.rpartition("=")[2] for path in server.paths]
    assert after == ["0", "2", "2", "3", "3", "4"]


def test_a_server_that_stays_away_is_told() -> None:
    one = Following(Streams([1], *[Unreachable("No Deskhand answers.")] * 3), "conv_1", lambda _: None, lambda _: None)
    one.start()

    one.wait_for(1)
    with pytest.raises(Unreachable, match="No Deskhand answers"):
        one.wait_for(2)
    one.close()


def test_whoever_waits_learns_that_an_entry_could_not_be_shown() -> None:
    def fail(entry: Entry) -> None:
        raise KeyError(entry["seq"])

    one = Following(Streams([1]), "conv_1", fail, lambda _: None)
    one.start()

    with pytest.raises(KeyError):
        one.wait_for(1)
    one.close()
