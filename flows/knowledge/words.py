"""A question or a passage as terms: English word stems, Chinese character pairs, shared ideas and topics.

A term that starts with `=` is an idea of the synonym data, so that words which mean the same meet; one that starts
with `~` is a topic, and one that starts with `'` a single Chinese character: hints, which weigh less. Turns of phrase
start with `+` and only tell subjects.
"""

import operator
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import compress, count, groupby, pairwise

from flows.knowledge.lexicon import longest, openings, phrases, stop_stems, topics
from flows.knowledge.scripts import told
from flows.knowledge.stems import stem

MAX_CHARACTERS = 4_000
MOST_QUESTIONS = 3
FEWEST_WORDS, FEWEST_CHARACTERS = 3, 4
"""A question has at least so many English words or Chinese characters."""

_PIECE = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_BETWEEN = re.compile(
    r"[?？!！。;；\n]+|\.\s|[,，]?\s(?:and|also|plus)\s(?=(?:how|what|when|why|where|who|which|can|could|do|does|is|are|will)\b)"
    r"|[,，、]?(?:还有|另外|以及|顺便问)",
    re.IGNORECASE,
)
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc`")
_APOSTROPHE = re.compile(rf"(?<=[a-z])[{''.join(sorted(_APOSTROPHES))}](?=[a-z])")
# "id like" is "I'd like", not an identity document; as stems.
_AFTER_I_WOULD = frozenset({"lik", "rather", "prefer", "lov", "need", "want", "hat", "also"})

# What thumbs leave out.
_SHORT = {
    "u": "you", "r": "are", "ur": "your", "y": "why", "cos": "because", "coz": "because", "cuz": "because",
    "pls": "please", "plz": "please", "thx": "thanks", "ppl": "people", "msg": "message", "acc": "account",
    "acct": "account", "biz": "business", "tmrw": "tomorrow", "yr": "year", "yrs": "years", "mth": "month",
    "mths": "months", "hrs": "hours", "mins": "minutes",
}  # fmt: skip

TOPIC, LETTER, TURN = "~", "'", "+"
HINTS = frozenset({TOPIC, LETTER})
"""What terms begin with that only hint at a subject."""

# How people ask says little about what they ask for.
ASKING = frozenset({"why", "how", "what", "when", "who", "where", "which", "not", "no", "long", "many", "much"})
_ASKING_IDEAS = frozenset(
    {"=when", "=who", "=howlong", "=where", "=reason"}
    | {"=为什么", "=什么时候", "=多久", "=谁", "=哪里", "=怎么", "=什么意思"}
)
_PARTICLES = frozenset("的了吗呢啊吧我你您他们有没能要想是不个一可以在就会也都还这那么什怎")
_PARTICLE = re.compile(f"[{''.join(sorted(_PARTICLES))}]+")


def commonness(term: str) -> float:
    """Roughly the share of ordinary questions that have a term; 0 for one that is about something."""
    if term in ASKING or term in _ASKING_IDEAS:
        return 0.1
    return (0.0, 0.05, 0.2)[sum(letter in _PARTICLES for letter in term)] if len(term) == 2 else 0.0


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def latin_words(text: str) -> int:
    """How many words in Latin letters a text has."""
    return len(_LATIN.findall(text[:MAX_CHARACTERS]))


def apart(text: str) -> list[str]:
    """The questions of a message that asks several, each with enough words to be one; the message itself otherwise."""
    parts = [part.strip() for part in _BETWEEN.split(text[:MAX_CHARACTERS])]
    whole = [
        part for part in parts if latin_words(part) >= FEWEST_WORDS or len(_HAN.findall(part)) >= FEWEST_CHARACTERS
    ]
    return whole[:MOST_QUESTIONS] if len(whole) > 1 else [text]


def terms(text: str) -> list[str]:
    """Words and ideas of a text in order, with repetitions; at most MAX_CHARACTERS are read."""
    return [term for term in features(text) if term[0] not in HINTS]


def features(text: str, *, letters: bool = True) -> list[str]:
    """The terms of a text and what they hint at: topics, and with `letters` the single characters of Chinese."""
    found: list[str] = []
    for run in _runs(text):
        if isinstance(run, str):
            found += _chinese(run, letters=letters)
        else:
            found += _english(run)
            for word in run:
                found += topics().get(word, ())
    return found


def turns(text: str) -> list[str]:
    """The English words of a text by twos, with those that say nothing: "ran off" is a turn of phrase."""
    return [f"{TURN}{one} {other}" for run in _runs(text) if not isinstance(run, str) for one, other in pairwise(run)]


def _runs(text: str) -> Sequence[str | list[str]]:
    """The text as runs of Chinese and as lists of English stems."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower()
    if folded.isascii():
        return [[stem(_SHORT.get(piece, piece)) for piece in _PIECE.findall(_APOSTROPHE.sub("", folded))]]
    if not _APOSTROPHES.isdisjoint(folded):
        folded = _APOSTROPHE.sub("", folded)
    pieces: list[str] = _PIECE.findall(told(folded))
    if min(pieces, default="") > "z":  # all Chinese, as most that is not English
        return pieces
    runs: list[str | list[str]] = []
    for latin, of_kind in groupby(pieces, _is_latin):
        if latin:
            runs.append([stem(_SHORT.get(piece, piece)) for piece in of_kind])
        else:
            runs.extend(of_kind)
    return runs


def _is_latin(piece: str) -> bool:
    return piece[0] <= "z"


def _english(stems: list[str]) -> Iterator[str]:
    """The idea of every phrase, longest first, and the words themselves, without stop words."""
    known, most, stop = phrases(), longest(), stop_stems()
    at, end = 0, len(stems)
    while at < end:
        word = stems[at]
        if word == "id" and at + 1 < end and stems[at + 1] in _AFTER_I_WOULD:
            at += 1
            continue
        length = min(most.get(word, 1), end - at)
        while length > 1 and " ".join(stems[at : at + length]) not in known:
            length -= 1
        found = known.get(" ".join(stems[at : at + length]) if length > 1 else word)
        if found is not None:
            yield found
        for each in stems[at : at + length]:
            if each not in stop:
                yield each
        at += length


def _chinese(run: str, *, letters: bool) -> list[str]:
    """Character pairs, the single characters that are no particles, and what the strings in the run stand for.

    Of two ideas that overlap only the one that begins first and is longer counts; every topic does.
    """
    begins = openings()
    pairs = list(map(operator.add, run, run[1:]))
    found = pairs or [run]
    # Few places begin a string that stands for something: one look over all saves the many.
    places = list(compress(count(), map(begins.__contains__, pairs)))
    alone = set(compress(count(), map(begins.__contains__, run)))
    said = _PARTICLE.sub("", run) if letters else ""
    if said:
        found = found + (LETTER + f" {LETTER}".join(said)).split()
    free = 0
    for at in sorted(alone.union(places)) if alone else places:
        pair = run[at : at + 2]
        for string, idea, met in (*begins.get(pair, ()), *begins[run[at]]) if at in alone else begins[pair]:
            if run.startswith(string, at):
                if idea and at >= free:
                    found.append(idea)
                    free = at + len(string)
                found += met
    return found
