"""What a turn decides: the new state and the effects, committed together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flows.conversation import Conversation
from flows.effects import Effect
from flows.events import Event


@dataclass(frozen=True)
class Decision:
    """The state after an event, and what is to be done because of it, in order."""

    conversation: Conversation
    effects: tuple[Effect, ...]


Decide = Callable[[Conversation, Event, datetime], Decision]
