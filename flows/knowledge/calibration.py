"""How near is near enough, worked out from a knowledge base by rehearsing its own questions.

Every rehearsal asks one of the base's questions as if the base did not have it. With its article it
shows how often the nearest article is wrong; without its article it is a question from outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from flows.knowledge.index import Ranking, Room

REHEARSALS = 400
LEAD_WEIGHT = 0.8
LEAST_LEAD = 0.02
# A rehearsal is harder than life, because people mostly ask in ways close to more than one variant:
# these two shares gave half as much and less on paraphrases and outside questions written for the tests.
WRONG_SHARE = 0.03
OUTSIDE_SHARE = 0.10
# A base of few articles rehearses too few mistakes to learn from: stay near what right answers reach.
LEAST_OF_RIGHT = 0.9
LEAST_SURE = 0.4
UNKNOWN_BELOW = 0.5


@dataclass(frozen=True)
class Limits:
    """`sure` is the least certainty to answer at once, `unsure` the least score to ask back; below it is unknown."""

    sure: float
    unsure: float


# For a base whose rehearsals bring nothing right, such as one question per article.
UNTESTED = Limits(sure=0.8, unsure=0.3)


def certainty(scores: Sequence[float]) -> float:
    """How certain the first of these scores is: its height and its lead over the second; none without a lead."""
    first, second = [*scores[:2], 0.0, 0.0][:2]
    lead = first - second
    return first + LEAD_WEIGHT * lead if lead >= LEAST_LEAD else 0.0


def calibrate(room: Room) -> Limits:
    """The limits of a language, always the same for the same articles."""
    places = room.questions
    step = max(1, -(-len(places) // REHEARSALS))
    rehearsed = [(number, room.rehearse(number, place)) for number, place in places[::step]]
    right = [_scores(ranking) for number, ranking in rehearsed if _first(ranking) == number]
    if not right:
        return UNTESTED
    wrong = [certainty(_scores(ranking)) for number, ranking in rehearsed if _first(ranking) != number]
    outside = [certainty(_scores([each for each in ranking if each[0] != number])) for number, ranking in rehearsed]
    return Limits(
        sure=max(
            _exceeded_by(wrong, WRONG_SHARE * len(rehearsed)),
            _exceeded_by(outside, OUTSIDE_SHARE * len(rehearsed)),
            LEAST_OF_RIGHT * median(map(certainty, right)),
            LEAST_SURE,
        ),
        unsure=UNKNOWN_BELOW * median(scores[0] for scores in right),
    )


def _scores(ranking: Ranking) -> list[float]:
    return [score for _, score in ranking]


def _first(ranking: Ranking) -> int:
    return ranking[0][0] if ranking else -1


def _exceeded_by(values: list[float], allowed: float) -> float:
    """The least limit that at most `allowed` of the values lie above."""
    above = int(allowed)
    return sorted(values, reverse=True)[above] if above < len(values) else 0.0
