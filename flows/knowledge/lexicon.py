"""What words stand for, looked up in the data: ideas (words that mean the same) and topics (words met together).

The name of an idea begins with `=`, that of a topic with `~`.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from flows.knowledge import ideas_en, ideas_zh, topics_en, topics_zh
from flows.knowledge.scripts import told
from flows.knowledge.stems import stem

# Words that carry no subject. Question words and "not" stay: they tell "why" from "how".
_STOP = frozenset(
    """
    a able about actually all already also am an and any are as at be been being bit both but by can come could
    dear did do does doing done each etc even ever every for from get getting give go going gonna got guys had
    has have having he hello her here heres hey hi his hmm i id if ill im ima in into is it its ive just kind
    kindly know let like lot madam mate may me might mine must my need now of oh ok okay on one ones only onto
    or our ours per please pls plz possible possibly question quick really say shall she should sir so some
    someones sort still stuff tell than thank thanks that thats the their them then there theres these they
    theyre thing things this those thx to too u um ur us very via wanna want was we well weve whats which will
    with wonder wondering would yeah yes yet you youll your youre yours youve
    """.split()  # noqa: SIM905 - as prose
)


def idea(word: str) -> str | None:
    """The idea an English stem stands for by itself."""
    return phrases().get(word)


@cache
def stop_stems() -> frozenset[str]:
    """Stems of words that carry no subject."""
    return frozenset(_STOP | {stem(word) for word in _STOP})


@cache
def phrases() -> Mapping[str, str]:
    """Ideas by the stems of their words."""
    found: dict[str, str] = {}
    for names in _ideas(ideas_en.IDEAS):
        for name in names:
            found.setdefault(" ".join(map(stem, name.split())), "=" + names[0])
    return found


@cache
def longest() -> Mapping[str, int]:
    """Number of words of the longest phrase that begins with a stem."""
    found: dict[str, int] = {}
    for phrase in phrases():
        first, *rest = phrase.split()
        found[first] = max(found.get(first, 1), 1 + len(rest))
    return found


@cache
def strings() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """What Chinese strings stand for: an idea, empty for none, and topics."""
    ideas: dict[str, str] = {}
    for names in _ideas(ideas_zh.IDEAS):
        for name in names:
            ideas.setdefault(told(name), "=" + names[0])
    met: dict[str, dict[str, None]] = {}
    for name, words in _topics(topics_zh.TOPICS):
        for word in words:
            met.setdefault(told(word), {})["~" + name] = None
    return {string: (ideas.get(string, ""), tuple(met.get(string, ()))) for string in {**ideas, **met}}


@cache
def openings() -> Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """Chinese strings by the pair they begin with, or the character they are: each with what it stands for."""
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for string in sorted(strings(), key=len, reverse=True):
        found.setdefault(string[:2], []).append((string, *strings()[string]))
    return {first: tuple(each) for first, each in found.items()}


@cache
def topics() -> Mapping[str, tuple[str, ...]]:
    """Topics by the stem of an English word."""
    found: dict[str, dict[str, None]] = {}
    for name, words in _topics(topics_en.TOPICS):
        for word in words:
            found.setdefault(stem(word), {})["~" + name] = None
    return {word: tuple(names) for word, names in found.items()}


def _ideas(text: str) -> Iterator[list[str]]:
    """The names of every idea of a data text."""
    for line in text.replace("\n  ", " ").splitlines():
        if line and line[0] != "#":
            yield [name.strip() for name in line.split(",")]


def _topics(text: str) -> Iterator[tuple[str, list[str]]]:
    """The name of every topic of a data text and its words."""
    for line in text.replace("\n  ", " ").splitlines():
        name, colon, words = line.partition(":")
        if colon:
            yield name, words.split()
