"""Words with which a person is asked for, spelt with one letter wrong, missing, doubled or out of place."""

import re

_WORDS = (
    "somebody", "someone", "anybody", "anyone", "human", "person", "speak", "operator", "representative",
    "supervisor", "customer", "service", "manager", "advisor", "adviser", "colleague", "agent",
)  # fmt: skip
_REAL = frozenset(
    {
        "steak",
        "sneak",
        "spear",
        "speck",
        "manage",
        "managed",
        "manages",
        "advise",
        "humane",
        "personal",
        "serviced",
        "services",
    }
)
"""Words of their own one letter from those above."""
_CLIPPED = {
    "tlk": "talk", "spk": "speak", "prsn": "person", "pers": "person", "hmn": "human", "agnt": "agent",
    "mngr": "manager", "mgr": "manager", "svc": "service", "srvc": "service", "serv": "service", "cust": "customer",
    "cstmr": "customer", "rep": "representative", "smbdy": "somebody", "smone": "someone", "smbody": "somebody",
    "spek": "speak", "persn": "person", "humn": "human", "humna": "human", "persno": "person",
    "agnet": "agent", "costumer": "customer",
}  # fmt: skip
"""Words written without some of their letters, to save time."""
_SHORTEST = 5
_LONG = re.compile(r"(?<![a-z'])[a-z]{3,15}(?![a-z'])")


def _shorter(word: str) -> set[str]:
    """`word` and all it is with one letter less; the first letter is hardly ever mistyped and stays."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}


_MEANT = {short: word for word in reversed(_WORDS) for short in _shorter(word)}


def mended(clause: str) -> str:
    """A folded clause with such words spelt right."""
    return _LONG.sub(_spelt, clause)


def _spelt(match: re.Match[str]) -> str:
    word = match[0]
    if word in _CLIPPED:
        return _CLIPPED[word]
    if len(word) < _SHORTEST or word in _REAL or word in _WORDS or (word.endswith("s") and word[:-1] in _WORDS):
        return word
    return next((_MEANT[short] for short in sorted(_shorter(word), key=len, reverse=True) if short in _MEANT), word)
