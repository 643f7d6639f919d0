"""What is learned from: written examples, utterances and questions of the kit, all again misspelt and put together.

A heading of an example file names all acts that its lines do, or, with a minus, the one act that they do not.
In a line (this|that|) stands for each in turn.
"""

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.evaluation.kit import LANGUAGES, outside_kits, question_kits, questions, utterances
from flows.errors import WrongDeclaration
from flows.understanding.folding import folded
from flows.understanding.learned import LEARNED
from flows.understanding.reading import Act, Route

FOLDER = Path("flows/understanding/learned/examples")
MOST = 24
"""Sentences made of one line, drawn by a seed of the line itself."""
WRITTEN = 0.25
"""How much a written example counts, or one made of another, beside an utterance of the kit."""

_TELLING = {Route.HUMAN, Route.COMPLAINT, Route.STATUS}
"""Routes of acts: an utterance that is labelled only with one of these may do any of them."""
_ASKED_FOR = {
    "talk-to-a-person": Act.HUMAN,
    "complaint": Act.COMPLAINT,
    "where-is-my-application": Act.STATUS,
}
"""Articles whose questions are the act itself. The questions of any other ask about something, and do no act."""
_EITHER = re.compile(
    r"change-|complaint|dispute|document-rejected|fraud|hardship|late-payment|question-asked|resume|revoke|status-|talk-|"
    r"upload-failed|when-money|when-will|where-is|why-rejected|withdraw"
)
"""Articles about which people ask as well as act: nothing is taken from their questions."""
_HEADING = re.compile(r"\[(-?)([a-z_ ]*)\]")
_CHOICE = re.compile(r"\(([^()]*)\)")
_MISSPELT, _JOINED = 0.15, 0.3
_LONGEST_JOINED = 80
_JOINTS = {"en": (", ", ". ", " ", "! ", " and ", " but "), "zh": ("，", "。", " ", "！", ",")}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the acts it is known to do and not to do, how much it counts, and where it was taken from.

    `origin` is the group of utterances it stands in; `line` the example, utterance or question it is made of.
    """

    text: str
    lang: str
    does: frozenset[Act]
    does_not: frozenset[Act]
    counts: float
    origin: str
    line: str


def written(folder: Path = FOLDER) -> Iterator[Sentence]:
    """The sentences of every `<subject>.<lang>.txt`. Raises WrongDeclaration for an act that is not learned."""
    for path in sorted(folder.glob("*.txt")):
        does, does_not = frozenset[Act](), frozenset(LEARNED)
        for line in path.read_text(encoding="utf-8").splitlines():
            heading = _HEADING.fullmatch(line)
            if heading is not None:
                named = frozenset(_act(name, path) for name in heading[2].split())
                does, does_not = (frozenset(), named) if heading[1] else (named, frozenset(LEARNED) - named)
            elif line and not line.startswith("#"):
                for text in sentences(line):
                    yield Sentence(text, path.suffixes[0][1:], does, does_not, WRITTEN, line, line)


def _act(name: str, path: Path) -> Act:
    if name not in set(LEARNED):
        raise WrongDeclaration(str(path), f"{name} is no act that is learned", "Name one of LEARNED")
    return Act(name)


def sentences(line: str) -> list[str]:
    """At most `MOST` of the sentences a line stands for, always the same ones."""
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(_CHOICE.split(line))]
    drawn = _draw(line)
    found: dict[str, None] = {}
    for _ in range(MOST * 3):
        found[" ".join("".join(drawn.choice(each) for each in choices).split())] = None
        if len(found) == MOST:
            break
    return list(found)


def said(folder: Path) -> Iterator[Sentence]:
    """The utterances of the kit. One labelled for values alone does no learned act, unless another says the same."""
    groups = [(f"{name} {place}", group) for name, kit in utterances(folder).items() for place, group in enumerate(kit)]
    labelled = {folded(text) for _, group in groups if group.acts or group.absent for text in group.say}
    for origin, group in groups:
        does = frozenset(group.acts) & set(LEARNED)
        for text in group.say:
            if group.acts or group.absent or (group.route not in _TELLING and folded(text) not in labelled):
                yield Sentence(text, group.lang, does, frozenset(LEARNED) - does, 1.0, origin, text)


def asked(folder: Path) -> Iterator[Sentence]:
    """The questions of the kit: most only ask, a few do what their article is about."""
    for name in (*question_kits(folder), *outside_kits(folder)):
        for lang in LANGUAGES:
            for article, text in questions(folder, name, lang):
                act = _ASKED_FOR.get(article)
                if act is None and _EITHER.match(article):
                    continue
                does = frozenset[Act]() if act is None else frozenset({act})
                unsure = frozenset({Act.WHY}) if article.startswith("why-") else frozenset[Act]()
                does_not = frozenset(LEARNED) - does - unsure
                yield Sentence(text, lang, does, does_not, WRITTEN, f"{name} {article}", text)


def varied(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Some sentences again, with a letter wrong or beside another sentence that does none of the learned acts."""
    short = [each for each in sentences if len(each.text) < _LONGEST_JOINED and each.does_not == frozenset(LEARNED)]
    others = {lang: [each for each in short if each.lang == lang] for lang in LANGUAGES}
    found = []
    for each in sentences:
        drawn = _draw(each.text)
        if each.lang == "en" and drawn.random() < _MISSPELT:
            found.append(replace(each, text=_misspelt(each.text, drawn), counts=WRITTEN))
        if drawn.random() < _JOINED and len(each.text) < _LONGEST_JOINED and others[each.lang]:
            parts = [each.text, drawn.choice(others[each.lang]).text]
            drawn.shuffle(parts)
            found.append(replace(each, text=drawn.choice(_JOINTS[each.lang]).join(parts), counts=WRITTEN))
    return found


def _draw(seed: str) -> random.Random:
    return random.Random(zlib.crc32(seed.encode()))  # noqa: S311 - a fair draw, nothing secret


def _misspelt(text: str, drawn: random.Random) -> str:
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 3 and word.isascii() and word.isalpha()]
    if not long:
        return text
    place = drawn.choice(long)
    word, at = words[place], drawn.randrange(1, len(words[place]) - 1)
    words[place] = drawn.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + drawn.choice("aeiourst") + word[at + 1 :],
        )
    )
    return " ".join(words)
