"""Who is who on papers and payments: one firm under several spellings, in look-alike letters, or renamed."""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

# Cyrillic and Greek letters that look like Latin ones, after the confusables of Unicode TR 39.
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁɡһкмтвнґαβεικνορτυχω",
    "aeopcyxijsdghkmtbhraβeiknoptyxw".replace("β", "b"),
)
PRIVATE = frozenset({"", "个人", "散客", "cashcustomer", "walkin", "privateperson"})
_FIRM = ("股份有限公司", "有限责任公司", "有限公司", "limited", "ltd", "plc", "llp")


def folded(name: str) -> str:
    """A name without case, width, accents, look-alike letters, spaces, punctuation and the kind of firm."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LOOK_ALIKE)
    plain = "".join(char for char in plain if char.isalnum())
    for kind in _FIRM:
        if plain.endswith(kind) and len(plain) > len(kind):
            return plain.removesuffix(kind)
    return plain


class Parties:
    """Knows a party by its number, else by its folded name; a name once seen with a number is that number's."""

    def __init__(self, seen: Iterable[tuple[str, str]]) -> None:
        self._folded: dict[str, str] = {}
        numbers: dict[str, str] = {}
        for name, number in seen:
            if number:
                numbers.setdefault(self._fold(name), number)
        self._numbers: Mapping[str, str] = MappingProxyType(numbers)

    def key(self, name: str, number: str = "") -> str:
        """What stands for the party; empty for a private person who is not named."""
        if number:
            return number
        fold = self._fold(name)
        return "" if fold in PRIVATE else self._numbers.get(fold, fold)

    def _fold(self, name: str) -> str:
        known = self._folded.get(name)
        if known is None:
            known = self._folded[name] = folded(name)
        return known
