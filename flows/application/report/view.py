"""A report in words: what paper, page and chat show, each number written once, so that they show the same."""

from typing import Literal

from flows.application.report.model import Part

Tone = Literal["", "good", "warn", "quiet"]


class Cell(Part):
    """A cell of a table; `note` is a smaller line below it."""

    text: str
    note: str = ""
    tone: Tone = ""


class Column(Part):
    """A column: its heading, whether it holds numbers, and its part of the width; 0: as wide as what is in it."""

    title: str
    number: bool = False
    width: int = 0


class Table(Part):
    """Rows under columns; the first cell of a row heads it. A row of one cell heads the rows below it."""

    kind: Literal["table"] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Series(Part):
    """One row of bars, or one line: heights from 0 to 1 (None: unknown) and the same in words."""

    name: str
    heights: tuple[float | None, ...]
    shown: tuple[str, ...]


class Tick(Part):
    """A line across a chart, and what it stands for."""

    at: float
    label: str


class Chart(Part):
    """Bars side by side over months, or a line; `base` is where zero is. `about` says it in words."""

    kind: Literal["chart"] = "chart"
    form: Literal["bars", "line"]
    caption: str
    about: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    base: float


class Lines(Part):
    """Sentences, one below the other."""

    kind: Literal["lines"] = "lines"
    lines: tuple[str, ...]
    tone: Tone = ""


class Figure(Part):
    """A number that stands out."""

    label: str
    value: str
    note: str = ""


class Entry(Part):
    """A label and what it is."""

    label: str
    value: str


class Section(Part):
    """A part under a title."""

    key: str
    title: str
    text: str = ""
    blocks: tuple[Table | Chart | Lines, ...] = ()


class View(Part):
    """The whole report in one language. `page` holds the places {n} and {m}."""

    lang: str
    title: str
    name: str
    sample: str
    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    reference: str
    issued: str
    promise: str
    page: str
