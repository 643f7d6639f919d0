"""Where the conversation is: the first step that is still pending, or the one the owner went back to."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.engine.flow import Flow, Receive, Step
from flows.engine.turn import Taker, Turn


@dataclass(frozen=True)
class Position:
    """A step and its argument."""

    step: Step
    arg: str

    @property
    def key(self) -> str:
        """How the position is remembered."""
        return f"{self.step.name}:{self.arg}"


@dataclass(frozen=True)
class Catalog:
    """The flows in the order of the journey. The last step is always pending: the place of rest."""

    flows: tuple[Flow, ...]

    @property
    def takers(self) -> Mapping[str, Taker]:
        """Fields whose values a flow takes in its own way."""
        return {field: taker for flow in self.flows for field, taker in flow.takes.items()}

    def receiver(self, kind: str) -> Receive | None:
        """What takes a thing of this kind, wherever the conversation is."""
        return next((flow.things[kind] for flow in self.flows if kind in flow.things), None)

    def step(self, name: str) -> Step | None:
        """A step by name; None when a stored position names one that no longer exists."""
        return next((step for flow in self.flows for step in flow.steps if step.name == name), None)

    def position(self, turn: Turn) -> Position:
        """Where the conversation is now."""
        if turn.state.at is not None:
            name, _, arg = turn.state.at.partition(":")
            step = self.step(name)
            if step is not None:
                return Position(step, arg)
            turn.state.at = None
        for flow in self.flows:
            for step in flow.steps:
                arg_or_none = step.pending(turn)
                if arg_or_none is not None:
                    return Position(step, arg_or_none)
        raise AssertionError("the last step of the catalogue must always be pending")
