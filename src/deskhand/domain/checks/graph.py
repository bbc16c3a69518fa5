"""The steps of a procedure as a graph: edges, what can be reached, and by which way."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from deskhand.domain.procedure import Procedure
from deskhand.domain.steps import END


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a step to another, or to `end`, and the variables that are set on it."""

    source: str
    label: str
    target: str
    sets: tuple[str, ...]


Way = tuple[str, ...]
"""Steps in the order in which a run enters them."""


class Graph:
    """The graph of a procedure; exits that lead nowhere are left out of it."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.start = procedure.steps[0].id
        self.edges: Mapping[str, tuple[Edge, ...]] = {
            step.id: tuple(self._edges_of(step.id)) for step in procedure.steps
        }

    def _edges_of(self, step: str) -> Iterator[Edge]:
        for one in self.procedure.by_id[step].exits():
            target = self.procedure.target(step, one.to)
            if target == END or target in self.procedure.by_id:
                yield Edge(step, one.label, target, one.sets)

    @cached_property
    def ways(self) -> Mapping[str, Way]:
        """The shortest way from the first step to each step that can be reached."""
        return self.ways_along(lambda _: True)

    def ways_along(self, passable: Callable[[Edge], bool]) -> Mapping[str, Way]:
        """The shortest way to each step that can be reached along passable edges."""
        ways: dict[str, Way] = {self.start: (self.start,)}
        queue = deque([self.start])
        while queue:
            step = queue.popleft()
            for edge in self.edges[step]:
                if edge.target != END and edge.target not in ways and passable(edge):
                    ways[edge.target] = (*ways[step], edge.target)
                    queue.append(edge.target)
        return ways

    def reached_along(self, passable: Callable[[Edge], bool]) -> set[str]:
        """The steps that can be reached along passable edges, without the ways to them."""
        reached, open_now = {self.start}, [self.start]
        while open_now:
            for edge in self.edges[open_now.pop()]:
                if edge.target != END and edge.target not in reached and passable(edge):
                    reached.add(edge.target)
                    open_now.append(edge.target)
        return reached

    def shortest_cycle(self, within: frozenset[str], start: str) -> Way | None:
        """The shortest way from a step back to itself that stays within some steps; both ends are named."""
        came: dict[str, str] = {}
        queue = deque([start])
        while queue:
            step = queue.popleft()
            for edge in self.edges[step]:
                if edge.target == start:
                    return _round(came, start, step)
                if edge.target in within and edge.target not in came:
                    came[edge.target] = step
                    queue.append(edge.target)
        return None


def _round(came: Mapping[str, str], start: str, last: str) -> Way:
    """The way that a search came from the start to its last step, and from there to the start again."""
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return (*reversed(way), start)


def drawn(way: Way, longest: int = 8) -> str:
    """The way as a sentence shows it, its middle left out where it is long."""
    if len(way) > longest:
        way = (*way[: longest // 2], "…", *way[-(longest // 2) :])
    return " → ".join(way)
