"""The ways through a procedure: every branch at least once, then the others, as far as there is room."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from deskhand.domain.checks.graph import Edge, Graph
from deskhand.domain.steps import END

Path = tuple[Edge, ...]
"""Branches in the order in which a run takes them, from the first step to where it ends."""

LONGEST = 600
"""Branches of one path."""
MOST_TRIED = 20_000
"""Beginnings of paths that are looked at."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Paths of a procedure."""

    paths: tuple[Path, ...]
    complete: bool
    """Whether these are all that take no branch twice."""


def ways_through(graph: Graph, most: int) -> Ways:
    """At most so many paths, none of which takes a branch twice; those come first that take a branch no earlier one
    takes.
    """
    found: dict[Path, None] = {}
    covered: set[Edge] = set()
    for edge in (edge for edges in graph.edges.values() for edge in edges):
        if edge in covered or len(found) >= most:
            continue
        path = _through(graph, edge, covered)
        if path is not None:
            found.setdefault(path)
            covered.update(path)
    for tried, path in enumerate(_all(graph)):
        if tried >= MOST_TRIED:
            return Ways(tuple(found), complete=False)
        if path is None or path in found:
            continue
        if len(found) >= most:
            return Ways(tuple(found), complete=False)
        found[path] = None
    return Ways(tuple(found), complete=True)


def _through(graph: Graph, edge: Edge, covered: set[Edge]) -> Path | None:
    """A shortest path that takes a branch; it may take another one twice."""
    before = _shortest(graph, graph.start, {edge.source}, covered)
    if before is None or edge.target == END:
        return None if before is None else (*before, edge)
    ends = {END, *(step for step, edges in graph.edges.items() if not edges)}
    after = _shortest(graph, edge.target, ends, covered)
    return None if after is None else (*before, edge, *after)


def _shortest(graph: Graph, start: str, goals: set[str], covered: set[Edge]) -> Path | None:
    """The shortest way from a step to one of others; among equals the one with the most branches that are not covered
    yet.
    """
    came: dict[str, Edge | None] = {}
    order = count()
    queue: list[tuple[int, int, int, str, Edge | None]] = [(0, 0, next(order), start, None)]
    while queue:
        length, old, _, step, edge = heappop(queue)
        if step in came:
            continue
        came[step] = edge
        if step in goals:
            return _back(came, step)
        for one in graph.edges.get(step, ()):
            if one.target not in came:
                heappush(queue, (length + 1, old + (one in covered), next(order), one.target, one))
    return None


def _back(came: Mapping[str, Edge | None], step: str) -> Path:
    path: list[Edge] = []
    while (edge := came[step]) is not None:
        path.append(edge)
        step = edge.source
    return tuple(reversed(path))


def _all(graph: Graph) -> Iterator[Path | None]:
    """Every path that takes no branch twice, None for each beginning of one; without recursion, for long documents."""
    open_now: list[tuple[str, Path]] = [(graph.start, ())]
    while open_now:
        step, path = open_now.pop()
        edges = [] if step == END else [edge for edge in graph.edges[step] if edge not in path]
        if step == END or not graph.edges[step]:
            yield path
        elif len(path) < LONGEST:
            open_now += [(edge.target, (*path, edge)) for edge in reversed(edges)]
            yield None
