"""Labelled utterances: what must be read, asked again, and done; with the bars of accuracy."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.evaluation.kit import OWN_FOLDER, groups
from bot.evaluation.tally import Tally
from bot.evaluation.utterances import judge
from flows.application import shapes
from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.engine.taking import in_currency
from flows.understanding import Act, Route, read

KIT = sorted((Path(__file__).parents[3] / OWN_FOLDER / "utterances").glob("*.yaml"))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.stem)
def test_kit(path: Path) -> None:
    tally = Tally()
    for group in groups(path):
        for text in group.say:
            judge(group, text, tally, TODAY)
    counts = f"{tally.right} right, {tally.wrong_accepted} wrong accepted, {tally.asked_again} asked again"
    sys.stdout.write(f"{path.stem}: {tally.total} said, {counts}\n")
    report = "\n".join(tally.faults)
    assert tally.wrong_accepted <= 0.005 * tally.total, report
    assert tally.right >= 0.97 * tally.total, report


def test_kit_is_large_and_covers_both_languages() -> None:
    said = Counter(group.lang for path in KIT for group in groups(path) for _ in group.say)
    assert said["en"] >= 800
    assert said["zh"] >= 800


def test_every_value_of_the_kit_fits_its_field() -> None:
    for path in KIT:
        for group in groups(path):
            for text in group.say:
                for value in read(text, group.lang, group.asked, today=TODAY).values:
                    spec = FIELDS[value.field]
                    money = {"amount": value.value, "currency": value.currency or "GBP"}
                    if spec.kind is Kind.ADDRESS:
                        continue  # the text alone; its country is the business's
                    shapes.parse(spec.kind, money if spec.kind is Kind.MONEY else in_currency(value.value, "GBP"))


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
