"""A message in clauses, as the acts are read: what stands between punctuation, and whether it asks."""

import re
from dataclasses import dataclass

SPLIT = re.compile(r"[，。;!?\n、]+|\.+(?=\s|$)|,(?![0-9]{3})|\.(?=[a-z]{2,}\s)")
_NOISE = re.compile(r"[^\w\s'%£$€¥₹+\-.&@/:]|[.…:](?=\s|$)")
_GAP = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A space between Chinese characters, which people type for a comma."""
_SHORTEST = 2
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message between punctuation; `asks` when a question mark ends it."""

    text: str
    asks: bool


def clauses(text: str) -> list[Clause]:
    """The clauses of a folded text without signs and emoji."""
    found: list[Clause] = []
    position = 0
    for match in SPLIT.finditer(text):
        _add(found, text[position : match.start()], "?" in match[0])
        position = match.end()
    _add(found, text[position:], asks=False)
    return found


def _add(found: list[Clause], text: str, asks: bool) -> None:
    clean = _SPACES.sub(" ", _NOISE.sub(" ", text)).strip(" -_'")
    if clean:
        parts = _GAP.split(clean)
        if min(map(len, parts)) < _SHORTEST:
            parts = [clean]
        found.extend(Clause(part, asks and part is parts[-1]) for part in parts)
    elif asks and found:
        found[-1] = Clause(found[-1].text, asks=True)
