"""A paper as a page of HTML, which a browser prints or draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

HAND_ZH, HAND_EN = "'AR PL KaitiM GB', serif", "'Breip', 'DkgHandwriting', cursive"
SANS, SERIF = "'Noto Sans CJK SC', sans-serif", "'Noto Serif CJK SC', serif"
MONO = "'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"


@dataclass(frozen=True)
class Paper:
    """What stands on a paper, as HTML, and the truth of it. `width` is in CSS pixels; a phone's screen is 390 wide.

    `ways` are the ways in which such a paper usually comes: `pdf`, `screen` (a screenshot), `photo`, `monitor` (a photo
    of a screen), `scan`.
    """

    kind: str
    country: str
    html: str
    fields: Mapping[str, str]
    width: int
    ways: tuple[str, ...]
    style: str = ""

    def document(self) -> str:
        """The whole page."""
        return (
            f"<!doctype html><meta charset=utf-8><style>*{{box-sizing:border-box}}"
            f"body{{margin:0;width:{self.width}px;background:#fff;color:#111;font:15px/1.5 {SANS}}}"
            f"table{{border-collapse:collapse}}{self.style}</style><body>{self.html}</body>"
        )


Draw = Callable[[Random], Paper]


def by_hand(text: str, *, chinese: bool) -> str:
    """A place of a form that was filled in by hand."""
    font = f"21px {HAND_ZH}" if chinese else f"24px {HAND_EN}"
    return f'<u style="font:{font};color:#223a8f">&nbsp;{text}&nbsp;</u>'


def rows(pairs: list[tuple[str, str]], cell: str = "") -> str:
    """Rows of a table with two columns."""
    return "".join(f"<tr><td {cell}>{label}</td><td>{value}</td></tr>" for label, value in pairs)


def lines(pairs: list[tuple[str, str]], colon: str = "：") -> str:
    """One line for each, the label before a colon."""
    return "".join(f"<p>{label}{colon}{value}</p>" for label, value in pairs)
