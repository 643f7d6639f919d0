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
    An answer that is called wrong, without the right one, is `wrong`.
    A clear number that nothing shows to be meant is `mentioned`; `value` is what it would be, and what
    a number cut short may stand for: 15 for 15,000.
    """

    field: str
    text: str
    span: tuple[int, int]
    why: str = Field(description="vague, range, ambiguous, impossible, invalid, relative, mentioned or wrong")
    by: JsonValue = None
    value: JsonValue = None
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

    def mentioned(self, field: str) -> ReadValue | None:
        """What a number would be if it were meant, or meant in full."""
        each = next((each for each in self.unclear if each.field == field and each.value is not None), None)
        if each is None:
            return None
        return ReadValue(field=field, value=each.value, span=each.span, currency=each.currency)

    def value(self, field: str) -> ReadValue | None:
        """The value read for a field; the last one said wins."""
        return next((each for each in reversed(self.values) if each.field == field), None)
