"""Which characters can be printed: by our own fonts, else by one of the system. A missing one is told, never a box."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("fonts")
FAMILIES = ("Lendline Sans", "Lendline Latin")  # ours: Chinese and English, then the letters of the rest of Europe
REGULAR = ("LendlineSans-Regular.otf", "LendlineLatin-Regular.ttf")
# Never drawn: controls and marks of direction, which could also make a name look like another.
UNDRAWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SAMPLE = "喆堃䶮£€łЖ"  # some of what our own fonts must have
KEPT = "\n\t\u200b"


@dataclass(frozen=True)
class Printable:
    """Text that can be printed, the families that draw it in order, and the characters that none has."""

    text: str
    families: tuple[str, ...]
    missing: tuple[str, ...]


def printable(text: str) -> Printable:
    """The text with what cannot be drawn replaced by its code, such as `[U+1F600]`."""
    characters = set(text)
    undrawn = {each for each in characters if each not in KEPT and unicodedata.category(each) in UNDRAWN}
    unknown = characters - undrawn - ours() - set(KEPT)
    families = [*FAMILIES]
    for family, drawn in _of_system(frozenset(unknown)) if unknown else ():
        families.append(family)
        unknown -= drawn
    changed = {ord(each): None for each in undrawn} | {ord(each): f"[U+{ord(each):04X}]" for each in unknown}
    return Printable(text.translate(changed) if changed else text, tuple(families), tuple(sorted(unknown)))


@cache
def ours() -> frozenset[str]:
    """The characters of the fonts that ship with the program."""
    return frozenset[str]().union(*(_characters(FOLDER / name, 0) for name in REGULAR))


@cache
def _of_system(wanted: frozenset[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The fewest families of the system that draw what ours cannot, and what each draws of it."""
    found: list[tuple[str, frozenset[str]]] = []
    left = set(wanted)
    for path, index, family in _system():
        drawn = left & _characters(path, index)
        if drawn:
            found.append((family, frozenset(drawn)))
            left -= drawn
        if not left:
            break
    return tuple(found)


@cache
def _system() -> tuple[tuple[Path, int, str], ...]:
    """Upright fonts of the system, those for many scripts first; of a collection one, as all have the same shapes."""
    from typst import Fonts  # noqa: PLC0415 - 30 MB that most processes never need

    fonts: Iterable[tuple[Path, int, str]] = (
        (Path(each.path), each.index, each.family)
        for each in Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
        if each.path is not None and each.style == "normal" and each.weight == 400
    )
    ranked = sorted(fonts, key=lambda each: ("CJK SC" not in each[2], "CJK" not in each[2], each[2]))
    first: dict[Path, tuple[Path, int, str]] = {}
    for each in ranked:
        first.setdefault(each[0], each)
    return tuple(first.values())


@cache
def _characters(path: Path, index: int) -> frozenset[str]:
    """What a font has shapes for; nothing when it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - asked for by those who print

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (TTLibError, OSError, AssertionError):
        return frozenset()
