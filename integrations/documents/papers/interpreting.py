"""From pages of writing to a paper: recognised, its values read, and each as sure as it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from flows.application.papers.table import UNKNOWN, kind_named
from flows.application.papers.values import Confidence, PaperValue
from integrations.documents.document import PaperReading
from integrations.documents.papers import cutting
from integrations.documents.papers.cutting import Wanted
from integrations.documents.papers.form import COUNTRY, Anywhere, Form, Labelled, Phrase, Reading, Readings, confidence
from integrations.documents.papers.pieces import Page
from integrations.documents.papers.readers import Taken
from integrations.documents.papers.recognising import recognise

How = Literal["text", "ocr"]
CLEAR_FROM: Mapping[How, float] = {"text": 0.0, "ocr": 0.9}


def interpret(pages: Sequence[Page], how: How) -> PaperReading:
    """What paper the pages are. A page that adds to the first is read with it."""
    form = next((each for page in pages[:3] if (each := recognise(page)) is not None), None)
    if form is None:
        problem = "unknown_kind" if any(page.rows for page in pages) else "no_text"
        return PaperReading(UNKNOWN, problem=problem, pages=len(pages), read_by=how)
    found: Readings = {}
    for page in pages[:6]:
        for name, reading in read_form(form, page).items():
            found.setdefault(name, reading)
    return reading_of(form, found, how, len(pages))


def reading_of(form: Form, found: Readings, how: How, pages: int) -> PaperReading:
    """Readings as values, in the order of the kind's table."""
    kind = kind_named(form.kind)
    values = [
        PaperValue(
            name=declared.name,
            value=reading.taken.value[:600],
            how=how,
            confidence=confidence(reading, CLEAR_FROM[how]),
            repaired=reading.taken.repaired,
        )
        for declared in kind.fields
        if (reading := found.get(declared.name)) is not None
    ]
    said = {each.name for each in values}
    unclear = tuple(
        each.name
        for each in kind.fields
        if each.always and each.name not in said and not (each.name == "valid_until" and "for_life" in said)
    )
    country = form.country or (found[COUNTRY].taken.value if COUNTRY in found else "")
    return PaperReading(form.kind, tuple(values), unclear, "", country, pages, how)


def read_form(form: Form, page: Page) -> Readings:
    """The values that a form finds on a page."""
    found: Readings = {}
    wanted = {
        item.name: Wanted(item.labels, item.lines, item.below) for item in form.items if isinstance(item, Labelled)
    }
    cells = cutting.find(page, _merged(form, wanted), form.stops) if wanted else {}
    lines = _Writing(page)
    for item in form.items:
        if item.name in found:
            continue
        if isinstance(item, Labelled):
            reading = _labelled(item, cells)
        elif isinstance(item, Phrase):
            reading = lines.phrase(item)
        else:
            reading = lines.anywhere(item)
        if reading is not None:
            found[item.name] = reading
    for name, value in form.given.items():
        found.setdefault(name, Reading(Taken(value)))
    if form.finish is not None:
        form.finish(found, page)
    return found


def _merged(form: Form, wanted: Mapping[str, Wanted]) -> dict[str, Wanted]:
    """Labels that two values share are cut once, under the name of the first."""
    merged: dict[str, Wanted] = {}
    for item in form.items:
        if isinstance(item, Labelled) and not any(spec.labels == item.labels for spec in merged.values()):
            merged[item.name] = wanted[item.name]
    return merged


def _labelled(item: Labelled, cells: Mapping[str, list[cutting.Found]]) -> Reading | None:
    for found in cells.get(item.name) or _shared(item, cells):
        for lines in range(len(found.lines), 0, -1):
            part = cutting.Found(found.lines[:lines])
            taken = item.read(part.text)
            if taken is not None:
                return Reading(taken, part.score, part.text)
    return None


def _shared(item: Labelled, cells: Mapping[str, list[cutting.Found]]) -> list[cutting.Found]:
    twin = {"valid_until": "valid_from", "end": "start", "period_to": "period_from", "last": "first"}.get(item.name)
    return cells.get(twin, []) if twin else []


class _Writing:
    """All writing of a page in one text, in which each character still knows how sure it is."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.text, self._scores = _written(page, squeezed=False)
        self._squeezed, self._squeezed_scores = _written(page, squeezed=True)

    def phrase(self, item: Phrase) -> Reading | None:
        """The first group of the first expression that matches and is read."""
        text, scores = (self._squeezed, self._squeezed_scores) if item.squeezed else (self.text, self._scores)
        for pattern in item.patterns:
            for found in re.finditer(pattern, text, re.IGNORECASE):
                taken = item.read(re.sub(r"\s+", " ", found[1]))
                if taken is not None:
                    score = min(scores[found.start(1) : found.end(1)], default=1.0)
                    return Reading(taken, score, found[1], doubtful=item.guess)
        return None

    def anywhere(self, item: Anywhere) -> Reading | None:
        """The only value of that form on the page."""
        readings = {}
        for piece in self._page.pieces:
            taken = item.read(piece.text)
            if taken is not None and not taken.repaired:
                readings[taken.value] = Reading(taken, min(piece.scores, default=1.0), piece.text)
        return readings.popitem()[1] if len(readings) == 1 else None


def _written(page: Page, *, squeezed: bool) -> tuple[str, list[float]]:
    chars: list[str] = []
    scores: list[float] = []
    for row in page.rows:
        for piece in row:
            text = piece.text
            sure = piece.scores or (1.0,) * len(text)
            for char, score in zip(text, sure, strict=False):
                if squeezed and char in " \t\u3000":
                    continue
                chars.append({"（": "(", "）": ")", "：": ":"}.get(char, char) if squeezed else char)
                scores.append(score)
            if not squeezed:
                chars.append(" ")
                scores.append(1.0)
        chars.append("\n")
        scores.append(1.0)
    return "".join(chars), scores


def sure(reading: PaperReading) -> bool:
    """Whether all that always stands on such a paper was read without doubt."""
    return not reading.unclear and all(each.confidence is not Confidence.UNSURE for each in reading.values)
