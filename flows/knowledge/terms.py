"""The terms of a knowledge base by number, and how much each of them says.

The rarer a term is in the base, and in what people write anyway, the more it says. A mistyped word of a question counts
as the known one that it is like.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from math import log, sqrt

from flows.knowledge.lexicon import idea, topics
from flows.knowledge.packed import Rows
from flows.knowledge.vocabulary import Vocabulary
from flows.knowledge.words import ASKING, HINTS, LETTER, TOPIC, commonness

ASKING_SHARE = 0.4
IDEA_SHARE = 0.5
TOPIC_SHARE = 0.7
LETTER_SHARE = 0.7
UNKNOWN_WEIGHT = 0.7
# So many articles of ordinary language are counted besides, so that a small base knows what is common.
ORDINARY = 15


@dataclass(frozen=True)
class Asked:
    """A question: a unit vector over known terms by their numbers, and all that it says, known or not, by name."""

    weights: Mapping[int, float]
    said: Mapping[str, float]


class Terms:
    """The terms of one language by number, and the texts and bodies told in them.

    `words` has the numbers of every text, one after another; the texts of article `n` begin at `first[n]`. `hint` has 1
    where a term but hints at a subject.
    """

    def __init__(self, texts: Iterable[Iterable[Iterable[str]]], bodies: Iterable[Iterable[str]]) -> None:
        """`texts`: the terms of every text of every article, taken one by one; `bodies`: those of the bodies."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._numbers: dict[str, int] = numbers
        self.first = array("I", [0])
        asked_in: Counter[int] = Counter()
        self.words = Rows(self._told(texts, asked_in))
        self.bodies = Rows(map(self._numbered, bodies))
        numbers.default_factory = None  # from here on a term that is not there is unknown
        self._count = len(self.bodies)
        self.rarity = array("f", [self._rare(term, asked_in[at] or 1) for term, at in self._numbers.items()])
        self._squares = array("f", [weight * weight for weight in self.rarity])
        self.hint = bytes(term[0] in HINTS for term in self._numbers)
        self._vocabulary = Vocabulary(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All terms in the order of their numbers."""
        return tuple(self._numbers)

    def scale(self, numbers: Iterable[int]) -> float:
        """What the rarities of terms are multiplied by to be a unit vector."""
        return 1 / (sqrt(sum(map(self._squares.__getitem__, numbers))) or 1.0)

    def asked(self, found: Iterable[str]) -> Asked:
        """A question of these terms. What no article knows counts against all of them."""
        numbers, rarity = self._numbers, self.rarity
        weights: dict[int, float] = {}
        said: dict[str, float] = {}
        unknown = 0.0
        for term in dict.fromkeys(found):
            number = numbers.get(term)
            if number is not None:
                weights[number], said[term] = rarity[number], 1.0
            elif term[0].isdecimal():  # a sum or a date says nothing about what is asked
                continue
            elif (near := self._vocabulary.nearest(term)) is None:
                unknown += (UNKNOWN_WEIGHT * self._rare(term, 0.5)) ** 2
                said[term] = 1.0
            else:
                known, likeness = near
                for each in (known, idea(known), *topics().get(known, ())):
                    if each is not None and (place := numbers.get(each)) is not None:
                        weights[place] = max(weights.get(place, 0.0), rarity[place] * likeness)
                        said[each] = max(said.get(each, 0.0), likeness)
                unknown += (rarity[numbers[known]] * (1 - likeness)) ** 2
        norm = sqrt(sum([weight * weight for weight in weights.values()]) + unknown) or 1.0
        return Asked({number: weight / norm for number, weight in weights.items()}, said)

    def again(self, numbers: Sequence[int]) -> Asked:
        """A question of the base itself by the numbers of its terms."""
        names, scale = self.names, self.scale(numbers)
        return Asked({number: self.rarity[number] * scale for number in numbers}, {names[at]: 1.0 for at in numbers})

    def _told(self, texts: Iterable[Iterable[Iterable[str]]], asked_in: Counter[int]) -> Iterator[Sequence[int]]:
        """Every text in numbers; on the way it is noted where articles begin and how many have a term."""
        for each in texts:
            told = [self._numbered(text) for text in each]
            self.first.append(self.first[-1] + len(told))
            asked_in.update(set(chain.from_iterable(told)))
            yield from told

    def _numbered(self, found: Iterable[str]) -> list[int]:
        """The numbers of terms, each once, in order: the same articles give the same numbers in every process."""
        return list(map(self._numbers.__getitem__, dict.fromkeys(found)))

    def _rare(self, term: str, found: float) -> float:
        weight = log(1 + (self._count + ORDINARY) / (found + ORDINARY * commonness(term)))
        if term[0] == TOPIC:
            return TOPIC_SHARE * weight
        if term[0] == LETTER:
            return LETTER_SHARE * weight
        if term in ASKING:
            return ASKING_SHARE * weight
        return IDEA_SHARE * weight if term.isascii() and idea(term) is not None else weight
