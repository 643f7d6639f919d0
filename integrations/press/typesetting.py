"""Typst with our own fonts: the first document loads fonts and template, the ones after it take a fraction.

Fonts of the system are looked at only for characters that ours do not have.
"""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from integrations.press.glyphs import FAMILIES, FOLDER, Printable, printable

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATES = Path(__file__).parent
_ONE_AT_A_TIME = Lock()  # a compiler refuses a second document while it makes one
NO_DATE = 0  # the same document is the same bytes, whenever it is made


def typeset(template: str, data: str, form: Literal["pdf", "png"], ppi: float | None = None) -> tuple[bytes, Printable]:
    """A document from a template and JSON, and what of its text could be printed.

    Raises RuntimeError when the typesetter fails, TypeError when a picture would have several pages.
    """
    written = printable(data)
    families = ",".join(written.families)
    with _ONE_AT_A_TIME:
        made = _compiler(system=written.families != FAMILIES).compile(
            str(TEMPLATES / template),
            format=form,
            ppi=ppi,
            sys_inputs={"data": written.text, "families": families},
            timestamp=NO_DATE,
        )
    if not isinstance(made, bytes):
        raise TypeError("a picture has one page")
    return made, written


@cache
def _compiler(*, system: bool) -> "Compiler":
    """One compiler for our own fonts, one that knows those of the system as well."""
    from typst import Compiler, Fonts  # noqa: PLC0415 - 30 MB that most processes never need

    fonts = Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    return Compiler(root=str(TEMPLATES), font_paths=fonts)
