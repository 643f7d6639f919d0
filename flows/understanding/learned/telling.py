"""Which acts a message does by the weights: a short one as a whole, a long one part by part."""

import math
import re
from collections.abc import Collection, Iterator

from flows.understanding.clauses import SPLIT
from flows.understanding.learned.weights import SURE, UNLIKELY, scores
from flows.understanding.reading import Act

_A_COMPANY = re.compile(r"[\u4e00-\u9fff()]{4,30}(?:有限(?:责任)?公司|合伙企业|合作社)")
_LONG = 160
"""Characters that are judged together; in more, what is asked for drowns in what is told beside it."""


def told(text: str, seen: Collection[Act] = (), least: float = -math.inf) -> set[Act]:
    """The learned acts of a folded text, with a score of at least `least`.

    Of those that a pattern has `seen` only what is most unlikely is left out. The registered name of a company alone
    tells nothing, whatever words it is made of.
    """
    if _A_COMPANY.fullmatch(text):
        return set()
    return {
        act
        for part in _parts(text)
        for act, score in scores(part).items()
        if score > (UNLIKELY[act] if act in seen else max(least, SURE[act]))
    }


def doubted(text: str) -> set[Act]:
    """The learned acts that a folded text most probably does not do, whatever words it has."""
    return {act for act, score in scores(text).items() if score <= UNLIKELY[act]}


def likeliest(text: str, among: Collection[Act], least: float = -math.inf) -> Act | None:
    """The act of those `among` that a folded text does most surely; None when it does none of them."""
    found = {act: score for act, score in scores(text).items() if act in among and score > max(least, SURE[act])}
    return max(found, key=found.__getitem__, default=None)


def _parts(text: str) -> Iterator[str]:
    start = end = 0
    for match in SPLIT.finditer(text):
        if match.end() - start > _LONG and end > start:
            yield text[start:end]
            start = end
        end = match.end()
    yield text[start:]
