"""How near is near enough, worked out from a knowledge base by rehearsing its own questions.

Every rehearsal asks one of the base's questions as if the base did not have it. With its article it
shows how often the nearest article is wrong; without its article it is a question from outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from flows.knowledge.index import Near, Room

REHEARSALS = 250
LEAD_WEIGHT = 0.8
COVER_WEIGHT = 0.6
LEAST_LEAD = 0.02
# A rehearsal is harder than life, because people mostly ask in ways close to more than one variant:
# these two shares gave a third as much and less on paraphrases and outside questions written for the tests.
WRONG_SHARE = 0.04
OUTSIDE_SHARE = 0.08
# Few ways of asking rehearse too few mistakes to learn from: then only what the better right answers reach is sure.
LEAST_OF_RIGHT = 0.85
FEW_VARIANTS = 0.6
LEAST_SURE = 0.6
# Worth a button is what is so much as like as the right answers of the rehearsals are, and as what questions from
# outside find: the first tells little of a base whose questions are all alike, the second little of a small base.
UNKNOWN_BELOW = 0.37
OUTSIDE_BELOW = 0.65


class Scored(Protocol):
    """Something found, with how like it is and how much of the question it covers."""

    @property
    def score(self) -> float:
        """0 to 1."""

    @property
    def covered(self) -> float:
        """0 to 1."""


@dataclass(frozen=True)
class Limits:
    """`sure` is the least certainty to answer at once, `unsure` the least score to ask back; below it is unknown."""

    sure: float
    unsure: float


# For a base whose rehearsals bring nothing right, such as one question per article.
UNTESTED = Limits(sure=1.2, unsure=0.3)


def certainty(found: Sequence[Scored]) -> float:
    """How certain the first of these is: height, lead over the second, and cover; none without a lead."""
    if not found:
        return 0.0
    lead = found[0].score - (found[1].score if len(found) > 1 else 0.0)
    return found[0].score + LEAD_WEIGHT * lead + COVER_WEIGHT * found[0].covered if lead >= LEAST_LEAD else 0.0


def calibrate(room: Room) -> Limits:
    """The limits of a language, always the same for the same articles."""
    places = room.questions
    step = max(1, -(-len(places) // REHEARSALS))
    rehearsed = [(number, room.rehearse(number, place)) for number, place in places[::step]]
    right = [ranking for number, ranking in rehearsed if _first(ranking) == number]
    if not right:
        return UNTESTED
    without = [[each for each in ranking if each.number != number] for number, ranking in rehearsed]
    wrong = [_sureness(room, ranking) for number, ranking in rehearsed if _first(ranking) != number]
    outside = [_sureness(room, ranking) for ranking in without]
    found = median(next((each.score for each in ranking if room.answers(each.number)), 0.0) for ranking in without)
    return Limits(
        sure=max(
            _exceeded_by(wrong, WRONG_SHARE * len(rehearsed)),
            _exceeded_by(outside, OUTSIDE_SHARE * len(rehearsed)),
            (LEAST_OF_RIGHT + FEW_VARIANTS / room.variants) * median(map(certainty, right)),
            LEAST_SURE,
        ),
        unsure=max(UNKNOWN_BELOW * median(ranking[0].score for ranking in right), OUTSIDE_BELOW * found),
    )


def _sureness(room: Room, ranking: Sequence[Near]) -> float:
    """How certain an answer would be; none when what comes first is no article."""
    return certainty(ranking) if ranking and room.answers(ranking[0].number) else 0.0


def _first(ranking: Sequence[Near]) -> int:
    return ranking[0].number if ranking else -1


def _exceeded_by(values: list[float], allowed: float) -> float:
    """The least limit that at most `allowed` of the values lie above."""
    above = int(allowed)
    return sorted(values, reverse=True)[above] if above < len(values) else 0.0
