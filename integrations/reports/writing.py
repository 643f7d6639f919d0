"""Writes a report to a file: PDF for people, signed JSON for programs."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from flows import texts
from flows.application.report.laying import lay_out
from flows.application.report.model import Report
from flows.application.report.view import View
from integrations.press.reports import print_report
from integrations.reports.signing import signed
from integrations.sources.declared import manifests

Form = Literal["pdf", "json"]
FORMS: tuple[Form, ...] = ("pdf", "json")


class ReportWriter:
    """Writes reports, signed with one private key."""

    def __init__(self, private: bytes) -> None:
        self._private = private

    def write(self, report: Report, file: Path, lang: str) -> None:
        """Write a report in the form that the file's ending names, in one language. Raises OSError."""
        file.write_bytes(self.content(report, "json" if file.suffix.casefold() == ".json" else "pdf", lang))

    def content(self, report: Report, form: Form, lang: str) -> bytes:
        """A report as the bytes of a file."""
        if form == "json":
            return signed(report, self._private).encode()
        return print_report(view_of(report, lang), _texts().get(lang, "report.note.glyphs"))


def view_of(report: Report, lang: str) -> View:
    """A report in words."""
    return lay_out(report, _texts(), lang, titles(lang))


@cache
def titles(lang: str) -> Mapping[str, str]:
    """The names of sources."""
    return {each.name: each.title[lang] for each in manifests()}


@cache
def _texts() -> texts.Texts:
    return texts.load()
