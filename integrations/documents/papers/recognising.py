"""Which form a page is: by its title, and by the words that stand on such papers."""

import re
from functools import cache

from integrations.documents.papers import filed, identity, invoices, licences, premises, tax
from integrations.documents.papers.form import Form
from integrations.documents.papers.pieces import Page

FORMS: tuple[Form, ...] = (
    *licences.FORMS,
    *identity.FORMS,
    *invoices.FORMS,
    *tax.FORMS,
    *premises.FORMS,
    *filed.FORMS,
)
TITLE, IN_TITLE, WORD, NEVER = 6.0, 3.0, 1.0, 4.0
ENOUGH = 4.0
LONGEST = 900  # characters of a page that are looked at for titles


def recognise(page: Page) -> Form | None:
    """The form that fits best; None when none fits well, or two of different kinds fit alike."""
    lines = tuple(_squeezed(" ".join(piece.text for piece in row)) for row in page.rows)
    pieces = tuple(_squeezed(piece.text) for piece in page.pieces)
    text = "\n".join(lines)
    scored = sorted(((_score(form, lines, pieces, text), place) for place, form in enumerate(FORMS)), reverse=True)
    best, place = scored[0]
    if best < ENOUGH:
        return None
    rival = next((score for score, other in scored[1:] if FORMS[other].kind != FORMS[place].kind), 0.0)
    return FORMS[place] if best > rival else None


def _score(form: Form, lines: tuple[str, ...], pieces: tuple[str, ...], text: str) -> float:
    titles, words, never = _expressions(form)
    score = 0.0
    head = text[:LONGEST]
    for title in titles:
        whole = any(title.fullmatch(piece) or _mostly(title, piece) for piece in pieces)
        if whole:
            score = max(score, TITLE)
        elif title.search(head):
            score = max(score, IN_TITLE)
    seen = sum(1 for word in words if word.search(text))
    if seen < form.needs or (not score and seen < max(4, len(words) - 1)):
        return 0.0
    return score + WORD * seen - NEVER * sum(1 for word in never if word.search(head))


def _mostly(title: re.Pattern[str], piece: str) -> bool:
    found = title.search(piece)
    return found is not None and len(piece) <= (found.end() - found.start()) * 1.5 + 6


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each) for each in patterns)


def _expressions(form: Form) -> tuple[tuple[re.Pattern[str], ...], ...]:
    return _compiled(form.titles), _compiled(form.words), _compiled(form.never)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).replace("（", "(").replace("）", ")").replace("：", ":").casefold()
