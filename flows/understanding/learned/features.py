"""The marks a text is judged by: its words, neighbouring words, families of words, and letters of words.

Families (somebody, staff, to fetch; debt, threats, news) stand for their words, so that one example teaches all.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

_FAMILIES = ("families.toml", "subjects.toml")
LONGEST = 400
"""Characters that are looked at; what is asked for is said near the beginning."""

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9][0-9.,]*|[\u3400-\u9fff]|[?!,.;，。、；]")
_STOPS = {"?": "?", "!": "!", **dict.fromkeys(",.;，。、；", ",")}


def of(text: str) -> list[str]:
    """The marks of a folded text, each once; the empty one is in every text."""
    text = text[:LONGEST]
    words = _words(text)
    asked, told = (_kin(text, *_families(name)) for name in _FAMILIES)
    found = dict.fromkeys(("", *_runs(words, "", 3), *_runs(asked, "~", 4), *_runs(told, "=", 2)))
    for word in words:
        if len(word) > 4:
            found.update(dict.fromkeys(_letters(word)))
    return list(found)


def _words(text: str) -> list[str]:
    return [_STOPS.get(word, "0" if word[0].isdigit() else word) for word in _TOKEN.findall(text)]


def _kin(text: str, families: Mapping[str, str], chinese: re.Pattern[str]) -> list[str]:
    words = _TOKEN.findall(chinese.sub(lambda match: families[match[0]], text))
    return [
        _STOPS.get(word, "0" if word[0].isdigit() else word) for word in (families.get(each, each) for each in words)
    ]


@lru_cache(maxsize=len(_FAMILIES))
def _families(name: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The family of each word, and the Chinese words, the longest first: Chinese has no borders between them."""
    tables: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    known = {word: family for table in tables.values() for family, words in table.items() for word in words.split()}
    return known, re.compile("|".join(sorted((word for word in known if not word.isascii()), key=len, reverse=True)))


def _runs(words: list[str], kind: str, longest: int) -> Iterator[str]:
    framed = ["^", *words, "$"]
    for length in range(1, longest + 1):
        for start in range(len(framed) - length + 1):
            yield kind + " ".join(framed[start : start + length])


def _letters(word: str) -> Iterator[str]:
    framed = f"<{word}>"
    for start in range(len(framed) - 3):
        yield "#" + framed[start : start + 4]
