"""A folder of papers with their truth: so many of every layout, some clean, most as phones take them."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.papers.layouts import identity, invoices, licences, money, premises
from tests.papers.layouts.drawn import Drawn, Layout
from tests.papers.sheet import picture
from tests.papers.spoiling import SPOILS, pressed, spoilt
from tests.papers.typeset import pdf

LAYOUTS: dict[str, Layout] = {
    "licence_wide": licences.licence_wide,
    "licence_tall": licences.licence_tall,
    "licence_screen": licences.licence_screen,
    "incorporation": licences.incorporation,
    "register_extract": licences.register_extract,
    "tobacco": licences.tobacco,
    "food": licences.food,
    "food_gb": licences.food_gb,
    "card_front": identity.card_front,
    "card_back": identity.card_back,
    "card_copy": identity.card_copy,
    "passport": identity.passport,
    "eu_card_back": identity.eu_card_back,
    "digital_fapiao": invoices.digital,
    "paper_fapiao": invoices.paper_fapiao,
    "invoice_gb": invoices.british,
    "statement_cn": money.statement_cn,
    "statement_gb": money.statement_gb,
    "tax_paid_cn": money.tax_paid_cn,
    "tax_paid_gb": money.tax_paid_gb,
    "lease_cn": premises.lease_cn,
    "lease_gb": premises.lease_gb,
    "bill_cn": premises.bill_cn,
    "bill_gb": premises.bill_gb,
}
ONLY_PDF = frozenset({"statement_cn", "statement_gb"})  # what the issue reads in depth is the PDF
NEVER_PDF = frozenset({"licence_screen", "card_front", "card_back", "card_copy", "passport", "eu_card_back"})
COUNT = 336


@dataclass(frozen=True)
class Made:
    """One file with its truth. `how`: `pdf`, `clean`, or what was done to the photo."""

    name: str
    content: bytes
    layout: str
    how: tuple[str, ...]
    drawn: Drawn


def drawn_of(layout: str, number: int, seed: int) -> Drawn:
    """One paper of a layout, the same for the same number and seed."""
    return LAYOUTS[layout](Random(f"{seed}-{layout}-{number}"))


def make(number: int, seed: int) -> Made:
    """The paper of that number: its layout goes round, how it is taken follows from the generator."""
    layout = list(LAYOUTS)[number % len(LAYOUTS)]
    random = Random(f"{seed}-{number}")
    drawn = LAYOUTS[layout](random)
    turn = number // len(LAYOUTS)
    if layout in ONLY_PDF or (turn % 4 == 0 and layout not in NEVER_PDF):
        return Made(f"{number:04d}-{layout}.pdf", pdf(drawn.sheets), layout, ("pdf",), drawn)
    if turn % 7 == 1:
        return Made(f"{number:04d}-{layout}.png", png(drawn), layout, ("clean",), drawn)
    how = tuple(random.sample(sorted(SPOILS), random.choice((1, 1, 2))))
    image = picture(drawn.sheets[0], dots=1750 / max(drawn.sheets[0].width, drawn.sheets[0].height))
    return Made(f"{number:04d}-{layout}.jpg", pressed(spoilt(image, how, random), random), layout, how, drawn)


def png(drawn: Drawn) -> bytes:
    """The first sheet as it is, without loss."""
    buffer = io.BytesIO()
    sheet = drawn.sheets[0]
    picture(sheet, dots=1600 / max(sheet.width, sheet.height)).save(buffer, "png")
    return buffer.getvalue()


def fill(folder: Path, count: int = COUNT, seed: int = 7) -> None:
    """Write so many papers and `truth.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = []
    for number in range(count):
        made = make(number, seed)
        (folder / made.name).write_bytes(made.content)
        truth.append(
            {
                "file": made.name,
                "kind": made.drawn.kind,
                "country": made.drawn.country,
                "layout": made.layout,
                "how": list(made.how),
                "fields": made.drawn.fields,
            }
        )
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
