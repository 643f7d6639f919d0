"""What a message asks beside what it tells: a question next to a value, perhaps a person."""

import re

from flows.understanding import acts, learned
from flows.understanding.clauses import SPLIT, clauses
from flows.understanding.folding import folded
from flows.understanding.reading import Act, Reading

# "20k, is that ok?" asks about the value; "20k, what does it cost?" asks for something else.
_SOMETHING_ELSE = re.compile(
    r"(?<![a-z])(?:what|how|when|who|whom|where|which|why|whose)(?![a-z])|什么|多少|怎么|怎样|如何|几|谁|哪|多久|为什么|为啥|啥|咋"
)

_PERHAPS = -1.5
"""The log-odds above which a request for a person is likely enough to be offered a button."""


def question_beside(reading: Reading) -> str | None:
    """The words that ask for something of their own, when no value stands in them; None otherwise."""
    text = reading.text
    asking = []
    start = 0
    plain = folded(text)
    for end in [*(match.end() for match in SPLIT.finditer(plain)), len(plain)]:
        part = plain[start:end]
        if any(Act.QUESTION in acts.of_clause(clause) for clause in clauses(part)):
            held = any(start <= value.span[0] < end for value in reading.values)
            if held or _SOMETHING_ELSE.search(part) is None:
                return None
            asking.append(text[start:end].strip(" ,，。;；"))
        start = end
    return " ".join(asking) or None


def may_ask_for_person(text: str) -> bool:
    """Whether a message that was not understood could have asked for a person: enough to offer one, not to call one."""
    return learned.scores(folded(text))[Act.HUMAN] > _PERHAPS
