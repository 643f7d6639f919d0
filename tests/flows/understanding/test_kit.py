"""Labelled utterances: what must be read, asked again, and done; with the bars of accuracy."""

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from flows.application import shapes
from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import Act, Reading, Route, read

KIT = sorted((Path(__file__).parent / "kit").glob("*.yaml"))
UNSEEN = Path(__file__).parent / "unseen" / "human.yaml"
TODAY = date(2026, 11, 24)


class Group(BaseModel):
    """Utterances that mean the same. `reads` is all that may be read; money is [value, currency]."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["en", "zh"]
    asked: str | None = None
    reads: dict[str, JsonValue] | None = None
    old: dict[str, JsonValue] = Field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    absent: tuple[Act, ...] = Field(default=(), alias="not")
    route: Route | None = None
    say: tuple[str, ...]


@dataclass
class Tally:
    """How often a kind of utterance was right, read wrongly, or would be asked again."""

    right: int = 0
    wrong_accepted: int = 0
    asked_again: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.right + self.wrong_accepted + self.asked_again


def load(path: Path) -> list[Group]:
    return [Group.model_validate(each) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]


def heard(reading: Reading) -> dict[str, JsonValue]:
    """What was read, in the kit's form: money without a currency is just its value."""
    return {each.field: [each.value, each.currency] if each.currency else each.value for each in reading.values}


def judge(group: Group, text: str, tally: Tally) -> None:
    reading = read(text, group.lang, group.asked, today=TODAY)
    faults = []
    wrong = False
    if group.reads is not None:
        got = heard(reading)
        wrong = any(group.reads.get(name, ...) != value for name, value in got.items())
        if got != group.reads:
            faults.append(f"read {got}, unclear {[(each.field, each.why) for each in reading.unclear]}")
        for name, old in group.old.items():
            value = reading.value(name)
            if value is not None and value.old != old:
                faults.append(f"old {value.old}")
    faults += [f"no {act.value}" for act in group.acts if not reading.did(act)]
    faults += [f"{act.value} although not meant" for act in group.absent if reading.did(act)]
    if group.route is not None and reading.route is not group.route:
        faults.append(f"route {reading.route.value}")
    if not faults:
        tally.right += 1
        return
    tally.faults.append(f"{text!r} ({group.lang}, asked {group.asked}): {'; '.join(faults)}")
    if wrong or any(reading.did(act) for act in group.absent):
        tally.wrong_accepted += 1
    else:
        tally.asked_again += 1


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.stem)
def test_kit(path: Path) -> None:
    tally = Tally()
    for group in load(path):
        for text in group.say:
            judge(group, text, tally)
    counts = f"{tally.right} right, {tally.wrong_accepted} wrong accepted, {tally.asked_again} asked again"
    sys.stdout.write(f"{path.stem}: {tally.total} said, {counts}\n")
    report = "\n".join(tally.faults)
    assert tally.wrong_accepted <= 0.005 * tally.total, report
    assert tally.right >= 0.97 * tally.total, report


def test_kit_is_large_and_covers_both_languages() -> None:
    said = Counter(group.lang for path in KIT for group in load(path) for _ in group.say)
    assert said["en"] >= 600
    assert said["zh"] >= 600


def test_every_value_of_the_kit_fits_its_field() -> None:
    for path in KIT:
        for group in load(path):
            for text in group.say:
                for value in read(text, group.lang, group.asked, today=TODAY).values:
                    spec = FIELDS[value.field]
                    money = {"amount": value.value, "currency": value.currency or "GBP"}
                    shapes.parse(spec.kind, money if spec.kind is Kind.MONEY else value.value)


def test_contract_example() -> None:
    reading = read("要15万分12期进货用", "zh", today=TODAY)
    assert reading.acts == (Act.ANSWER,)
    assert reading.route is Route.APPLY
    assert [(each.field, each.value, each.currency, each.span) for each in reading.values] == [
        ("amount_requested", "150000", "CNY", (1, 4)),
        ("loan_term_months", 12, None, (4, 8)),
        ("credit_purpose", ["working_capital"], None, (8, 10)),
    ]
    assert reading.unclear == ()


@pytest.mark.parametrize(
    ("text", "lang", "asked", "field_name", "why"),
    [
        ("几千", "zh", "amount_requested", "amount_requested", "vague"),
        ("a few thousand", "en", "amount_requested", "amount_requested", "vague"),
        ("1到2万", "zh", "amount_requested", "amount_requested", "range"),
        ("between 10k and 20k", "en", None, "amount_requested", "range"),
        ("15", "en", "amount_requested", "amount_requested", "ambiguous"),
        ("-5000", "en", "amount_requested", "amount_requested", "impossible"),
        ("a couple of years", "en", "loan_term_months", "loan_term_months", "vague"),
        ("12 to 24 months", "en", "loan_term_months", "loan_term_months", "range"),
        ("五六个", "zh", "number_of_employees", "number_of_employees", "range"),
        ("12/03/2019", "en", "incorporation_date", "incorporation_date", "ambiguous"),
        ("31/02/2019", "en", "incorporation_date", "incorporation_date", "impossible"),
        ("91350211M000100Y47", "zh", "registration_number", "registration_number", "invalid"),
    ],
)
def test_what_is_refused_says_why(text: str, lang: str, asked: str | None, field_name: str, why: str) -> None:
    reading = read(text, lang, asked, today=TODAY)
    assert reading.values == ()
    assert [(each.field, each.why) for each in reading.unclear] == [(field_name, why)]
    assert all(text[slice(*each.span)] == each.text for each in reading.unclear)


@pytest.mark.parametrize("text", ["要１５萬分１２期", "ＧＢＰ ２０，０００", "借15万\u3000分12期", "\ufeff15万\u200e"])
def test_spans_point_into_the_text_as_typed(text: str) -> None:
    for value in read(text, "zh", "amount_requested", today=TODAY).values:
        part = text[slice(*value.span)]
        assert part.strip() == part
        assert part


@pytest.mark.xfail(strict=True, reason="14 of 30 when written: phrase rules do not yet reach 97 % on new wording")
def test_unseen_requests_for_a_person_are_recognised() -> None:
    tally = Tally()
    for group in load(UNSEEN):
        for text in group.say:
            judge(group, text, tally)
    assert tally.right >= 0.97 * tally.total, "\n".join(tally.faults)
