"""What people ask anybody about anything, to be told from what a base answers.

A base of a few articles has no questions from outside to learn from; that somebody asks for a recipe or the score of a
match is known without any. What the base itself speaks of does not count: a hotel may be asked for a room.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from flows.knowledge import articles as files
from flows.knowledge.index import Room
from flows.knowledge.ordinary import ordinary

SPOKEN_OF = 2.0
"""So many times the score of what is worth a button shows that a base speaks of a question."""
FEWEST = 3
"""A base speaks of a group when it speaks of so many of its questions."""

SURELY = 0.7
"""What is so near to an everyday question is one, although nothing says that it is a question."""
REQUESTED = 0.4
"""The same of what bids somebody do something."""
_BIDS = re.compile(
    r"(?:please |can you |could you |now |just )*(?:tell|sing|write|recommend|play|translate|draw|find|show|give|book|"
    r"order|call|teach|make) (?:me|us|a|an|another|some|this|my)(?![a-z])"
    r"|(?:请|麻烦)?(?:你|您)?(?:帮我|给我|再|来)*(?:讲|唱|写|推荐|玩|翻译|画|找|查|订|叫|算|背|说|教)(?:一|个|首|篇|段|点|部|下|我)",
    re.IGNORECASE,
)


class Elsewhere:
    """The everyday questions of one language. Built once, never changed."""

    def __init__(self, groups: Sequence[Sequence[str]], lang: str) -> None:
        self._groups = groups
        self._room = Room((), groups, words=ordinary(lang))

    def nearest(self, question: str, own: Collection[int]) -> float:
        """How near the nearest of the groups is that are not the base's `own`, 0 to 1."""
        return next((score for number, score in self._room.groups(question) if number not in own), 0.0)

    def asked_by(self, message: str, own: Collection[int]) -> bool:
        """Whether a message that need not be a question asks for anything of this kind: "tell me a joke"."""
        return self.nearest(message, own) >= (REQUESTED if _BIDS.match(message.strip()) else SURELY)

    def spoken_of(self, likeness: Callable[[str], float], worth: float) -> frozenset[int]:
        """The groups a base speaks of: `likeness` is that of its nearest article, `worth` is worth a button."""
        least = SPOKEN_OF * worth
        return frozenset(
            number
            for number, questions in enumerate(self._groups)
            if sum(likeness(question) >= least for question in questions) >= FEWEST
        )


@cache
def elsewhere(lang: str) -> Elsewhere:
    """The everyday questions of a language; none when we have no list of them."""
    return Elsewhere(files.elsewhere(lang), lang)
