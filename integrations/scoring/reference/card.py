"""The points card: hand-set bins, points and reasons, read from YAML and checked when it is read.

It orders applications for the price of a loan; it is no probability of default, and none is computed.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from flows.application.declared import DeclaredWrongly, read_declared
from flows.application.facts import FACTS, Fact, FactKind, Facts, known, with_derived
from flows.application.rules import Code, Reason, Sentence, fact_named
from flows.application.shapes import Shape
from flows.application.sheet import Band

PACKAGED = Path(__file__).with_name("card.yaml")
Points = Annotated[int, Field(ge=0, le=200)]


class Bin(Shape):
    """Points for the values up to an edge: `below` leaves the edge out, `up_to` takes it in.

    The last bin of a number has no edge. A text has `one_of` instead. `why` is the documented reason.
    """

    points: Points
    why: Sentence
    below: Decimal | None = None
    up_to: Decimal | None = None
    one_of: tuple[str, ...] = ()

    @property
    def edge(self) -> Decimal | None:
        """Where the bin ends."""
        return self.up_to if self.below is None else self.below

    def holds(self, value: Fact) -> bool:
        """Whether a known value falls into this bin or one before it."""
        if isinstance(value, Decimal):
            return value < self.below if self.below is not None else self.up_to is None or value <= self.up_to
        return value in self.one_of


class NoData(Shape):
    """Points when the value is unknown."""

    points: Points
    why: Sentence


class Attribute(Shape):
    """One line of the card: a fact, its bins in ascending order, and the reason when points are lost."""

    name: str
    reason: Reason
    detail: Code
    no_data: NoData
    bins: tuple[Bin, ...] = Field(min_length=2, max_length=12)

    @property
    def best(self) -> int:
        """The most points the attribute can give."""
        return max(each.points for each in self.bins)

    @model_validator(mode="after")
    def _covers_every_value(self) -> "Attribute":
        spec = fact_named(self.name)
        if spec.kind is FactKind.TEXT:
            listed = [value for each in self.bins for value in each.one_of]
            _require(sorted(listed) == sorted(spec.options), f"list each of {', '.join(spec.options)} once in one_of")
            _require(all(each.edge is None for each in self.bins), "a text has no edges")
            return self
        _require(spec.kind is FactKind.NUMBER, "only numbers and coded texts can have bins")
        _require(not any(each.one_of for each in self.bins), "a number has edges, not one_of")
        _require(not any(each.below is not None and each.up_to is not None for each in self.bins), "give one edge")
        edges = [each.edge for each in self.bins]
        inner = [edge for edge in edges[:-1] if edge is not None]
        _require(edges[-1] is None and len(inner) == len(edges) - 1, "every bin but the last has an edge")
        _require(inner == sorted(set(inner)), "edges must rise")
        _require(self.no_data.points <= self.best, "no data cannot be worth more than the best bin")
        return self


class BandEdge(Shape):
    """A price band and the lowest score in it."""

    band: Band
    lowest: int


@dataclass(frozen=True, slots=True)
class Lost:
    """Points an attribute lost against its best bin, as a reason."""

    attribute: str
    points: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The score, the band (None: too little is known), what was lost, most first, and what is unknown."""

    value: int
    band: str | None
    lost: tuple[Lost, ...]
    unknown: tuple[str, ...]


class Card(Shape):
    """The whole card: score = base + points, from `minimum` to `maximum`.

    With more than `most_unknown` unknown attributes there is no band.
    """

    version: str
    minimum: int
    maximum: int
    base: int
    most_unknown: int
    bands: tuple[BandEdge, ...] = Field(min_length=1, max_length=12)
    attributes: tuple[Attribute, ...] = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def _is_consistent(self) -> "Card":
        names = [each.name for each in self.attributes]
        _require(len(names) == len(set(names)), "an attribute is there twice")
        reached = self.base + sum(each.best for each in self.attributes)
        _require(reached == self.maximum, f"the best bins reach {reached}, not the maximum {self.maximum}")
        _require(self.base >= self.minimum, "the base is below the minimum")
        edges = [each.lowest for each in self.bands]
        _require(edges == sorted(set(edges), reverse=True), "bands must fall, best first")
        _require(edges[-1] == self.minimum, "the last band must begin at the minimum")
        return self

    def score(self, facts: Facts) -> Scored:
        """Score an application. The same facts always give the same score."""
        facts = with_derived(facts)
        total, lost, unknown = self.base, [], []
        for attribute in self.attributes:
            value = known(FACTS[attribute.name], facts.get(attribute.name))
            if value is None:
                points, reason, detail = attribute.no_data.points, "9", f"{attribute.detail}_unknown"
                unknown.append(attribute.name)
            else:
                points = next(each.points for each in attribute.bins if each.holds(value))
                reason, detail = attribute.reason, attribute.detail
            total += points
            if points < attribute.best:
                lost.append(Lost(attribute.name, attribute.best - points, reason, detail))
        band = next(each.band for each in self.bands if total >= each.lowest)
        # The sort keeps the order of the card among equals, so that reasons never change places.
        lost.sort(key=lambda each: -each.points)
        return Scored(total, band if len(unknown) <= self.most_unknown else None, tuple(lost), tuple(unknown))


def load(file: Path = PACKAGED) -> Card:
    """Read the card; raises flows.errors.WrongDeclaration naming file, line and fix."""
    return read_declared(file, Card)


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise DeclaredWrongly(what, fix="Correct the card")
