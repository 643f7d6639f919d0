"""The shape of a flow: steps that show a card and take an answer, actions, and reactions to events.

A flow is a value. A step says by `pending` whether it is still to be done, so that the position in the
journey follows from the answers and can never disagree with them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.engine.turn import Taker, Turn
from flows.events import Event
from flows.messages import Heard
from flows.understanding.reading import Act, Reading

Press = Callable[[Turn, str], None]
Hear = Callable[[Turn, Heard, Reading], bool]
React = Callable[[Turn, Event], None]
Receive = Callable[[Turn, Heard], None]
Respond = Callable[[Turn, Reading], bool]


def no_field(_turn: Turn, _arg: str) -> str | None:
    """A step that asks for no particular field."""
    return None


def takes_nothing(_turn: Turn, _heard: Heard, _reading: Reading) -> bool:
    """A step that takes no typed answer."""
    return False


@dataclass(frozen=True)
class Step:
    """One thing the owner is shown and may answer.

    `pending` gives None when there is nothing to do here, else an argument (a field, a source, or "").
    `show` draws the card; `press` are its buttons; `hear` takes words and says whether it could;
    `asked` names the field a bare number would be. `back` says that the owner may come back to it later. A step of
    `prose` takes whole sentences: what numbers and names they hold belongs to the answer; a step that is asked `own` is
    told every word first, since "no, the name is Wu" corrects what it shows and no earlier answer.
    """

    name: str
    pending: Callable[[Turn], str | None]
    show: Press
    press: Mapping[str, Press] = field(default_factory=dict)
    hear: Hear = takes_nothing
    asked: Callable[[Turn, str], str | None] = no_field
    back: bool = True
    prose: bool = False
    own: bool = False


@dataclass(frozen=True)
class Flow:
    """A part of the journey, or something that may happen at any point of it.

    `anywhere` are buttons that work on every card, also old ones; `acts` answers what the owner does
    in words anywhere, and says whether it could; `commands` are slash commands; `reacts` handles events
    by their kind; `takes` replaces the plain keeping of a value for a field; `things` takes what is sent
    that is not words, by its kind, such as a file.
    """

    name: str
    steps: tuple[Step, ...] = ()
    anywhere: Mapping[str, Press] = field(default_factory=dict)
    acts: Mapping[Act, Respond] = field(default_factory=dict)
    commands: Mapping[str, Press] = field(default_factory=dict)
    reacts: Mapping[str, React] = field(default_factory=dict)
    takes: Mapping[str, Taker] = field(default_factory=dict)
    things: Mapping[str, Receive] = field(default_factory=dict)
