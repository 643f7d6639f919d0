"""Prints a report with typst. The first one loads fonts and template; the ones after it take a fraction."""

import json
from functools import cache
from pathlib import Path

from typst import Compiler, Fonts

from flows.application.report.view import Lines, Section, View
from integrations.reports.glyphs import FAMILY, FOLDER, printable

TEMPLATE = Path(__file__).with_name("report.typ")


def print_report(view: View, missing_note: str = "") -> bytes:
    """The report as a PDF. When a character has no shape anywhere, `missing_note` is added and says so."""
    written = printable(view.model_dump_json())
    if written.missing and missing_note:
        view = _with_note(view, missing_note)
        written = printable(view.model_dump_json())
    compiler = _compiler(system=written.families != (FAMILY,))
    inputs = {"view": written.text, "families": json.dumps(written.families)}
    made = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("typst prints one document")
    return made


def _with_note(view: View, note: str) -> View:
    """The view with a line at its end."""
    *others, last = view.sections
    told = Lines(lines=(note,), tone="quiet")
    return view.model_copy(update={"sections": (*others, Section(**{**dict(last), "blocks": (*last.blocks, told)}))})


@cache
def _compiler(*, system: bool) -> Compiler:
    """One compiler for our own fonts, one that knows those of the system as well."""
    fonts = Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    return Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
