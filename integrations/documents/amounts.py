"""Amounts as people and banks write them; the decimal mark is found once for a whole column."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from integrations.documents.document import Unreadable

_PLAIN = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?", re.ASCII)
_SYMBOLS = re.compile(r"(?:RMB|CNY|GBP|EUR|USD|HKD)|[¥￥$£€元]", re.IGNORECASE)
_GIVEN_BACK = re.compile(r"[(（]?已(?:全额)?退款[:：]?\s*[¥￥]?([\d.,]*)[)）]?")
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
_SIGNS = {"CR": 1, "C": 1, "DR": -1, "D": -1, "H": 1, "S": -1}
EMPTY = frozenset({"", "-", "--", "/", "—"})


def decimal_mark(cells: Iterable[str]) -> str:
    """The decimal mark that a column uses. Raises Unreadable when its cells contradict one another.

    `1,234.56` and `12.5` tell a point, `1.234,56` and `12,50` a comma; `1,234` alone tells nothing, and then
    the comma stands between thousands.
    """
    points = commas = False
    for cell in cells:
        comma, point = cell.rfind(","), cell.rfind(".")
        if comma < 0 and point < 0:
            continue
        if comma >= 0 and point >= 0:
            points, commas = points or point > comma, commas or comma > point
        else:
            mark, place = (",", comma) if comma >= 0 else (".", point)
            tail = cell[place + 1 : place + 5]
            thousands = tail[:3].isdigit() and len(tail) >= 3 and not tail[3:].isdigit()
            if cell.count(mark) == 1 and not thousands:
                points, commas = points or mark == ".", commas or mark == ","
    if points and commas:
        raise Unreadable("amounts", "both decimal marks")
    return "," if commas else "."


def amount(cell: str, mark: str = ".") -> Decimal | None:
    """The amount of a cell, negative for `-`, `(…)` and a trailing `-`, `DR`; None when it is not an amount."""
    if cell in EMPTY:
        return None
    if _PLAIN.fullmatch(cell) and (mark == "." or "." not in cell):
        return Decimal(cell)
    text = unicodedata.normalize("NFKC", cell[:60])
    text = _SYMBOLS.sub("", _GIVEN_BACK.sub("", text)).replace(" ", "").upper()
    sign = 1
    for ending, meaning in _SIGNS.items():
        if text.endswith(ending):
            text, sign = text.removesuffix(ending), meaning
            break
    if text.startswith("(") and text.endswith(")"):
        text, sign = text[1:-1], -sign
    if text.endswith(("-", "\u2212")):
        text, sign = text[:-1], -sign
    elif text.startswith(("-", "\u2212", "+")):
        text, sign = text[1:], sign if text[0] == "+" else -sign
    text = text.replace("." if mark == "," else ",", "").replace("'", "")
    text = text.replace(",", ".")
    return sign * Decimal(text) if _NUMBER.fullmatch(text) else None


def given_back(cell: str) -> Decimal | None:
    """What a cell says was given back of its amount: `131.77(已退款89.84)`, `已退款(￥12.00)`.

    None when nothing was; Infinity when all was (`已全额退款`).
    """
    if "已全额退款" in cell:
        return Decimal("Infinity")
    found = re.search(r"已退款[(（]?[¥￥]?([\d,]+(?:\.\d{1,2})?)", cell, re.ASCII)
    return amount(found[1].replace(",", "")) if found else None
