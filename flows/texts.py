"""Every sentence a customer reads, by language and key, from the locale files.

A key is `<file>.<table>.<name>`; a text may hold `{name}` places. No text stands in code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from flows.errors import WrongDeclaration

LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).parent / "locales"


@dataclass(frozen=True)
class Texts:
    """The texts of all languages. `get` never fails on a known key, and knows no other."""

    by_lang: Mapping[str, Mapping[str, str]]

    def get(self, lang: str, key: str, /, **params: object) -> str:
        """The text of `key` with its places filled. Raises KeyError for a key that no file has."""
        return self.by_lang[lang][key].format(**params)

    def has(self, lang: str, key: str) -> bool:
        """Whether a text exists."""
        return key in self.by_lang[lang]


def load(folder: Path = _FOLDER) -> Texts:
    """Read the locale files; raises WrongDeclaration when one cannot be read or a place is malformed."""
    return Texts(MappingProxyType({lang: MappingProxyType(_language(folder / lang)) for lang in LANGUAGES}))


def places(text: str) -> frozenset[str]:
    """Names of the places in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _language(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            tree = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise WrongDeclaration(str(file), str(error), "Correct the TOML of this locale file") from error
        for key, text in _flat(file.stem, tree):
            try:
                places(text)
            except ValueError as error:
                raise WrongDeclaration(str(file), f"{key}: {error}", "Write places as {name}") from error
            texts[key] = text
    return texts


def _flat(prefix: str, tree: Mapping[str, object]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            flat.extend(_flat(f"{prefix}.{name}", value))
        else:
            flat.append((f"{prefix}.{name}", str(value)))
    return flat
