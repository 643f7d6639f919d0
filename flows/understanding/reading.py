"""What was understood of one message: acts, values with their place in the text, what is unclear.

The JSON form of `Reading` is the outside contract of `lendline understand`.
"""

from enum import StrEnum

from pydantic import Field, JsonValue

from flows.messages import Frozen


class Act(StrEnum):
    """What a person does with a message; one message may do several things."""

    ANSWER = "answer"
    YES = "yes"
    NO = "no"
    SKIP = "skip"
    DONT_KNOW = "dont_know"
    WHY = "why"
    QUESTION = "question"
    CORRECT = "correct"
    BACK = "back"
    REPEAT = "repeat"
    CANCEL = "cancel"
    HUMAN = "human"
    STATUS = "status"
    LANGUAGE = "language"
    GREETING = "greeting"
    COMPLAINT = "complaint"
    DISTRESS = "distress"
    OTHER = "other"


class Route(StrEnum):
    """What a first message asks for."""

    APPLY = "apply"
    STATUS = "status"
    EXISTING_LOAN = "existing_loan"
    QUESTION = "question"
    COMPLAINT = "complaint"
    HUMAN = "human"
    GREETING = "greeting"
    OTHER = "other"


class ReadValue(Frozen):
    """A value for a field, where it stands in the text, and what it replaces in a correction.

    Money is a decimal string with `currency` beside it (None when none was named).
    """

    field: str
    value: JsonValue
    span: tuple[int, int]
    currency: str | None = None
    old: JsonValue = None


class Unclear(Frozen):
    """Something that looks like a value but is too vague or contradictory to take.

    A number that only changes an earlier one is `relative`; `by` is what it adds to it, negative when it takes away.
    """

    field: str
    text: str
    span: tuple[int, int]
    why: str = Field(description="vague, range, ambiguous, impossible, invalid or relative")
    by: JsonValue = None
    currency: str | None = None


class Reading(Frozen):
    """One message, read."""

    text: str
    lang: str
    acts: tuple[Act, ...]
    values: tuple[ReadValue, ...] = ()
    route: Route = Route.OTHER
    unclear: tuple[Unclear, ...] = ()

    def did(self, act: Act) -> bool:
        """Whether the message does `act`."""
        return act in self.acts

    def value(self, field: str) -> ReadValue | None:
        """The value read for a field; the last one said wins."""
        return next((each for each in reversed(self.values) if each.field == field), None)
