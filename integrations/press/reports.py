"""The credit report on paper."""

from flows.application.report.view import Lines, Section, View
from integrations.press.typesetting import typeset

TEMPLATE = "report.typ"


def print_report(view: View, missing_note: str) -> bytes:
    """The report as a PDF; `missing_note` is added when a character has no shape in any font."""
    made, written = typeset(TEMPLATE, view.model_dump_json(), "pdf")
    if not written.missing:
        return made
    return typeset(TEMPLATE, _with_note(view, missing_note).model_dump_json(), "pdf")[0]


def _with_note(view: View, note: str) -> View:
    """The view with a line at its end."""
    *others, last = view.sections
    told = last.model_copy(update={"blocks": (*last.blocks, Lines(lines=(note,), tone="quiet"))})
    sections: tuple[Section, ...] = (*others, told)
    return view.model_copy(update={"sections": sections})
