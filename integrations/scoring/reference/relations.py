"""Relationships: the cheapest bounded path from an applicant to a listed party, with the evidence of each step.

People and firms are joined by typed links, and through identifiers they share. The path is the explanation; it is for
staff alone. An identifier that many use joins nobody. What cannot be checked is referred, never held against anybody.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field, model_validator

from flows.application.declared import DeclaredWrongly, read_declared
from flows.application.shapes import Shape

BUDGET = Decimal("3.2")
HUB = 12
REFER_WITHIN = Decimal("1.25")
HARD = frozenset({"owner", "legal_representative", "director", "guarantee", "id", "device", "account"})
# What a step costs: hard links bind, contact and trade hardly do. Through an identifier each side costs half.
WEIGHTS: Mapping[str, Decimal] = MappingProxyType(
    {
        **dict.fromkeys(HARD, Decimal(1)),
        "phone": Decimal("1.2"),
        "emergency_contact": Decimal("1.2"),
        "transfer": Decimal("1.5"),
        "address": Decimal("1.6"),
        "network": Decimal(2),
        "trade": Decimal("2.5"),
    }
)  # fmt: skip
IDENTIFIERS = frozenset({"id", "device", "account", "phone", "address", "network"})


class Action(StrEnum):
    """What a path leads to."""

    CLEAR = "clear"
    NOTE = "note"
    REFER = "refer"
    DECLINE = "decline"
    UNCHECKED = "unchecked"


class Edge(Shape):
    """A link between two parties, or of a party to an identifier (`right` is then the identifier's value)."""

    left: str = Field(min_length=1, max_length=120)
    right: str = Field(min_length=1, max_length=120)
    kind: str
    source: str = Field(min_length=1, max_length=60)
    seen: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")

    @model_validator(mode="after")
    def _is_known(self) -> "Edge":
        if self.kind not in WEIGHTS:
            raise DeclaredWrongly(f"{self.kind!r} is not a kind of link", fix=f"Use one of {', '.join(WEIGHTS)}")
        return self


class Listed(Shape):
    """A party on a watch list. `confirmed` says that somebody has proved it."""

    party: str
    on: str
    confirmed: bool = False


class Network(Shape):
    """The file of links and listed parties."""

    edges: tuple[Edge, ...] = ()
    listed: tuple[Listed, ...] = ()


class Relation(BaseModel):
    """The outcome for one applicant, as the decision log keeps it: kinds, sources and dates, no identifier."""

    model_config = ConfigDict(frozen=True)

    action: Action
    on: str = ""
    cost: Decimal | None = None
    steps: tuple[str, ...] = ()


CLEAR = Relation(action=Action.CLEAR)
UNCHECKED = Relation(action=Action.UNCHECKED)


@dataclass(frozen=True, slots=True)
class _Step:
    node: str
    cost: Decimal
    kind: str
    evidence: str


@dataclass
class Relations:
    """Links ready to be searched."""

    steps: Mapping[str, tuple[_Step, ...]]
    listed: Mapping[str, Listed]

    def check(self, identifiers: Iterable[tuple[str, str]]) -> Relation:
        """The cheapest way from what identifies the applicant (kind, value) to a listed party, and what it leads to."""
        identifiers = sorted(set(identifiers))
        if not identifiers:
            return UNCHECKED
        queue: list[tuple[Decimal, int, str, tuple[_Step, ...]]] = []
        count = 0
        for kind, value in identifiers:
            half = WEIGHTS.get(kind, Decimal(2)) / 2
            start = _Step(f"{kind}:{value}", half, kind, f"{kind} of the applicant")
            queue.append((half, count, start.node, (start,)))
            count += 1
        heapq.heapify(queue)
        done: set[str] = set()
        while queue:
            cost, _, node, path = heapq.heappop(queue)
            if node in done or cost > BUDGET:
                continue
            done.add(node)
            if node in self.listed:
                return _relation(self.listed[node], cost, path)
            if len(self.steps.get(node, ())) > HUB and node.partition(":")[0] in IDENTIFIERS:
                continue
            for step in self.steps.get(node, ()):
                if step.node not in done:
                    count += 1
                    heapq.heappush(queue, (cost + step.cost, count, step.node, (*path, step)))
        return CLEAR


def _relation(listed: Listed, cost: Decimal, path: tuple[_Step, ...]) -> Relation:
    kinds = [step.kind for step in path]
    shared = sum(kind in IDENTIFIERS for kind in kinds)
    hops = len(kinds) - shared + (shared + 1) // 2  # the two halves of an identifier are one hop between parties
    hard = all(kind in HARD for kind in kinds)
    if set(kinds) == {"transfer"}:
        action = Action.NOTE
    elif listed.confirmed and hops == 1 and hard:
        action = Action.DECLINE
    elif cost <= REFER_WITHIN or (hops <= 2 and hard):
        action = Action.REFER
    else:
        action = Action.NOTE
    return Relation(action=action, on=listed.on, cost=cost, steps=tuple(step.evidence for step in path))


def build(edges: Iterable[Edge], listed: Iterable[Listed]) -> Relations:
    """Make links ready. An identifier becomes a node of its own, `kind:value`."""
    steps: dict[str, list[_Step]] = {}
    for edge in edges:
        cost, right = WEIGHTS[edge.kind], edge.right
        if edge.kind in IDENTIFIERS:
            cost, right = cost / 2, f"{edge.kind}:{edge.right}"
        evidence = f"{edge.kind} ({edge.source}, {edge.seen})"
        steps.setdefault(edge.left, []).append(_Step(right, cost, edge.kind, evidence))
        steps.setdefault(right, []).append(_Step(edge.left, cost, edge.kind, evidence))
    return Relations({node: tuple(found) for node, found in steps.items()}, {each.party: each for each in listed})


def load(file: Path) -> Relations:
    """Read a file of links. Raises flows.errors.WrongDeclaration naming file, line and fix."""
    network = read_declared(file, Network)
    return build(network.edges, network.listed)
