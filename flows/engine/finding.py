"""Searching the public register for a name, for an owner who does not have the number at hand."""

from flows.conversation import Search
from flows.engine.turn import Turn
from flows.understanding.reading import Act, Reading, Route

LONGEST = 60
FIRST_HAN = "\u4e00"
NOTHING_ELSE = frozenset({Act.OTHER, Act.ANSWER})


def is_name(reading: Reading) -> bool:
    """Whether a message may be the name of a business: short, mostly letters, and nothing else was understood."""
    text = reading.text.strip()
    letters = sum(char.isalpha() for char in text)
    if reading.values or reading.unclear or not set(reading.acts) <= NOTHING_ELSE or reading.route is not Route.OTHER:
        return False
    return len(text) <= LONGEST and letters >= (2 if _is_han(text) else 3) and letters * 2 > len(text)


def offer_search(turn: Turn, name: str) -> None:
    """Ask whether the register may be searched for a name; a name in Chinese is looked for in China."""
    turn.state.searches += 1
    country = "CN" if _is_han(name) else "GB"
    turn.state.search = Search(number=turn.state.searches, name=name.strip()[:LONGEST], country=country)
    turn.moves()


def _is_han(text: str) -> bool:
    return any(char >= FIRST_HAN for char in text)
