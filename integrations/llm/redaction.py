"""Personal data replaced by tokens before a text leaves for a model, and put back in what comes from it.

Recognises by form (numbers, addresses of e-mail), and by exact words what the record already knows (names, addresses).
"""

import re
from collections.abc import Iterable

_PATTERNS = (
    ("EMAIL", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}\.[A-Za-z]{2,24}")),
    ("IBAN", re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,4})?(?![0-9A-Za-z])")),
    ("PHONE", re.compile(r"(?<![0-9A-Za-z])\+[0-9][0-9 ()-]{6,20}[0-9](?![0-9A-Za-z])")),
    ("ID", re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NP-RT-UW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}(?![0-9A-Za-z])")),
    ("NUMBER", re.compile(r"(?<![0-9A-Za-z.,])[0-9](?:[ -]?[0-9]){6,24}[Xx]?(?![0-9A-Za-z])")),
    ("ID", re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,2}[ -]?[0-9](?:[ -]?[0-9]){5,8}[A-Z]?(?![0-9A-Za-z])")),
)
_SHORTEST_NAME = 2


class Redactor:
    """Tokens of one call. `known` are words of the record that identify somebody: names, addresses."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        names = {word.strip() for word in known if len(word.strip()) >= _SHORTEST_NAME}
        self._known = sorted(names, key=len, reverse=True)
        self._tokens: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """`text` without personal data and without markup of its own; the same datum is always the same token."""
        text = text.replace("<", "‹").replace(">", "›")
        for word in self._known:
            text = re.sub(re.escape(word), lambda match: self._token("NAME", match[0]), text, flags=re.IGNORECASE)
        for kind, pattern in _PATTERNS:
            text = pattern.sub(lambda match, kind=kind: self._token(kind, match[0]), text)  # type: ignore[misc]
        return text

    def restore(self, text: str) -> str:
        """`text` with every token of this call replaced by what it stands for."""
        for datum, token in self._tokens.items():
            text = text.replace(token, datum)
        return text

    def _token(self, kind: str, datum: str) -> str:
        known = self._tokens.get(datum)
        if known is None:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            known = self._tokens[datum] = f"<{kind}_{self._counts[kind]}>"
        return known
